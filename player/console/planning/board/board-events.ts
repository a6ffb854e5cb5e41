import type { EventInput } from '@fullcalendar/react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { parseCivilTime } from '../../../../media/grid/civil-time.ts';
import type { BoardCursor } from './board-cursor.ts';
import { type BoardEntry, civilText } from './board-entries.ts';
import type { Board } from './use-board.ts';
import { titleOf } from './use-board-deeds.ts';

/**
 * The calendar knows no zones: it is told county times as if they were UTC, and so are its answers, whatever zone the browser
 * lives in.
 */
export const calendarZone = 'UTC';

/** The instant (UTC ms) of a time that the calendar answers. */
export function instantOf(date: Date | null, zone: string): number | undefined {
  if (date === null) return undefined;
  const read = parseCivilTime(date.toISOString().slice(0, 19), zone);
  return read.ok ? read.atMs : undefined;
}

const wrong = new Set(['noFilm', 'notReady', 'overlap', 'error']);
const doubtful = new Set(['truncated', 'late', 'warning']);

function classesOf(entry: BoardEntry, chosen: BoardEntry | undefined): string {
  const { marks, isFrozen, row } = entry;
  const worst = marks.some((mark) => wrong.has(mark))
    ? 'error'
    : marks.some((mark) => doubtful.has(mark))
      ? 'warning'
      : 'fine';
  return [
    'board-item',
    `board-${worst}`,
    isFrozen ? 'board-frozen' : '',
    row.mustWatch ? 'board-must' : '',
    row.open === true ? 'board-open' : '',
    marks.includes('repeated') ? 'board-repeated' : '',
    entry.key === chosen?.key ? 'board-chosen' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What of a board is drawn. */
export type DrawnBoard = Pick<
  Board,
  'plan' | 'entries' | 'chosen' | 'film' | 'ghost' | 'span' | 'cursor' | 'isEditable'
>;

/** An item as the calendar draws it; length is changed only where the film's own is known. */
const eventOf = (entry: BoardEntry, { chosen, isEditable, span }: DrawnBoard, zone: string): EventInput => ({
  id: entry.key,
  title: titleOf(entry),
  start: civilText(entry.startAtMs, zone),
  end: civilText(entry.endAtMs, zone),
  startEditable: isEditable && !entry.isFrozen,
  durationEditable: isEditable && !entry.isFrozen && span !== 'month' && entry.row.filmMs !== undefined,
  className: classesOf(entry, chosen),
  extendedProps: { entry },
});

/** Everything on the board: items, the film that is to be placed, the cursor and what is open to a place. */
export function boardEvents(board: DrawnBoard, zone: string): readonly EventInput[] {
  const { ghost, film, span, cursor } = board;
  const isMonth = span === 'month';
  return [
    ...board.entries.map((entry) => eventOf(entry, board, zone)),
    ...(ghost === undefined || film === undefined ? [] : [ghostEvent(ghost, film.title, zone)]),
    ...(isMonth ? [] : [cursorEvent(cursor)].flat()),
    ...(isMonth ? [] : openEvents(board.plan, zone)),
  ];
}

const still = { editable: false, interactive: false };

const ghostEvent = ({ startAtMs, endAtMs }: NonNullable<Board['ghost']>, title: string, zone: string): EventInput => ({
  ...{ id: 'ghost', title, start: civilText(startAtMs, zone), end: civilText(endAtMs, zone) },
  ...{ ...still, className: 'board-item board-ghost' },
});

const cursorMs = 15 * 60_000;

function cursorEvent({ day, clock }: BoardCursor): readonly EventInput[] {
  const start = Date.parse(`${day}T${clock ?? '19:00:00'}Z`);
  const end = new Date(start + cursorMs).toISOString().slice(0, 19);
  const begins = new Date(start).toISOString().slice(0, 19);
  return [{ ...still, id: 'cursor', start: begins, end, display: 'background', className: 'board-cursor-slot' }];
}

const openEvents = ({ openSlots = [] }: Plan, zone: string): readonly EventInput[] =>
  openSlots.map(({ startAtMs, endAtMs, title }) => ({
    ...{ ...still, id: `open-${startAtMs}`, title, display: 'background', className: 'board-open-slot' },
    ...{ start: civilText(startAtMs, zone), end: civilText(endAtMs, zone) },
  }));
