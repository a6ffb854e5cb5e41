/** @jsxImportSource preact */
import { countyClock } from '../shared/county-clock.ts';
import type { ShownBoard } from './shown-board.ts';

/** Says that the channel is cut, where it is. */
export function Adjusted({ board, words }: ShownBoard) {
  const { adjustment, timeZone } = board;
  if (adjustment === undefined) return null;
  return (
    <p class="adjusted" role="status">
      {adjustment.drill ? words.drill : words.adjusted}
      <small>{words.since(countyClock(timeZone).time(adjustment.sinceAtMs))}</small>
    </p>
  );
}
