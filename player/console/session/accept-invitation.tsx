import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../shared/api-error.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { goTo } from '../parts/route.ts';
import { useWords } from '../words/words.tsx';
import { call } from './api.ts';
import { Entrance } from './entrance.tsx';

/** Lets the reader of a one-time link choose a password, and signs in. */
export function AcceptInvitation({
  token,
  onSignedIn,
}: {
  readonly token: string;
  readonly onSignedIn: () => Promise<unknown>;
}) {
  const words = useWords().frame;
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (password: string) => {
    setBusy(true);
    setError(undefined);
    try {
      await call('acceptInvitation', { body: { token, password } });
      goTo();
      await onSignedIn();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const expired = error instanceof ApiError && error.code === 'expired';
  return (
    <Entrance title={words.invitation.title}>
      <p>{words.invitation.explain}</p>
      {error === undefined ? null : expired ? (
        <Alert type="error" showIcon role="alert" title={words.invitation.expired} />
      ) : (
        <ErrorNotice error={error} />
      )}
      <Form
        layout="vertical"
        size="large"
        requiredMark={false}
        onFinish={({ password }: { password: string }) => void send(password)}
      >
        <Form.Item
          name="password"
          label={words.invitation.password}
          rules={[
            { required: true, message: words.required },
            { min: 8, message: words.invitation.tooShort },
          ]}
        >
          <Input.Password autoComplete="new-password" autoFocus maxLength={128} />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={words.invitation.repeat}
          dependencies={['password']}
          rules={[
            { required: true, message: words.required },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error(words.invitation.differs)),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {words.invitation.submit}
        </Button>
      </Form>
    </Entrance>
  );
}
