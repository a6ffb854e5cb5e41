import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { useWords } from '../../words/words.tsx';
import type { PlanRow } from '../plan-rows.ts';
import { templateItems } from './day-sources.ts';
import { useDayTemplates } from './template-queries.ts';

interface Fields {
  /** Empty for a new one. */
  readonly over: string;
  readonly name?: string;
}

/** Keeps the lines of a day as a template of the county. */
export function SaveTemplate(props: {
  readonly rows: readonly PlanRow[];
  readonly day: string;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const said = words.arrange;
  const queries = useQueryClient();
  const templates = useDayTemplates(props.open).data?.items ?? [];
  const [form] = Form.useForm<Fields>();
  const over = Form.useWatch<string | undefined>('over', form) ?? '';
  const { busy, act } = useAct();
  const save = async ({ over: chosen, name = '' }: Fields) => {
    const items = templateItems(props.rows, props.day);
    const old = templates.find(({ id }) => id === chosen);
    const done = await act(
      () =>
        old === undefined
          ? call('createDayTemplate', { body: { name, items } })
          : call('changeDayTemplate', { params: { id: old.id }, body: { items }, ifMatch: old.version }),
      said.save.done,
    );
    if (!done) return;
    props.onClose();
    await queries.invalidateQueries({ queryKey: ['day-templates'] });
  };
  return (
    <Modal
      open={props.open}
      title={said.save.title(props.day.slice(5).replace('-', '/'))}
      okText={words.frame.save}
      cancelText={words.frame.cancel}
      okButtonProps={{ loading: busy }}
      destroyOnHidden
      onOk={() => {
        form.submit();
      }}
      onCancel={props.onClose}
    >
      <Form
        form={form}
        clearOnDestroy
        layout="vertical"
        initialValues={{ over: '' }}
        onFinish={(fields) => void save(fields)}
      >
        {templates.length === 0 ? null : (
          <Form.Item name="over" label={said.template}>
            <Select
              options={[
                { value: '', label: said.save.asNew },
                ...templates.map(({ id, name }) => ({ value: id, label: `${said.save.over}: ${name}` })),
              ]}
            />
          </Form.Item>
        )}
        {over === '' ? (
          <Form.Item
            name="name"
            label={said.save.name}
            rules={[{ required: true, whitespace: true, message: words.frame.required }]}
          >
            <Input
              maxLength={60}
              autoFocus
              onPressEnter={(event) => {
                // A form with two fields is not sent by Enter, one with a single field would be sent twice.
                event.preventDefault();
                form.submit();
              }}
            />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
