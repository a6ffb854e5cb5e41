/** @jsxImportSource preact */
import { type Absence, absenceOf } from '../shared/ask-for-url.ts';
import { Link } from './navigate.tsx';
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

/** In place of what was asked for: that it is coming, or why it did not, with the way on from there. */
export function Absent({ error, words, gone }: { error: unknown; words: MemberWords; gone?: string }) {
  if (error === undefined) {
    return (
      <p class="empty" role="status">
        {words.loading}
      </p>
    );
  }
  const absence = absenceOf(error);
  return (
    <div class="empty" role="status">
      <p>{absenceText(absence, words, gone)}</p>
      {absence === 'closed' ? (
        <Link to={{ page: 'sign-in' }} class="button">
          {words.signIn}
        </Link>
      ) : null}
      {absence === 'gone' ? (
        <Link to={{ page: 'now' }} class="button">
          {words.seeNow}
        </Link>
      ) : null}
    </div>
  );
}
