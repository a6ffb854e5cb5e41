import type { Plan } from '../../../media/contract/planning.ts';
import { CELL_MS, cellsOf } from '../../../media/grid/cell.ts';
import { addCivilDays, formatCivilTime, parseCivilTime } from '../../../media/grid/civil-time.ts';
import { bareSlotTitle } from '../../../media/plan/plan.ts';

/** One line of the editor. Its id is made here, so that an undone and redone line stays the same item for the server. */
export interface PlanRow {
  readonly id: string;
  /** County date under which it is listed. */
  readonly day: string;
  /** `19:30:00`; empty while unknown and for a follower. */
  readonly clock: string;
  readonly startMode: 'hard' | 'soft' | 'follow';
  readonly maxLateMs: number;
  /** Empty until a film is chosen, and in slots that are open without one. */
  readonly filmId: string;
  readonly filmTitle: string;
  /** The film's own length, or how long it is on air, as far as known. */
  readonly filmMs?: number;
  /** Where it differs from the film's own. */
  readonly durationMs?: number;
  readonly title?: string;
  readonly mustWatch: boolean;
  /** Left to townships and villages. */
  readonly open?: boolean;
  readonly note: string;
  /** On which other days it airs too, with what follows it; never on a follower. */
  readonly repeat?: RowRepeat;
  /** What the list keeps and does not show. */
  readonly kept?: Pick<ServerItem, 'alternates'>;
}

/** When a line airs, [startAtMs, endAtMs) in UTC ms, as far as its fields tell. */
export interface RowTimes {
  readonly startAtMs?: number;
  readonly endAtMs?: number;
}

type ServerItem = Plan['items'][number];
/** A rule as the server takes it. */
export type RowRepeat = NonNullable<ServerItem['repeat']>;
type ItemInput = Pick<
  ServerItem,
  | 'id'
  | 'filmId'
  | 'start'
  | 'startMode'
  | 'maxLateMs'
  | 'durationMs'
  | 'title'
  | 'mustWatch'
  | 'open'
  | 'note'
  | 'alternates'
  | 'repeat'
>;

/** Makes the lines of a plan; a follower is listed on the day of the line before it. */
export function rowsOf(plan: Pick<Plan, 'from' | 'items'>, zone: string): readonly PlanRow[] {
  let day = plan.from;
  return plan.items.map((item) => {
    const atMs = startOf(item, zone);
    const [date = day, clock = ''] = atMs === undefined ? [] : formatCivilTime(atMs, zone).slice(0, 19).split('T');
    if (item.startMode !== 'follow') day = date;
    const { startAtMs, endAtMs } = item;
    const filmMs = startAtMs === undefined || endAtMs === undefined ? undefined : endAtMs - startAtMs;
    return {
      id: item.id,
      day,
      clock: item.startMode === 'follow' ? '' : clock,
      startMode: item.startMode,
      maxLateMs: item.maxLateMs,
      filmId: item.filmId ?? '',
      filmTitle: item.filmTitle,
      ...(filmMs === undefined || item.filmId === undefined ? {} : { filmMs }),
      ...(item.durationMs === undefined ? {} : { durationMs: item.durationMs }),
      ...(item.title === undefined ? {} : { title: item.title }),
      mustWatch: item.mustWatch,
      ...(item.open === true ? { open: true } : {}),
      note: item.note ?? '',
      ...(item.repeat === undefined ? {} : { repeat: item.repeat }),
      ...(item.alternates === undefined ? {} : { kept: { alternates: item.alternates } }),
    };
  });
}

function startOf(item: ServerItem, zone: string): number | undefined {
  if (item.start === undefined) return undefined;
  const read = parseCivilTime(item.start, zone);
  return read.ok ? read.atMs : undefined;
}

/** Lengths are rounded up to whole cells, as they air. */
const onAirMs = (row: PlanRow): number | undefined => {
  const ms = row.durationMs ?? row.filmMs;
  return ms === undefined ? undefined : cellsOf(ms) * CELL_MS;
};

