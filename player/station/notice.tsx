/** @jsxImportSource preact */
import { absenceOf } from '../shared/ask-for-url.ts';
import type { StationWords } from './words.ts';

interface NoticeProps {
  readonly words: StationWords;
  readonly title: string;
  /** Why the content did not come; undefined while it is still asked for. */
  readonly error: unknown;
  /** What to say, and its cure, where the server knows no such thing. */
  readonly missing?: readonly [string, string];
}

/** A panel that waits for its content, or says calmly why it is not there and what happens next. */
export function Notice({ words, title, error, missing }: NoticeProps) {
  const [said, cure] = error === undefined ? [words.loading, ''] : explained(error, words, missing);
  return <Panel title={title} said={said} cure={cure} />;
}

/** A panel that says one thing, and what to do about it. */
export const Panel = ({ title, said, cure = '' }: { title: string; said: string; cure?: string }) => (
  <div class="screen panel">
    <h1>{title}</h1>
    <p class="empty" role="status">
      {said}
    </p>
    <p class="empty-cure">{cure}</p>
  </div>
);

function explained(error: unknown, words: StationWords, missing: NoticeProps['missing']): readonly [string, string] {
  switch (absenceOf(error)) {
    case 'preparing':
      return [words.preparing, words.unreachableCure];
    case 'closed':
      return [words.closed, ''];
    case 'gone':
      return missing ?? [words.noChannel, ''];
    case 'unreachable':
      return [words.unreachable, words.unreachableCure];
  }
}
