/** @jsxImportSource preact */
import { type Absence, absenceOf } from '../shared/ask-for-url.ts';
import type { MemberWords } from './words.ts';

/** Says calmly why nothing is there; each screen says what is missing in its own words. */
export function absenceText(absence: Absence, words: MemberWords, gone = words.unreachable): string {
  switch (absence) {
    case 'unreachable':
      return words.unreachable;
    case 'preparing':
      return words.preparing;
    case 'closed':
      return words.signInFirst;
    case 'gone':
      return gone;
  }
}

/** In place of what was asked for: that it is coming, or why it did not; with the way to sign in where that is the reason. */
export function Absent({ error, words, gone }: { error: unknown; words: MemberWords; gone?: string }) {
  if (error === undefined) return <p class="empty">{words.loading}</p>;
  const absence = absenceOf(error);
  return (
    <p class="empty" role="status">
      {absenceText(absence, words, gone)} {absence === 'closed' ? <a href="#/sign-in">{words.signIn}</a> : null}
    </p>
  );
}
