/** @jsxImportSource preact */
import { Link } from './navigate.tsx';
import type { MemberWords } from './words.ts';

/** What was asked for is not for everybody: the way to sign in. */
export const Closed = ({ words }: { words: MemberWords }) => (
  <p class="callout" role="status">
    {words.signInFirst} <Link to={{ page: 'sign-in' }}>{words.signIn}</Link>
  </p>
);
