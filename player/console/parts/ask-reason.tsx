import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import { useAct } from './use-act.ts';

/** Asks for a reason before something that others will read about. */
export function AskReason(props: {
  readonly open: boolean;
  readonly title: string;
  readonly label: string;
  readonly explain?: ReactNode;
  readonly danger?: boolean;
  readonly onClose: () => void;
  readonly onReason: (reason: string) => Promise<unknown>;
}) {
  const words = useWords();
  const [form] = Form.useForm<{ reason: string }>();
  const { busy, act } = useAct();
  const send = async ({ reason }: { reason: string }) => {
    if (!(await act(() => props.onReason(reason)))) return;
    props.onClose();
  };
  return (
    <Modal
      open={props.open}
      title={props.title}
      destroyOnHidden
      okText={words.frame.confirm}
      cancelText={words.frame.cancel}
      okButtonProps={{ danger: props.danger ?? false, loading: busy }}
      onOk={() => {
        form.submit();
      }}
      onCancel={props.onClose}
    >
      {props.explain === undefined ? null : <p>{props.explain}</p>}
      <Form form={form} clearOnDestroy layout="vertical" onFinish={(values) => void send(values)}>
        <Form.Item
          name="reason"
          label={props.label}
          rules={[{ required: true, whitespace: true, message: words.frame.required }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
