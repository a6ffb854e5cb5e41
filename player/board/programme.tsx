/** @jsxImportSource preact */
import type { BoardItem } from './board-rows.ts';
import type { BoardWords } from './words.ts';

/** Title of a programme with its marks: must-watch, on air, changed. */
export function Programme({ item, words, isOn }: { item: BoardItem; words: BoardWords; isOn: boolean }) {
  return (
    <>
      {item.title}
      {item.mustWatch ? <b>{words.mustWatch}</b> : null}
      {isOn ? <i>{words.onAir}</i> : null}
      {item.insteadOf === undefined ? null : (
        <small class="instead">
          {words.adjusted}：{words.insteadOf(item.insteadOf)}
        </small>
      )}
    </>
  );
}

/** Whole minutes, at least one. */
export const minutesOf = ({ startAtMs, endAtMs }: BoardItem): number =>
  Math.max(1, Math.round((endAtMs - startAtMs) / 60_000));

/** Whether a programme is on air at an instant. */
export const isOnAt = (item: BoardItem, nowMs: number): boolean => item.startAtMs <= nowMs && nowMs < item.endAtMs;
