import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../shared/api-error.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { useStore } from '../parts/store.ts';
import { useWords } from '../words/words.tsx';
import { call, stepUpAsked } from './api.ts';
import { useSession } from './session.ts';

/** Asks for the password again whenever the server wants it, and lets the interrupted step go on. */
export function StepUpDialog() {
  const asked = useStore(stepUpAsked);
  const words = useWords().frame;
  const { person } = useSession();
  const [form] = Form.useForm<{ password: string }>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async ({ password }: { password: string }) => {
    setBusy(true);
    setError(undefined);
    try {
      await call('stepUp', { body: { password } });
      asked?.answer(true);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
      form.resetFields();
    }
  };
  const wrong = error instanceof ApiError && ['sign_in', 'forbidden', 'invalid'].includes(error.code);
  return (
    <Modal
      open={asked !== undefined}
      title={words.stepUp.title}
      okText={words.confirm}
      cancelText={words.cancel}
      okButtonProps={{ loading: busy }}
      zIndex={2000}
      destroyOnHidden
      onOk={() => {
        form.submit();
      }}
      onCancel={() => {
        setError(undefined);
        asked?.answer(false);
      }}
    >
      <p>{words.stepUp.explain}</p>
      {error === undefined ? null : wrong ? (
        <Alert type="error" showIcon role="alert" title={words.stepUp.wrong} />
      ) : (
        <ErrorNotice error={error} />
      )}
      <Form form={form} clearOnDestroy layout="vertical" onFinish={(values) => void send(values)}>
        <input type="text" name="username" autoComplete="username" value={person.username} readOnly hidden />
        <Form.Item name="password" label={words.stepUp.password} rules={[{ required: true, message: words.required }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
