import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { countyCode } from '../../../media/contract/permissions.ts';
import { addCivilDays, civilDateOf } from '../../../media/grid/civil-time.ts';
import { CountyDate } from '../parts/county-date.tsx';
import { goTo } from '../parts/route.ts';
import { useAct } from '../parts/use-act.ts';
import { useClock } from '../parts/use-clock.ts';
import { useChannels } from '../parts/use-names.ts';
import { usePlanPlaces } from './plan-places.ts';
import { call } from '../session/api.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

interface Fields {
  readonly channel: string;
  /** The county, or a township or village that fills slots left open to it. */
  readonly place: string;
  readonly from: string;
  /** Last day, included. */
  readonly last: string;
  readonly title?: string;
}

/** Plans are made for the next month of which nobody has planned a day yet, as a rule. */
function nextMonth(
  today: string,
  plans: readonly { readonly from: string; readonly to: string }[],
): { readonly from: string; readonly last: string } {
  const firstAfter = (day: string): string => `${addCivilDays(`${day.slice(0, 8)}28`, 4).slice(0, 8)}01`;
  let [from, to] = [firstAfter(today), firstAfter(firstAfter(today))];
  while (plans.some((plan) => plan.from < to && plan.to > from)) [from, to] = [to, firstAfter(to)];
  return { from, last: addCivilDays(to, -1) };
}

/** Begins a plan of a channel for some days. */
export function NewPlan({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const all = useWords();
  const words = all.planning.list;
  const { zone } = useClock();
  const { person } = useSession();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { busy, act } = useAct();
  const channels = useChannels();
  const items = channels.data?.items ?? [];
  const today = civilDateOf(Date.now(), zone);
  const planned = useQuery({
    queryKey: ['plans', 'newest'],
    queryFn: () => call('listPlans', { query: { limit: '100' } }),
    enabled: open,
  });
  // Newest first: whoever plans one channel goes on with it.
  const plans = planned.data?.items ?? [];
  const channel = plans.find(({ author }) => author.id === person.id)?.channel ?? items[0]?.code;
  const month = nextMonth(
    today,
    plans.filter((plan) => plan.channel === channel),
  );
  const places = usePlanPlaces();
  const make = async ({ channel: chosen, place, from, last, title }: Fields) => {
    const own = place === countyCode ? {} : { place };
    const body = { channel: chosen, ...own, from, to: addCivilDays(last, 1), ...(title?.trim() ? { title } : {}) };
    await act(async () => {
      const plan = await call('createPlan', { body });
      await queries.invalidateQueries({ queryKey: ['plans'] });
      goTo('plans', plan.id);
    });
  };
  const required = [{ required: true, message: all.frame.required }];
  return (
    <Modal
      open={open}
      title={words.create}
      okText={words.create}
      cancelText={all.frame.cancel}
      okButtonProps={{ loading: busy, disabled: items.length === 0 }}
      loading={channels.isPending || planned.isLoading}
      destroyOnHidden
      onOk={() => {
        form.submit();
      }}
      onCancel={onClose}
    >
      {channels.data !== undefined && items.length === 0 ? (
        <Alert type="warning" showIcon title={words.noChannel} />
      ) : null}
      <Form
        form={form}
        clearOnDestroy
        layout="vertical"
        initialValues={{ channel, place: places[0]?.value, ...month }}
        onFinish={(fields) => void make(fields)}
      >
        <Form.Item name="channel" label={words.channel} rules={required}>
          <Select options={items.map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
        {places.length > 1 || places[0]?.value !== countyCode ? (
          <Form.Item name="place" label={words.place} rules={required}>
            <Select options={[...places]} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
        ) : null}
        <div className="two">
          <Form.Item name="from" label={words.from} rules={required}>
            <CountyDate />
          </Form.Item>
          <Form.Item name="last" label={words.to} rules={required} dependencies={['from']}>
            <CountyDate />
          </Form.Item>
        </div>
        <Form.Item name="title" label={words.planTitle}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
