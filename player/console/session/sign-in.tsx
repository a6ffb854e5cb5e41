import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../shared/api-error.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { useWords } from '../words/words.tsx';
import { call } from './api.ts';
import { Entrance } from './entrance.tsx';

/** Asks who is there. */
export function SignIn({
  ended,
  onSignedIn,
}: {
  readonly ended: boolean;
  readonly onSignedIn: () => Promise<unknown>;
}) {
  const words = useWords();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (given: { username: string; password: string }) => {
    setBusy(true);
    setError(undefined);
    try {
      await call('signIn', { body: { username: given.username.trim(), password: given.password } });
      await onSignedIn();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const wrong = error instanceof ApiError && error.code === 'sign_in';
  return (
    <Entrance title={words.frame.signIn.title}>
      {ended && error === undefined ? <Alert type="info" showIcon title={words.frame.signIn.ended} /> : null}
      {error === undefined ? null : wrong ? (
        <Alert type="error" showIcon role="alert" title={words.frame.signIn.wrong} />
      ) : (
        <ErrorNotice error={error} />
      )}
      <Form
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={(values: { username: string; password: string }) => void send(values)}
      >
        <Form.Item
          name="username"
          label={words.frame.signIn.username}
          rules={[{ required: true, message: words.frame.required }]}
        >
          <Input prefix={<UserOutlined />} autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={words.frame.signIn.password}
          rules={[{ required: true, message: words.frame.required }]}
        >
          <Input.Password prefix={<LockOutlined />} autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {words.frame.signIn.submit}
        </Button>
      </Form>
    </Entrance>
  );
}
