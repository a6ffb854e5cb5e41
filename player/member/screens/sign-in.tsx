/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { ApiError } from '../../shared/api-error.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { isSignedIn, signIn, signOut, whoAmI } from '../session.ts';
import { useTitle } from '../use-title.ts';
import type { MemberWords } from '../words.ts';

/** Sign-in for what the county keeps for its members; whoever is in reads so and may leave. */
export function SignInScreen({ words, onSignedIn }: { words: MemberWords; onSignedIn: () => void }) {
  const [isIn, setIn] = useState(isSignedIn);
  useTitle(isIn ? words.account : words.signIn, words);
  return isIn ? (
    <Account words={words} onSignedOut={() => setIn(false)} />
  ) : (
    <SignInForm words={words} onSignedIn={onSignedIn} />
  );
}

function Account({ words, onSignedOut }: { words: MemberWords; onSignedOut: () => void }) {
  const me = useLoaded('me', async () => {
    const found = await whoAmI();
    if (found === undefined) onSignedOut();
    return found;
  });
  const { act, busy, problem } = useDeed(words);
  return (
    <section class="sign-in">
      <h1>{words.account}</h1>
      <p>{me.value === undefined ? words.loading : words.signedInAs(me.value.name)}</p>
      <p role="alert" class="problem">
        {problem}
      </p>
      <button disabled={busy} onClick={() => void act(() => signOut().then(onSignedOut))}>
        {words.signOut}
      </button>
    </section>
  );
}

function SignInForm({ words, onSignedIn }: { words: MemberWords; onSignedIn: () => void }) {
  const { act, busy, problem } = useDeed(words);
  const submit = (form: HTMLFormElement) => {
    const given = new FormData(form);
    const text = (name: string) => {
      const value = given.get(name);
      return typeof value === 'string' ? value : '';
    };
    return act(() => signIn(text('username'), text('password')).then(onSignedIn));
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
      <p class="now-time">{words.signInLasts}</p>
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

/** One deed at a time, and in words why it failed. */
function useDeed(words: MemberWords) {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const act = async (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    await deed().catch((error: unknown) => setProblem(problemText(error, words)));
    setBusy(false);
  };
  return { act, busy, problem };
}

function problemText(error: unknown, words: MemberWords): string {
  if (!(error instanceof ApiError)) return words.noSignIn;
  if (error.code === 'network') return words.unreachableNow;
  if (error.code === 'forbidden' && location.protocol === 'http:') return words.httpsOnly;
  if (error.code === 'too_many_requests') return words.tooManyTries(Math.ceil((error.retryAfterS ?? 60) / 60));
  return error.status === 401 ? words.wrongPassword : words.noSignIn;
}
