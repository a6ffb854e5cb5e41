import { lengthText } from '../../../shared/county-clock.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { showClock } from '../clock-text.ts';
import type { PlanRow } from '../plan-rows.ts';
import { freshRowId } from '../use-draft.ts';
import { cursorOn } from './board-cursor.ts';
import { type BoardFilm, filmRow, moveEntry, placeBlock, removeEntry, resizeEntry } from './board-edits.ts';
import { type BoardEntry, boardEntries, civilText, unknownLengthMs } from './board-entries.ts';
import type { Board } from './use-board.ts';

type Rows = readonly PlanRow[];

/** What can be done on the board; each is one step of the way back, and is told. */
export interface BoardDeeds {
  readonly place: (film: BoardFilm, atMs: number | undefined) => void;
  readonly move: (entry: BoardEntry, atMs: number) => void;
  readonly resize: (entry: BoardEntry, lengthMs: number) => void;
  readonly remove: (entry: BoardEntry) => void;
  /** Why nothing may begin at an instant; undefined where something may. */
  readonly refusal: (atMs: number) => string | undefined;
  /** `周三 12/03 19:00 – 19:45`, with what would move along. */
  readonly wouldBe: (startAtMs: number, endAtMs: number, entry?: BoardEntry) => string;
}

export const titleOf = ({ row }: Pick<BoardEntry, 'row'>): string => row.title ?? row.filmTitle;

/** Changes the draft as the board is used; nothing that has begun is touched. */
export function useBoardDeeds(board: Board): BoardDeeds {
  const { says, item } = useWords().board;
  const clock = useClock();
  const { zone } = clock;
  const { draft, say, planDays } = board;
  const way = { zone, isRippling: board.isRippling, freshId: freshRowId };
  const at = (ms: number): string => says.at(clock.dayInWords(ms), showClock(civilText(ms, zone).slice(11)));
  const end = (ms: number): string => showClock(civilText(ms, zone).slice(11));
  const refusal = (atMs: number): string | undefined => {
    const day = civilText(atMs, zone).slice(0, 10);
    if (day < planDays.first || day > planDays.last) return says.outside;
    return atMs <= board.nowMs ? says.past : undefined;
  };
  const done = (change: (rows: Rows) => Rows, text: string): void => {
    draft.edit(change);
    say(text);
  };
  const cursorTo = (atMs: number): void => {
    const [day = '', time = ''] = civilText(atMs, zone).split('T');
    board.setCursor({ day, clock: time });
  };
  return {
    refusal,
    wouldBe: (startAtMs, endAtMs, entry) => {
      const moved = entry === undefined ? 0 : pushedBy(draft.rows, moveEntry(draft.rows, entry, startAtMs, way), entry);
      const text = says.would(clock.dayInWords(startAtMs), end(startAtMs), end(endAtMs));
      return moved === 0 ? text : text + says.pushed(moved);
    },
    place: (film, atMs) => {
      const refused = atMs === undefined ? says.outside : refusal(atMs);
      if (atMs === undefined || refused !== undefined) {
        say(refused ?? says.outside);
        return;
      }
      done((rows) => placeBlock(rows, [filmRow(film, '')], atMs, way), says.placed(film.title, at(atMs)));
      // The next one goes right behind it.
      if (board.span === 'month') board.setCursor({ day: civilText(atMs, zone).slice(0, 10) });
      else cursorTo(Math.ceil((atMs + (film.lengthMs ?? unknownLengthMs)) / 60_000) * 60_000);
    },
    move: (entry, atMs) => {
      const refused = entry.isFrozen ? item.frozen : refusal(atMs);
      if (refused !== undefined) {
        say(refused);
        return;
      }
      done((rows) => moveEntry(rows, entry, atMs, way), says.moved(titleOf(entry), at(atMs)));
      cursorTo(atMs);
    },
    resize: (entry, lengthMs) => {
      if (entry.isFrozen) {
        say(item.frozen);
        return;
      }
      const resized = resizeEntry(draft.rows, entry, lengthMs, way);
      const [after] = boardEntries(resized, [entry.day], { zone, findings: [], nowMs: 0 }).filter(
        ({ startAtMs }) => startAtMs === entry.startAtMs,
      );
      const isMs = after === undefined ? lengthMs : after.endAtMs - after.startAtMs;
      done(() => resized, says.length(titleOf(entry), lengthText(isMs)));
    },
    remove: (entry) => {
      if (entry.isFrozen) {
        say(item.frozen);
        return;
      }
      done((rows) => removeEntry(rows, entry, way), says.removed(titleOf(entry)));
      board.setCursor(cursorOn(entry, zone));
    },
  };
}

/** How many other lines have another time after a change. */
function pushedBy(before: Rows, after: Rows, { row }: BoardEntry): number {
  const was = new Map(before.map((each) => [each.id, each]));
  return after.filter((each) => {
    const old = was.get(each.id);
    return old !== undefined && each.id !== row.id && (old.clock !== each.clock || old.day !== each.day);
  }).length;
}
