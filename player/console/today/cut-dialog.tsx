import { Checkbox, Form, Input, Modal, Select } from 'antd';
import { useAct } from '../parts/use-act.ts';
import { useScopes } from '../parts/use-scopes.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';

/** What an officer is asked about a channel. */
export interface DeskDialog {
  readonly code: string;
  /** Places for which it cannot be ordered now. */
  readonly taken: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown>;
}

interface CutFields {
  readonly scope: string;
  readonly reason: string;
  readonly drill?: boolean;
}

/** Cuts the channel or a place of it, with a reason. */
export function CutDialog({ code, taken, open, onClose, onDone }: DeskDialog) {
  const words = useWords();
  const said = words.today;
  const [form] = Form.useForm<CutFields>();
  const scopes = useScopes('cut-channel', said.wholeChannel).map((scope) => ({
    ...scope,
    disabled: taken.includes(scope.value),
  }));
  const { busy, act } = useAct();
  const send = async ({ scope, reason, drill = false }: CutFields) => {
    const order = { params: { code }, body: { scope, reason, drill } };
    if (!(await act(() => call('cutChannel', order)))) return;
    onClose();
    await onDone();
  };
  return (
    <Modal
      open={open}
      title={said.cutTitle}
      destroyOnHidden
      okText={said.cut}
      cancelText={words.frame.cancel}
      okButtonProps={{ danger: true, loading: busy }}
      onOk={() => {
        form.submit();
      }}
      onCancel={onClose}
    >
      <p>{said.cutExplain}</p>
      <Form
        form={form}
        clearOnDestroy
        layout="vertical"
        initialValues={{ scope: scopes.find(({ disabled }) => !disabled)?.value }}
        onFinish={(values) => void send(values)}
      >
        <Form.Item name="scope" label={said.scope}>
          <Select options={scopes} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={said.reason}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
        <Form.Item name="drill" valuePropName="checked">
          <Checkbox>{said.drill}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
