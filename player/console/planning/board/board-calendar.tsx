import FullCalendar, {
  type CalendarOptions,
  type CalendarRef,
  type EventApi,
  type EventInput,
} from '@fullcalendar/react';
import dayGrid from '@fullcalendar/react/daygrid';
import interaction from '@fullcalendar/react/interaction';
import chinese from '@fullcalendar/react/locales/zh-cn';
import theme from '@fullcalendar/react/themes/classic';
import timeGrid from '@fullcalendar/react/timegrid';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import '@fullcalendar/react/themes/classic/palette.css';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useClock } from '../../parts/use-clock.ts';
import { useSpeech } from '../../words/words.tsx';
import { type BoardSpan, cursorOn, gridMinutes, type PlanDays } from './board-cursor.ts';
import { civilText } from './board-entries.ts';
import { AroundText, BoardEventText, entryOf, filmOf, stopOf } from './board-event-text.tsx';
import { boardEvents, calendarZone, instantOf } from './board-events.ts';
import { dragGhosts, type DragGhosts } from './drag-ghosts.ts';
import { type ShownDays, weeksOf } from './shown-days.ts';
import type { Board } from './use-board.ts';
import type { BoardDeeds } from './use-board-deeds.ts';

const plugins = [dayGrid, timeGrid, interaction, theme];
const viewNames = { month: 'dayGridPlan', week: 'timeGridWeek', day: 'timeGridDay' } as const;

/** What the calendar's answers need when they come. */
interface Present {
  readonly board: Board;
  readonly deeds: BoardDeeds;
  readonly onDay: (day: string) => void;
}

/** The month, week or day itself; its films are dragged, and every drop changes the draft and nothing else. */
export function BoardCalendar(present: Present) {
  const { board } = present;
  const { zone } = useClock();
  const latest = useRef(present);
  useEffect(() => {
    latest.current = present;
  });
  useSeenCursor(board);
  const { plan, entries, inherited, chosen, film, ghost, moved, span, cursor, isEditable } = board;
  const events = useMemo(
    () => boardEvents({ plan, entries, inherited, chosen, film, ghost, moved, span, cursor, isEditable }, zone),
    [plan, entries, inherited, chosen, film, ghost, moved, span, cursor, isEditable, zone],
  );
  const { from, to } = board.shown;
  const shown = useMemo(() => ({ from, to }), [from, to]);
  return (
    <Calendar
      latest={latest}
      events={events}
      span={span}
      shown={shown}
      day={cursor.day}
      planDays={board.planDays}
      isEditable={isEditable}
    />
  );
}

interface CalendarInput {
  readonly latest: React.RefObject<Present>;
  readonly events: readonly EventInput[];
  readonly span: BoardSpan;
  readonly shown: ShownDays;
  /** Day of the cursor. */
  readonly day: string;
  readonly planDays: PlanDays;
  readonly isEditable: boolean;
}

const dateOf = (date: Date): string => date.toISOString().slice(0, 10);

/** Drawn again only for what it shows: a calendar whose options change takes a drag for one from elsewhere. */
const Calendar = memo(function Calendar({ latest, events, span, shown, day, planDays, isEditable }: CalendarInput) {
  const { language, words } = useSpeech();
  const { zone } = useClock();
  const calendar = useRef<CalendarRef>(null);
  const [ghosts] = useState(() => dragGhosts(() => document.querySelector<HTMLElement>('.board')));
  useEffect(() => {
    const api = calendar.current?.getApi();
    if (api === undefined) return;
    if (api.view.type !== viewNames[span]) api.changeView(viewNames[span], shown.from);
    else api.gotoDate(shown.from);
  }, [span, shown.from]);
  const isPlanned = (date: Date): boolean => dateOf(date) >= planDays.first && dateOf(date) <= planDays.last;
  return (
    <FullCalendar
      ref={calendar}
      plugins={plugins}
      locales={[chinese]}
      locale={language === 'zh' ? 'zh-cn' : 'en-gb'}
      timeZone={calendarZone}
      now={() => civilText(Date.now(), zone)}
      views={{ dayGridPlan: { type: 'dayGrid', duration: { weeks: weeksOf(shown) } } }}
      initialView={viewNames[span]}
      initialDate={shown.from}
      headerToolbar={false}
      {...looksOf(span)}
      moreLinkContent={({ num }) => words.board.more(num)}
      moreLinkClick={({ date }) => latest.current.onDay(dateOf(date))}
      events={[...events]}
      eventContent={(shownEvent) => <BoardEventText shown={shownEvent} zone={zone} />}
      backgroundEventContent={({ event }) => <AroundText event={event} zone={zone} />}
      eventClass={({ isMirror }) => (isMirror ? 'board-ghost' : '')}
      droppable={isEditable}
      dayCellClass={({ date }) =>
        ['board-day', isPlanned(date) ? '' : 'board-other-day', dateOf(date) === day ? 'board-cursor-day' : ''].join(
          ' ',
        )
      }
      dayLaneClass={({ date }) => (isPlanned(date) ? 'board-lane' : 'board-lane board-other-day')}
      {...answersOf(latest, zone, ghosts)}
    />
  );
});

