import type { EventApi, EventDisplayInfo } from '@fullcalendar/react';
import { showClock } from '../clock-text.ts';
import { type BoardEntry, civilText } from './board-entries.ts';
import { instantOf } from './board-events.ts';
import { BoardMarks } from './board-mark.tsx';

/** The item that an event of the calendar draws; undefined for the ghost, the cursor and films of the library. */
export const entryOf = (event: EventApi | null): BoardEntry | undefined =>
  event === null ? undefined : (event.extendedProps['entry'] as BoardEntry | undefined);

/** When and what airs, and its signs; where there is room, and while it is dragged, also when it ends. */
export function BoardEventText({ shown, zone }: { readonly shown: EventDisplayInfo; readonly zone: string }) {
  const { event, isMirror, isShort, view } = shown;
  if (event.display === 'background') return <span className="board-slot-title">{event.title}</span>;
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
      <BoardMarks marks={entryOf(event)?.marks ?? []} />
    </span>
  );
}
