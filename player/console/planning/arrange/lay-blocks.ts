import { addCivilDays } from '../../../../media/grid/civil-time.ts';
import { type PlanRow, timesOf } from '../plan-rows.ts';
import { airingOn, type Block, blocksOf, exceptDay, insertBlock } from '../repeat-rows.ts';

type Rows = readonly PlanRow[];

/** Lines that were not added, and why. */
export interface Conflict {
  readonly day: string;
  readonly clock: string;
  readonly title: string;
  /** Title of what is there already; absent where the time is outside of the day. */
  readonly withTitle?: string;
}

/** A list with blocks laid into it; nothing that was there is gone or moved. */
export interface Laid {
  readonly rows: Rows;
  /** Lines added. */
  readonly placed: number;
  /** Lines that are there already, and were not added twice. */
  readonly present: number;
  readonly conflicts: readonly Conflict[];
}

/** A line on air, [startAtMs, endAtMs) in UTC ms. */
interface Airing {
  readonly startAtMs: number;
  readonly endAtMs: number;
  readonly filmId: string;
  readonly title: string;
}

const nameOf = (row: PlanRow): string => row.title ?? row.filmTitle;

/** When the lines of a block air; a line of unknown length takes its first instant only. Undefined where a start is unknown. */
function airingsOf(block: Block, zone: string): readonly Airing[] | undefined {
  const times = timesOf(block, zone);
  const airings: Airing[] = [];
  let endAtMs: number | undefined;
  for (const row of block) {
    const known = times.get(row.id);
    const startAtMs = known?.startAtMs ?? endAtMs;
    if (startAtMs === undefined) return undefined;
    endAtMs = known?.endAtMs ?? startAtMs + 1;
    airings.push({ startAtMs, endAtMs, filmId: row.filmId, title: nameOf(row) });
  }
  return airings;
}

const overlap = (a: Airing, b: Airing): boolean => a.startAtMs < b.endAtMs && b.startAtMs < a.endAtMs;
const isSame = (a: Airing, b: Airing): boolean => a.startAtMs === b.startAtMs && a.filmId === b.filmId;

/**
 * Adds blocks to a list. Each is added whole, or is there already, or meets something that was there: then it is left out and
 * told. Blocks that are added together may overlap as they did where they came from; findings say so.
 */
export function layBlocks(rows: Rows, wanted: readonly Block[], zone: string): Laid {
  const days = new Set(wanted.map(([first]) => first.day));
  const near = new Set([...days].flatMap((day) => [addCivilDays(day, -1), day, addCivilDays(day, 1)]));
  const before = [...near].flatMap((day) => airingOn(rows, day)).flatMap((block) => airingsOf(block, zone) ?? []);
  const known = [...before];
  const conflicts: Conflict[] = [];
  let [laid, placed, present] = [rows, 0, 0];
  for (const block of wanted) {
    const [first] = block;
    const at = { day: first.day, clock: first.clock, title: nameOf(first) };
    const airings = airingsOf(block, zone);
    if (airings === undefined) {
      conflicts.push(at);
      continue;
    }
    if (airings.every((airing) => known.some((other) => isSame(airing, other)))) {
      present += block.length;
      continue;
    }
    const taken = before.find((other) => airings.some((airing) => overlap(airing, other)));
    if (taken !== undefined) {
      conflicts.push({ ...at, withTitle: taken.title });
      continue;
    }
    laid = insertBlock(laid, block);
    known.push(...airings);
    placed += block.length;
  }
  return { rows: laid, placed, present, conflicts };
}

/** Takes everything that airs on some days out of the list; a rule keeps its other days. */
export function clearDays(rows: Rows, days: readonly string[]): Rows {
  return days.reduce<Rows>((list, day) => {
    const repeating = airingOn(list, day).map(([first]) => first.id);
    const excepted = repeating.reduce<Rows>((rest, id) => exceptDay(rest, id, day), list);
    return blocksOf(excepted)
      .filter(([first]) => first.day !== day || first.repeat !== undefined)
      .flat();
  }, rows);
}
