import type { EventInput } from '@fullcalendar/react';
import { parseCivilTime } from '../../../../media/grid/civil-time.ts';
import type { BoardCursor } from './board-cursor.ts';
import { type BoardEntry, type BoardMark, civilText } from './board-entries.ts';
import { isBareSlot, type PlanRow } from '../plan-rows.ts';
import { freeParts, type Inherited, type PlaceSlot } from './place-slots.ts';
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
  'plan' | 'entries' | 'inherited' | 'chosen' | 'film' | 'ghost' | 'moved' | 'span' | 'cursor' | 'isEditable'
>;

const hasLength = (row: PlanRow): boolean => row.filmMs !== undefined || isBareSlot(row);

/** An item as the calendar draws it; length is changed only where the film's own is known. */
const eventOf = (entry: BoardEntry, { chosen, isEditable, span }: DrawnBoard, zone: string): EventInput => ({
  id: entry.key,
  title: titleOf(entry),
  start: civilText(entry.startAtMs, zone),
  end: civilText(entry.endAtMs, zone),
  startEditable: isEditable && !entry.isFrozen,
  durationEditable: isEditable && !entry.isFrozen && span !== 'month' && hasLength(entry.row),
  className: classesOf(entry, chosen),
  extendedProps: { entry, rank: 0 },
});

/** Everything on the board: items, the film that is to be placed, the cursor, what is open to a place and what airs around it. */
export function boardEvents(board: DrawnBoard, zone: string): readonly EventInput[] {
  const { ghost, film, span, cursor } = board;
  const isMonth = span === 'month';
  return [
    ...board.entries.map((entry) => eventOf(entry, board, zone)),
    ...(ghost === undefined || film === undefined ? [] : [ghostEvent(ghost, film.title, zone)]),
    // On a month they would only be named twice.
    ...(isMonth ? [] : board.moved.map((entry) => movedEvent(entry, zone))),
    ...(isMonth ? [] : [cursorEvent(cursor)].flat()),
    ...(isMonth ? monthAround(board, zone) : dayAround(board, zone)),
  ];
}

const still = { editable: false, interactive: false };

const ghostEvent = ({ startAtMs, endAtMs }: NonNullable<Board['ghost']>, title: string, zone: string): EventInput => ({
  ...{ id: 'ghost', title, start: civilText(startAtMs, zone), end: civilText(endAtMs, zone) },
  ...{ ...still, className: 'board-item board-ghost' },
});

/** Where ripple would put an item. */
const movedEvent = (entry: BoardEntry, zone: string): EventInput => ({
  ...{ ...still, id: `moved-${entry.key}`, title: titleOf(entry), className: 'board-item board-ghost board-moved' },
  ...{ start: civilText(entry.startAtMs, zone), end: civilText(entry.endAtMs, zone) },
});

const cursorMs = 15 * 60_000;

function cursorEvent({ day, clock }: BoardCursor): readonly EventInput[] {
  const start = Date.parse(`${day}T${clock ?? '19:00:00'}Z`);
  const end = new Date(start + cursorMs).toISOString().slice(0, 19);
  const begins = new Date(start).toISOString().slice(0, 19);
  return [{ ...still, id: 'cursor', start: begins, end, display: 'background', className: 'board-cursor-slot' }];
}

/** What the place above airs lies behind the items of the place, and cannot be moved. */
const aroundEvent = (
  { startAtMs, endAtMs, title }: Pick<Inherited, 'startAtMs' | 'endAtMs' | 'title'>,
  name: string,
  look: {
    readonly marks: readonly BoardMark[];
    readonly className: string;
    readonly kind?: Inherited['kind'];
    readonly zone: string;
  },
): EventInput => ({
  ...{ ...still, id: `${name}-${startAtMs}`, title, className: look.className },
  ...{ start: civilText(startAtMs, look.zone), end: civilText(endAtMs, look.zone) },
  // A crowded day of the month shows what is the place's own first, then what is open to it and what must be watched.
  extendedProps: {
    isAround: true,
    kind: look.kind,
    marks: look.marks,
    rank: look.marks.some((mark) => mark !== 'locked') ? 1 : 2,
  },
});

const lockedEvent = (item: Inherited, zone: string): EventInput =>
  aroundEvent(item, 'above', {
    marks: item.mustWatch ? ['mustWatch', 'locked'] : item.kind === 'item' ? ['locked'] : [],
    kind: item.kind,
    className: [
      'board-item',
      'board-locked',
      item.mustWatch ? 'board-locked-must' : '',
      `board-locked-${item.kind}`,
    ].join(' '),
    zone,
  });

const openEvent = (slot: PlaceSlot, zone: string): EventInput =>
  aroundEvent(slot, 'open', { marks: ['open'], className: 'board-item board-open-slot', zone });

const dayAround = ({ plan, inherited }: DrawnBoard, zone: string): readonly EventInput[] =>
  [
    ...inherited.map((item) => lockedEvent(item, zone)),
    ...(plan.openSlots ?? []).map((slot) => openEvent(slot, zone)),
  ].map((event) => ({ ...event, display: 'background' }));

/** A day of the month has room for programmes, and for slots as far as nothing is in them; what fills gaps is left out. */
function monthAround({ plan, inherited, entries }: DrawnBoard, zone: string): readonly EventInput[] {
  const free = (plan.openSlots ?? []).flatMap((slot) =>
    freeParts([slot], entries).map((part) => openEvent({ ...part, title: slot.title }, zone)),
  );
  return [...inherited.filter(({ kind }) => kind === 'item').map((item) => lockedEvent(item, zone)), ...free];
}
