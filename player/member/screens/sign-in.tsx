/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { call } from '../member.ts';
import type { MemberWords } from '../words.ts';

/** Sign-in for what the county keeps for its members. */
export function SignInScreen({ words, onSignedIn }: { words: MemberWords; onSignedIn: () => void }) {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (form: HTMLFormElement) => {
    setBusy(true);
    const given = new FormData(form);
    const text = (name: string) => {
      const value = given.get(name);
      return typeof value === 'string' ? value : '';
    };
    try {
      await call('signIn', { body: { username: text('username'), password: text('password') } });
      onSignedIn();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <h1>{words.signIn}</h1>
      <label>
        {words.username}
        <input name="username" autoComplete="username" required />
      </label>
      <label>
        {words.password}
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <p role="alert" class="problem">
        {problem}
      </p>
      <button disabled={busy}>{words.signIn}</button>
    </form>
  );
}
