import { lengthText } from '../../../shared/county-clock.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { showClock } from '../clock-text.ts';
import type { PlanRow } from '../plan-rows.ts';
import { freshRowId } from '../use-draft.ts';
import { cursorOn } from './board-cursor.ts';
import {
  type BoardFilm,
  type BoardWay,
  filmRow,
  moveEntry,
  placeBlock,
  removeEntry,
  resizeEntry,
} from './board-edits.ts';
import { movedBy } from './moved-entries.ts';
import { nearDays } from './shown-days.ts';
import { type RowStart, startEntry } from './board-starts.ts';
import { type BoardEntry, boardEntries, civilText, unknownLengthMs } from './board-entries.ts';
import type { Board } from './use-board.ts';
import { useSlotRefusal } from './use-slot-refusal.ts';

type Rows = readonly PlanRow[];

/** What can be done on the board; each is one step of the way back, and is told. */
export interface BoardDeeds {
  readonly place: (film: BoardFilm, atMs: number | undefined) => void;
  readonly move: (entry: BoardEntry, atMs: number) => void;
  readonly resize: (entry: BoardEntry, lengthMs: number) => void;
  readonly remove: (entry: BoardEntry) => void;
  /** Lets it begin in another way. */
  readonly start: (entry: BoardEntry, start: RowStart) => void;
  /** Why nothing may begin at an instant; undefined where something may. */
  readonly refusal: (atMs: number) => string | undefined;
  /** Why a list may not become the draft: something would air where nothing is open to the place. */
  readonly unfit: (rows: Rows) => string | undefined;
  /** What letting go of a dragged item or film here would do. */
  readonly would: (dragged: Dragged) => Tried;
}

/** What is dragged, and where it is now: [startAtMs, endAtMs) in UTC ms. */
export interface Dragged {
  readonly entry: BoardEntry | undefined;
  readonly film: BoardFilm | undefined;
  readonly startAtMs: number;
  readonly endAtMs: number;
}

/** A change that is not made yet. */
export interface Tried {
  /** `周三 12/03 19:00 – 19:45`, with what would move along; where it may not be, why. */
  readonly text: string;
  readonly isRefused: boolean;
  /** What ripple would move, at its new time. */
  readonly moved: readonly BoardEntry[];
}

export const titleOf = ({ row }: Pick<BoardEntry, 'row'>): string => row.title ?? row.filmTitle;

/** Changes the draft as the board is used; nothing that has begun is touched. */
export function useBoardDeeds(board: Board): BoardDeeds {
  const { says, item, starts } = useWords().board;
  const clock = useClock();
  const { zone } = clock;
  const { draft, say, planDays } = board;
  const way = { zone, isRippling: board.isRippling, freshId: freshRowId };
  const at = (ms: number): string => says.at(clock.dayInWords(ms), showClock(civilText(ms, zone).slice(11)));
  const end = (ms: number): string => showClock(civilText(ms, zone).slice(11));
  const slotRefusal = useSlotRefusal(board);
  const refusal = (atMs: number): string | undefined => {
    const day = civilText(atMs, zone).slice(0, 10);
    if (day < planDays.first || day > planDays.last) return says.outside;
    return atMs <= board.nowMs ? says.past : slotRefusal.at(atMs);
  };
  const entriesAfter = (rows: Rows) =>
    boardEntries(rows, nearDays(board.shown, planDays), { zone, findings: [], nowMs: 0 });
  const unfit = (rows: Rows, own?: string): string | undefined =>
    board.slots === undefined ? undefined : slotRefusal.of(entriesAfter(rows), own);
  /** Whether it is done; where it may not be, why is told. */
  const done = (rows: Rows, text: string, own?: string): boolean => {
    const refused = unfit(rows, own);
    if (refused === undefined) draft.edit(() => rows);
    say(refused ?? text);
    return refused === undefined;
  };
  const cursorTo = (atMs: number): void => {
    const [day = '', time = ''] = civilText(atMs, zone).split('T');
    board.setCursor({ day, clock: time });
  };
  return {
    refusal,
    unfit,
    would: ({ entry, film, startAtMs, endAtMs }) => {
      const made = dragged(draft.rows, { entry, film, startAtMs, endAtMs }, way);
      const own = entry?.row.id ?? draggedId;
      const refused = refusal(startAtMs) ?? unfit(made, own);
      if (refused !== undefined) return { text: refused, isRefused: true, moved: [] };
      const moved = movedBy(board.entries, entriesAfter(made), own);
      const text = says.would(clock.dayInWords(startAtMs), end(startAtMs), end(endAtMs));
      const named = moved.slice(0, mostNamed).map((each) => says.at(end(each.startAtMs), titleOf(each)));
      const told = moved.length === 0 ? text : text + says.pushed(moved.length, named);
      return { text: told, isRefused: false, moved };
    },
    place: (film, atMs) => {
      const refused = atMs === undefined ? (slotRefusal.on(board.cursor.day) ?? says.outside) : refusal(atMs);
      if (atMs === undefined || refused !== undefined) {
        say(refused ?? says.outside);
        return;
      }
      const id = freshRowId();
      const placed = placeBlock(draft.rows, [filmRow(film, '')], atMs, { ...way, freshId: () => id });
      if (!done(placed, says.placed(film.title, at(atMs)), id)) return;
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
      if (done(moveEntry(draft.rows, entry, atMs, way), says.moved(titleOf(entry), at(atMs)), entry.row.id))
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
      done(resized, says.length(titleOf(entry), lengthText(isMs)), entry.row.id);
    },
    start: (entry, start) => {
      if (entry.isFrozen) {
        say(item.frozen);
        return;
      }
      const made = startEntry(draft.rows, entry, start, way);
      const after = entriesAfter(made).find((each) => each.day === entry.day && isSameOr(each, entry, board.entries));
      const told = start.startMode === 'soft' ? starts.softBy(lengthText(start.maxLateMs)) : starts[start.startMode];
      const startAtMs = after?.startAtMs ?? entry.startAtMs;
      // The cursor stays on it.
      if (done(made, says.starts(titleOf(entry), told, at(startAtMs)), entry.row.id)) cursorTo(startAtMs);
    },
    remove: (entry) => {
      if (entry.isFrozen) {
        say(item.frozen);
        return;
      }
      const made = removeEntry(draft.rows, entry, way);
      // What stood behind it stays where it is rather than leave its slot.
      const kept = unfit(made) === undefined ? made : removeEntry(draft.rows, entry, { ...way, isRippling: false });
      done(kept, says.removed(titleOf(entry)));
      board.setCursor(cursorOn(entry, zone));
    },
  };
}

/** Whether an airing is another one after a change, or the lines of its own that it was given. */
const isSameOr = (each: BoardEntry, { row }: BoardEntry, before: readonly BoardEntry[]): boolean =>
  each.row.id === row.id || (each.row.filmId === row.filmId && !before.some((known) => known.row.id === each.row.id));

/** How many of the items that move along are named. */
const mostNamed = 3;

/** Id of a line that only exists while a film is dragged. */
const draggedId = 'dragged';

/** The list once what is dragged is let go of. */
function dragged(rows: Rows, { entry, film, startAtMs, endAtMs }: Dragged, way: BoardWay): Rows {
  if (entry === undefined)
    return film === undefined
      ? rows
      : placeBlock(rows, [filmRow(film, '')], startAtMs, { ...way, freshId: () => draggedId });
  return startAtMs === entry.startAtMs
    ? resizeEntry(rows, entry, endAtMs - startAtMs, way)
    : moveEntry(rows, entry, startAtMs, way);
}