/** When each line airs, in the order of the list. */
export function timesOf(rows: readonly PlanRow[], zone: string): ReadonlyMap<string, RowTimes> {
  const times = new Map<string, RowTimes>();
  let previousEndAtMs: number | undefined;
  for (const row of rows) {
    const startAtMs = row.startMode === 'follow' ? previousEndAtMs : startOnAir(row, previousEndAtMs, zone);
    const lengthMs = onAirMs(row);
    const endAtMs = startAtMs === undefined || lengthMs === undefined ? undefined : startAtMs + lengthMs;
    times.set(row.id, {
      ...(startAtMs === undefined ? {} : { startAtMs }),
      ...(endAtMs === undefined ? {} : { endAtMs }),
    });
    previousEndAtMs = endAtMs;
  }
  return times;
}

/** A soft start waits for the line before it, and no longer than it may. */
function startOnAir(row: PlanRow, previousEndAtMs: number | undefined, zone: string): number | undefined {
  const plannedAtMs = instantOf(row, zone);
  if (plannedAtMs === undefined || row.startMode !== 'soft') return plannedAtMs;
  return Math.min(Math.max(plannedAtMs, previousEndAtMs ?? plannedAtMs), plannedAtMs + row.maxLateMs);
}

function instantOf(row: PlanRow, zone: string): number | undefined {
  if (row.clock === '') return undefined;
  const read = parseCivilTime(`${row.day}T${row.clock}`, zone);
  return read.ok ? read.atMs : undefined;
}

/** Whether a line leaves a slot open without a film: what fills gaps airs there until a place fills it. */
export const isBareSlot = ({ filmId, open, durationMs }: PlanRow): boolean =>
  filmId === '' && open === true && durationMs !== undefined;

/** What makes a line a slot of its own; the scheduler sets another length. */
export const bareSlot = { filmId: '', filmTitle: bareSlotTitle, open: true, mustWatch: false, durationMs: 30 * 60_000 };

/** Whether the server takes a line: any other without a film is nothing yet. */
export const isSaved = (row: PlanRow): boolean => row.filmId !== '' || isBareSlot(row);

/** What the server is sent. */
export function itemsOf(rows: readonly PlanRow[], zone: string): ItemInput[] {
  return rows.filter(isSaved).map((row) => {
    const atMs = row.startMode === 'follow' ? undefined : instantOf(row, zone);
    return {
      id: row.id,
      ...(row.filmId === '' ? {} : { filmId: row.filmId as NonNullable<ServerItem['filmId']> }),
      ...(atMs === undefined ? {} : { start: formatCivilTime(atMs, zone) }),
      startMode: row.startMode,
      maxLateMs: row.maxLateMs,
      ...(row.durationMs === undefined ? {} : { durationMs: row.durationMs }),
      ...(row.title === undefined ? {} : { title: row.title }),
      mustWatch: row.mustWatch,
      ...(row.open === true ? { open: true } : {}),
      ...(row.note.trim() === '' ? {} : { note: row.note.trim() }),
      ...row.kept,
      ...(row.repeat === undefined || row.startMode === 'follow' ? {} : { repeat: row.repeat }),
    };
  });
}

/** A line that airs once. */
export function withoutRepeat(row: PlanRow): PlanRow {
  const copy: { -readonly [Key in keyof PlanRow]: PlanRow[Key] } = { ...row };
  delete copy.repeat;
  return copy;
}

/** County dates of [from, to), at most those of a year. */
export function civilDays(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let day = from; day < to && days.length < 400; day = addCivilDays(day, 1)) days.push(day);
  return days;
}

/** Days of a plan, [from, to), and any other day on which it has lines. */
export function daysOf(plan: Pick<Plan, 'from' | 'to'>, rows: readonly PlanRow[]): readonly string[] {
  const days = civilDays(plan.from, plan.to);
  const others = rows.map(({ day }) => day).filter((day) => !days.includes(day));
  return [...new Set([...days, ...others])].sort();
}
