import { Form, Input, Modal } from 'antd';
import type { Plan } from '../../../media/contract/planning.ts';
import { addCivilDays } from '../../../media/grid/civil-time.ts';
import { CountyDate } from '../parts/county-date.tsx';
import { useAct } from '../parts/use-act.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';

interface Fields {
  readonly title?: string;
  readonly from: string;
  /** Last day, included. */
  readonly last: string;
}

/** Changes name and days of a draft whose lines are saved. */
export function EditPlan(props: {
  readonly plan: Plan;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onSaved: (plan: Plan) => void;
}) {
  const { plan } = props;
  const words = useWords();
  const said = words.planning;
  const [form] = Form.useForm<Fields>();
  const { busy, act } = useAct();
  const save = async ({ title, from, last }: Fields) => {
    const body = { from, to: addCivilDays(last, 1), ...(title?.trim() ? { title: title.trim() } : {}) };
    const change = async () => {
      props.onSaved(await call('changePlan', { params: { id: plan.id }, body, ifMatch: plan.version }));
    };
    if (await act(change, words.frame.saved)) props.onClose();
  };
  const required = [{ required: true, message: words.frame.required }];
  return (
    <Modal
      open={props.open}
      title={said.page.rename}
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
        initialValues={{ title: plan.title, from: plan.from, last: addCivilDays(plan.to, -1) }}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item name="title" label={said.list.planTitle}>
          <Input maxLength={100} />
        </Form.Item>
        <div className="two">
          <Form.Item name="from" label={said.list.from} rules={required}>
            <CountyDate />
          </Form.Item>
          <Form.Item name="last" label={said.list.to} rules={required}>
            <CountyDate />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