const clockFormat = { hour: '2-digit', minute: '2-digit', hour12: false } as const;

function looksOf(span: BoardSpan): CalendarOptions {
  const isMonth = span === 'month';
  return {
    ...{ firstDay: 1, allDaySlot: false, nowIndicator: true, nextDayThreshold: '09:00:00' },
    height: isMonth ? 'auto' : 'max(420px, calc(100vh - 330px))',
    slotDuration: span === 'day' ? '00:10:00' : '00:15:00',
    ...{ slotHeaderInterval: '01:00', slotHeaderFormat: clockFormat, snapDuration: { minutes: gridMinutes } },
    ...{ scrollTime: '17:00:00', scrollTimeReset: false },
    dayHeaderFormat: isMonth ? { weekday: 'short' } : { weekday: 'short', month: 'numeric', day: 'numeric' },
    monthStartFormat: { month: 'short', day: 'numeric' },
    dayMaxEvents: isMonth ? 9 : false,
    ...{
      eventOrder: 'rank,start,-duration,title',
      eventDisplay: 'block',
      eventMinHeight: 24,
      eventShortHeight: 40,
      eventInteractive: false,
    },
    ...{ eventDragMinDistance: 4, dragRevertDuration: 0 },
  };
}

/** What is clicked, dragged, dropped and pulled. The calendar takes its own change back: the draft brings the new list. */
function answersOf(latest: React.RefObject<Present>, zone: string, ghosts: DragGhosts): CalendarOptions {
  const moved = (event: EventApi): void => {
    const entry = entryOf(event);
    const atMs = instantOf(event.start, zone);
    if (entry !== undefined && atMs !== undefined) latest.current.deeds.move(entry, atMs);
  };
  return {
    dateClick: ({ date, allDay }) => {
      const { board } = latest.current;
      const [day = '', clock = ''] = date.toISOString().slice(0, 19).split('T');
      if (day < board.planDays.first || day > board.planDays.last) return;
      board.setCursor(allDay || board.span === 'month' ? { day } : { day, clock });
    },
    eventClick: ({ event }) => {
      const entry = entryOf(event);
      const stop = entry ?? stopOf(event, zone);
      if (stop !== undefined) latest.current.board.setCursor(cursorOn(stop, zone));
    },
    eventAllow: ({ start, end }, moving) => {
      const { board, deeds } = latest.current;
      const entry = entryOf(moving);
      const film = filmOf(moving);
      const isOnDay = board.span === 'month' && film !== undefined;
      const atMs = isOnDay ? board.startAtMs(film, { day: dateOf(start) }) : instantOf(start, zone);
      // A day without room for it: letting go says so.
      if (atMs === undefined) return isOnDay;
      const endAtMs = atMs + end.getTime() - start.getTime();
      const { text, isRefused, moved } = deeds.would({ entry, film, startAtMs: atMs, endAtMs });
      board.say(text);
      // Another line on a day of the month would move the days under what is dragged; there the text says it.
      if (board.span !== 'month') ghosts.show(moved, zone);
      return !isRefused;
    },
    eventDrop: ({ event, revert }) => {
      revert();
      moved(event);
    },
    eventResize: ({ event, revert }) => {
      const entry = entryOf(event);
      const lengthMs = (event.end?.getTime() ?? 0) - (event.start?.getTime() ?? 0);
      revert();
      if (entry !== undefined) latest.current.deeds.resize(entry, lengthMs);
    },
    eventReceive: ({ event, revert }) => {
      const { board, deeds } = latest.current;
      const film = filmOf(event);
      const { start } = event;
      revert();
      if (film === undefined || start === null) {
        moved(event);
        return;
      }
      const isMonth = board.span === 'month';
      deeds.place(film, isMonth ? board.startAtMs(film, { day: dateOf(start) }) : instantOf(start, zone));
    },
  };
}

/** Keeps the cursor in sight; who has just opened the plan sees its head first. */
function useSeenCursor({ cursor, span }: Board): void {
  const hasMoved = useRef(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const top = scrollY;
      document
        .querySelector(span === 'month' ? '.board-cursor-day' : '.board-cursor-slot')
        ?.scrollIntoView({ block: 'nearest' });
      if (!hasMoved.current) scrollTo({ top });
      hasMoved.current = true;
    });
    return () => cancelAnimationFrame(frame);
  }, [cursor, span]);
}
