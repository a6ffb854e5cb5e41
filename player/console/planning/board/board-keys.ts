import { addCivilDays, parseCivilTime } from '../../../../media/grid/civil-time.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import type { PlanView } from '../plan-view.tsx';
import { type BoardStop, cursorAfter, cursorOn, gridMinutes, neighbour } from './board-cursor.ts';
import { slotFilm } from './board-edits.ts';
import { type BoardEntry, civilText } from './board-entries.ts';
import type { Board } from './use-board.ts';
import type { BoardDeeds } from './use-board-deeds.ts';

/** What keys do outside of the board. */
export interface BoardWays {
  readonly onView: (view: PlanView) => void;
  /** Changes an item in the list of lines. */
  readonly onEdit: (entry: BoardEntry) => void;
  readonly onLibrary: () => void;
  /** To how the chosen item begins. */
  readonly onStart: () => void;
  readonly onHelp: () => void;
}

const gridMs = gridMinutes * 60_000;
const views: Readonly<Record<string, PlanView>> = { m: 'month', w: 'week', d: 'day', l: 'list' };

/** Answers the keys that are pressed while the board has the focus. */
export function useBoardKeys(board: Board, deeds: BoardDeeds, ways: BoardWays): (event: React.KeyboardEvent) => void {
  const words = useWords().board;
  const { zone } = useClock();
  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const act =
      event.ctrlKey || event.metaKey
        ? jumpOf(event, board, zone)
        : (deedOf(event, board, deeds, zone) ?? wayOf(event, board, { deeds, ways, noFilm: words.says.noFilm }));
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
}

type Act = (() => void) | undefined;

/** Ctrl with an arrow goes from item to item, as spreadsheets go from one filled cell to the next. */
function jumpOf({ key }: React.KeyboardEvent, board: Board, zone: string): Act {
  const by = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : undefined;
  if (by === undefined) return undefined;
  const next = neighbour(stopsOf(board, zone), board.cursor, by, zone);
  return () => {
    if (next !== undefined) board.setCursor(cursorOn(next, zone));
  };
}

/** Items, and the slots that items of a place go into. */
const stopsOf = ({ entries, slots = [] }: Board, zone: string): readonly BoardStop[] => [
  ...entries,
  ...slots.map(({ startAtMs }) => ({ day: civilText(startAtMs, zone).slice(0, 10), startAtMs })),
];

/** What is done to the chosen item. */
function deedOf(event: React.KeyboardEvent, board: Board, deeds: BoardDeeds, zone: string): Act {
  const { chosen, isEditable } = board;
  if (chosen === undefined || !isEditable) return undefined;
  const lengthMs = chosen.endAtMs - chosen.startAtMs;
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      return () => deeds.remove(chosen);
    case '-':
      return () => deeds.resize(chosen, lengthMs - gridMs);
    case '+':
    case '=':
      return () => deeds.resize(chosen, lengthMs + gridMs);
    default:
      return event.shiftKey ? moveOf(event.key, chosen, { board, deeds, zone }) : undefined;
  }
}

function moveOf(
  key: string,
  chosen: BoardEntry,
  { board, deeds, zone }: { readonly board: Board; readonly deeds: BoardDeeds; readonly zone: string },
): Act {
  const { startAtMs } = chosen;
  const week = board.span === 'month';
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: week ? -7 : 0, ArrowDown: week ? 7 : 0 }[key];
  if (days === undefined) return undefined;
  if (days === 0) return () => deeds.move(chosen, startAtMs + (key === 'ArrowUp' ? -gridMs : gridMs));
  const [day = '', time = ''] = civilText(startAtMs, zone).split('T');
  const read = parseCivilTime(`${addCivilDays(day, days)}T${time}`, zone);
  return read.ok ? () => deeds.move(chosen, read.atMs) : undefined;
}

/** Moving the cursor, placing a film, and what leads away from the board. */
function wayOf(
  event: React.KeyboardEvent,
  board: Board,
  { deeds, ways, noFilm }: { readonly deeds: BoardDeeds; readonly ways: BoardWays; readonly noFilm: string },
): Act {
  const { key } = event;
  const cursor = cursorAfter(board.cursor, key, { span: board.span, plan: board.planDays });
  if (cursor !== undefined) return () => board.setCursor(cursor);
  if (key === 'Enter') return enterOf(board, { deeds, ways, noFilm });
  if (key === 'Escape') return board.film === undefined ? undefined : () => board.setFilm(undefined);
  if (key === '?') return ways.onHelp;
  if (key === '/') return ways.onLibrary;
  if (key.toLowerCase() === 'o') return isCounty(board) ? () => board.setFilm(slotFilm) : undefined;
  if (key.toLowerCase() === 't') return board.chosen === undefined ? undefined : ways.onStart;
  if (key.toLowerCase() === 'r') return () => board.setIsRippling(!board.isRippling);
  const view = views[key.toLowerCase()];
  return view === undefined ? undefined : () => ways.onView(view);
}

const isCounty = ({ isEditable, plan }: Board): boolean => isEditable && plan.place === undefined;

function enterOf(
  board: Board,
  { deeds, ways, noFilm }: { readonly deeds: BoardDeeds; readonly ways: BoardWays; readonly noFilm: string },
): Act {
  const { film, chosen, ghost, isEditable } = board;
  if (film !== undefined && isEditable) return () => deeds.place(film, ghost?.startAtMs);
  return chosen === undefined ? () => board.say(noFilm) : () => ways.onEdit(chosen);
}
