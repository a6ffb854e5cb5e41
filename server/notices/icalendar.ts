import { zoneOffsetMs } from '../../media/grid/civil-time.ts';

/** One event of a calendar. */
export interface CalendarEvent {
  /** Stays the same however often the item moves (RFC 5545 3.8.4.7). */
  readonly uid: string;
  /** Changes since it was first announced (3.8.7.4). */
  readonly sequence: number;
  readonly stampAtMs: number;
  readonly startAtMs: number;
  readonly endAtMs: number;
  readonly summary: string;
  readonly categories: readonly string[];
  readonly location: string;
  readonly cancelled: boolean;
}

/** What the calendar is called and in which zone its times are. */
export interface CalendarAbout {
  readonly name: string;
  readonly timeZone: string;
}

const lineOctets = 75;
const dayMs = 86_400_000;
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** 3.3.11: backslash, semicolon and comma are escaped, line ends become `\n`, other control characters do not exist. */
export const calendarText = (text: string): string =>
  text
    .replaceAll(/\r\n|\r|\n/g, '\n')
    .replaceAll(/(?!\n)[\p{Cc}\p{Cs}]/gu, '')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');

/** 3.1: lines longer than 75 octets are folded, never inside a character. */
export function foldLine(line: string): string {
  const lines: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    // Every line but the first begins with the space that marks it.
    if (octets + size > (lines.length === 0 ? lineOctets : lineOctets - 1)) {
      lines.push(part);
      part = '';
      octets = 0;
    }
    part += character;
    octets += size;
  }
  return [...lines, part].join('\r\n ');
}

const compact = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
const utcTime = (atMs: number): string => `${compact(atMs)}Z`;
const localTime = (atMs: number, zone: string): string => compact(atMs + zoneOffsetMs(zone, atMs));

function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  return `${offsetMs < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}${twoDigits(minutes % 60)}`;
}

/** Instants in [fromMs, toMs) at which a zone moves its clocks, to the minute. */
function clockChanges(zone: string, fromMs: number, toMs: number): number[] {
  const found: number[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += dayMs) {
    let [low, high] = [atMs, atMs + dayMs];
    if (zoneOffsetMs(zone, low) === zoneOffsetMs(zone, high)) continue;
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 2);
      if (zoneOffsetMs(zone, middle) === zoneOffsetMs(zone, atMs)) low = middle;
      else high = middle;
    }
    found.push(Math.floor(high / 60_000) * 60_000);
  }
  return found;
}

/** 3.6.5: the zone as it is over the events' time; a zone without summer time is one line of its own. */
function zoneLines(zone: string, fromMs: number, toMs: number): string[] {
  const observance = (kind: string, onset: string, before: number, after: number): string[] => [
    `BEGIN:${kind}`,
    `DTSTART:${onset}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${kind}`,
  ];
  const first = zoneOffsetMs(zone, fromMs);
  const changes = clockChanges(zone, fromMs, toMs).flatMap((atMs) => {
    const [before, after] = [zoneOffsetMs(zone, atMs - 120_000), zoneOffsetMs(zone, atMs + 120_000)];
    return observance(after > before ? 'DAYLIGHT' : 'STANDARD', compact(atMs + before), before, after);
  });
  const begin = observance('STANDARD', '19700101T000000', first, first);
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...begin, ...changes, 'END:VTIMEZONE'];
}

function eventLines(event: CalendarEvent, zone: string): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${calendarText(event.uid)}`,
    `DTSTAMP:${utcTime(event.stampAtMs)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART;TZID=${zone}:${localTime(event.startAtMs, zone)}`,
    `DTEND;TZID=${zone}:${localTime(event.endAtMs, zone)}`,
    `SUMMARY:${calendarText(event.summary)}`,
    ...(event.categories.length === 0 ? [] : [`CATEGORIES:${event.categories.map(calendarText).join(',')}`]),
    ...(event.location === '' ? [] : [`LOCATION:${calendarText(event.location)}`]),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** A calendar that people subscribe to (RFC 5545, refresh interval of RFC 7986). */
export function writeCalendar(events: readonly CalendarEvent[], about: CalendarAbout): string {
  const { name, timeZone } = about;
  const starts = events.map((event) => event.startAtMs);
  const span = starts.length === 0 ? [0, 0] : [Math.min(...starts) - dayMs, Math.max(...starts) + dayMs];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Yuanbo//Notice board//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${calendarText(name)}`,
    `X-WR-CALNAME:${calendarText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...zoneLines(timeZone, span[0] ?? 0, span[1] ?? 0),
    ...events.flatMap((event) => eventLines(event, timeZone)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}
