import type { Finding } from '../../../../media/contract/planning.ts';
import { formatCivilTime, parseCivilTime } from '../../../../media/grid/civil-time.ts';
import { isAbout } from '../finding-day.ts';
import { isSaved, type PlanRow, timesOf } from '../plan-rows.ts';
import { airingOn } from '../repeat-rows.ts';

type Rows = readonly PlanRow[];

/** What is to be seen of an item without opening it; each has a sign and a word, never a colour alone. */
export const boardMarks = [
  'noFilm',
  'notReady',
  'overlap',
  'error',
  'truncated',
  'late',
  'warning',
  'mustWatch',
  'open',
  'locked',
  'repeated',
] as const;
export type BoardMark = (typeof boardMarks)[number];

/** One airing of a line: a line that repeats has one on each of its days. */
export interface BoardEntry {
  readonly key: string;
  /** The line as it airs on this day. */
  readonly row: PlanRow;
  readonly day: string;
  /** UTC ms, [startAtMs, endAtMs). */
  readonly startAtMs: number;
  readonly endAtMs: number;
  readonly isRepeated: boolean;
  /** It has begun: what aired stays. */
  readonly isFrozen: boolean;
  readonly marks: readonly BoardMark[];
  readonly findings: readonly Finding[];
}

/** What entries are made with besides the list. */
export interface BoardFacts {
  readonly zone: string;
  readonly findings: readonly Finding[];
  readonly nowMs: number;
}

/** How long a line is drawn whose length is not known yet. */
export const unknownLengthMs = 15 * 60_000;

/** Everything that airs on some days, in the order of days and of the list of each day. */
export function boardEntries(rows: Rows, days: readonly string[], facts: BoardFacts): readonly BoardEntry[] {
  const repeating = new Set(rows.filter(({ repeat }) => repeat !== undefined).map(({ id }) => id));
  const findings = new Map<string, Finding[]>();
  for (const finding of facts.findings) {
    if (finding.itemId === undefined) continue;
    findings.set(finding.itemId, [...(findings.get(finding.itemId) ?? []), finding]);
  }
  return days.flatMap((day) => {
    const blocks = airingOn(rows, day);
    const repeated = blocks.filter(([first]) => repeating.has(first.id)).flat();
    return dayEntries(blocks.flat(), day, { ...facts, about: findings, repeated: new Set(repeated) });
  });
}

interface DayFacts extends BoardFacts {
  readonly about: ReadonlyMap<string, readonly Finding[]>;
  readonly repeated: ReadonlySet<PlanRow>;
}

function dayEntries(rows: Rows, day: string, facts: DayFacts): readonly BoardEntry[] {
  const times = timesOf(rows, facts.zone);
  let endAtMs: number | undefined;
  return rows.flatMap((row): BoardEntry[] => {
    const known = times.get(row.id);
    const startAtMs = known?.startAtMs ?? endAtMs;
    if (startAtMs === undefined) return [];
    const isOverlapping = endAtMs !== undefined && startAtMs < endAtMs;
    const isRepeated = facts.repeated.has(row);
    const findings = (facts.about.get(row.id) ?? []).filter((each) => !isRepeated || isAbout(each, row.id, day));
    endAtMs = known?.endAtMs ?? startAtMs + unknownLengthMs;
    const isLate = row.startMode === 'soft' && startAtMs > plannedAtMs(row, facts.zone, startAtMs);
    const marks = marksOf(row, { isOverlapping, isLate, isRepeated, findings });
    const isFrozen = startAtMs <= facts.nowMs;
    return [{ key: `${row.id}@${day}`, row, day, startAtMs, endAtMs, isRepeated, isFrozen, marks, findings }];
  });
}

function plannedAtMs({ day, clock }: PlanRow, zone: string, otherwise: number): number {
  const read = parseCivilTime(`${day}T${clock}`, zone);
  return read.ok ? read.atMs : otherwise;
}

/** What the board shows by itself: an empty stretch before an item. */
const seenAnyway: ReadonlySet<string> = new Set(['gap', 'notice_lead']);

/** Findings that have a mark of their own; any other shows as an error or a warning. */
const marked: Readonly<Record<string, BoardMark>> = {
  ...{ film_missing: 'notReady', film_not_ready: 'notReady', film_not_passed: 'notReady', film_withdrawn: 'notReady' },
  ...{ film_expired: 'notReady', not_channel_ready: 'notReady', no_package: 'notReady' },
  ...{ overlap: 'overlap', truncated: 'truncated', must_watch_cut: 'truncated', late: 'late' },
};

function marksOf(
  row: PlanRow,
  seen: {
    readonly isOverlapping: boolean;
    readonly isLate: boolean;
    readonly isRepeated: boolean;
    readonly findings: readonly Finding[];
  },
): readonly BoardMark[] {
  const found = new Set<BoardMark>(
    seen.findings.filter(({ code }) => !seenAnyway.has(code)).map(({ code, severity }) => marked[code] ?? severity),
  );
  if (!isSaved(row)) found.add('noFilm');
  if (seen.isOverlapping) found.add('overlap');
  if (seen.isLate) found.add('late');
  if (isShortened(row)) found.add('truncated');
  if (row.mustWatch) found.add('mustWatch');
  if (row.open === true) found.add('open');
  if (seen.isRepeated) found.add('repeated');
  return boardMarks.filter((mark) => found.has(mark));
}

/** Whether less than the film airs; a cell more or less is rounding. */
const isShortened = ({ durationMs, filmMs }: PlanRow): boolean =>
  durationMs !== undefined && filmMs !== undefined && durationMs < filmMs - 4_000;

/** `2026-12-01T19:30:00`: county time without its offset, which is how the calendar is told and asked. */
export const civilText = (atMs: number, zone: string): string => formatCivilTime(atMs, zone).slice(0, 19);
