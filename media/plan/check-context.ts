import { cellStartAtMs } from '../grid/cell.ts';
import { formatCivilTime } from '../grid/civil-time.ts';
import type { CellRange } from './cell-ranges.ts';
import { type FindingCode, type PlanFinding, findingSeverities } from './finding.ts';
import type { Placement } from './place-items.ts';
import type { FilmTable } from './plan.ts';
import type { PackageKind, Timeline } from './timeline.ts';

/** What a place's plan is held against: the slots left open to it, and the channel that it may not displace. */
export interface SlotContext {
  readonly slots: readonly CellRange[];
  readonly channel: Timeline;
}

/** What a plan is held against. */
export interface PlanContext {
  readonly films: FilmTable;
  /** Instant of the check, UTC ms. */
  readonly atMs: number;
  /** County zone, IANA name. */
  readonly timeZone: string;
  readonly package: PackageKind;
  /** BCP 47 languages that a channel of package `cmaf` declares. */
  readonly languages?: readonly string[];
  /** The channel's timeline: an item that is already there at its cell is not new. */
  readonly published?: Timeline;
  /** Set for the plan of a place. */
  readonly slots?: SlotContext;
}

type Params = PlanFinding['params'];

/** One finding, with the line that it is about. */
export function finding(code: FindingCode, params: Params, at?: Pick<Placement, 'item' | 'row'>): PlanFinding {
  const where = at ? { itemId: at.item.line?.id ?? at.item.id, row: at.row } : {};
  return { severity: findingSeverities[code], code, ...where, params };
}

/** `2026-12-01 19:30`, with seconds where they are not 0. */
export const clock = (cell: number, zone: string): string =>
  formatCivilTime(cellStartAtMs(cell), zone).slice(0, 19).replace('T', ' ').replace(/:00$/, '');
