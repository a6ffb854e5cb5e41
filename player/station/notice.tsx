/** @jsxImportSource preact */
import type { StationWords } from './words.ts';

/** A panel that waits for its content, or says calmly that it goes on by itself. */
export function Notice({ words, title, failed }: { words: StationWords; title: string; failed: boolean }) {
  return (
    <div class="screen panel">
      <h1>{title}</h1>
      <p class="empty" role="status">
        {failed ? words.unreachable : words.loading}
      </p>
      {failed ? <p class="empty-cure">{words.unreachableCure}</p> : null}
    </div>
  );
}
