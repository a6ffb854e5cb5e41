import type { EventApi, EventDisplayInfo } from '@fullcalendar/react';
import { useWords } from '../../words/words.tsx';
import { showClock } from '../clock-text.ts';
import type { BoardStop } from './board-cursor.ts';
import type { BoardFilm } from './board-edits.ts';
import { type BoardEntry, type BoardMark, civilText } from './board-entries.ts';
import { instantOf } from './board-events.ts';
import { BoardMarks } from './board-mark.tsx';
import type { Inherited } from './place-slots.ts';

/** The item that an event of the calendar draws; undefined for the ghost, the cursor and films of the library. */
export const entryOf = (event: EventApi | null): BoardEntry | undefined =>
  event === null ? undefined : (event.extendedProps['entry'] as BoardEntry | undefined);

/** The film of the library that is dragged. */
export const filmOf = (event: EventApi | null): BoardFilm | undefined =>
  event?.extendedProps['film'] as BoardFilm | undefined;

/** Where the cursor goes on what the place above airs or leaves open. */
export function stopOf(event: EventApi, zone: string): BoardStop | undefined {
  const startAtMs = event.extendedProps['isAround'] === true ? instantOf(event.start, zone) : undefined;
  return startAtMs === undefined ? undefined : { day: civilText(startAtMs, zone).slice(0, 10), startAtMs };
}

/** When and what airs, and its signs; where there is room, and while it is dragged, also when it ends. */
export function BoardEventText({ shown, zone }: { readonly shown: EventDisplayInfo; readonly zone: string }) {
  const { event, isMirror, isShort, view } = shown;
  const at = (date: Date | null): string => {
    const atMs = instantOf(date, zone);
    return atMs === undefined ? '' : showClock(civilText(atMs, zone).slice(11));
  };
  const both = `${at(event.start)}–${at(event.end)}`;
  const isLong = isMirror || (view.type !== 'dayGridPlan' && !isShort);
  return (
    <span className="board-item-text" data-item={event.id} title={`${both} ${event.title}`}>
      <span className="board-item-clock">{isLong ? both : at(event.start)}</span>{' '}
      <span className="board-item-title">{event.title}</span>
      <BoardMarks marks={entryOf(event)?.marks ?? aroundMarks(event)} />
    </span>
  );
}

/** What lies behind the items of a place; what fills gaps there is named by its kind. */
export function AroundText({ event, zone }: { readonly event: EventApi; readonly zone: string }) {
  const { kinds } = useWords().today;
  const atMs = instantOf(event.start, zone);
  if (event.extendedProps['isAround'] !== true || atMs === undefined) return null;
  const kind = event.extendedProps['kind'] as Inherited['kind'] | undefined;
  const title = kind === 'filler' || kind === 'slate' ? kinds[kind] : event.title;
  const clock = showClock(civilText(atMs, zone).slice(11));
  return (
    <span className="board-around-text" title={`${clock} ${title}`}>
      <span className="board-item-clock">{clock}</span> <span className="board-item-title">{title}</span>
      <BoardMarks marks={aroundMarks(event)} />
    </span>
  );
}

const aroundMarks = (event: EventApi): readonly BoardMark[] =>
  (event.extendedProps['marks'] as readonly BoardMark[] | undefined) ?? [];
