import type { Plan } from '../../../../media/contract/planning.ts';
import type { RehearsalItem } from '../../../../media/contract/rehearsal.ts';
import { CELL_MS } from '../../../../media/grid/cell.ts';
import { parseCivilDate } from '../../../../media/grid/civil-time.ts';

/** What is on air at an instant of a rehearsal. */
export interface Airing {
  readonly item: RehearsalItem;
  /** Its place in the list. */
  readonly index: number;
  /** How far it is in, in ms. */
  readonly intoMs: number;
  /** Where its film stands, in ms; undefined on slate. An insertion that is longer than its film begins it again. */
  readonly filmAtMs: number | undefined;
}

/** What airs at an instant (UTC ms); undefined outside of the list. */
export function airingAt(items: readonly RehearsalItem[], atMs: number): Airing | undefined {
  const index = items.findIndex(({ startAtMs, endAtMs }) => startAtMs <= atMs && atMs < endAtMs);
  const item = items[index];
  if (item === undefined) return undefined;
  const intoMs = atMs - item.startAtMs;
  const { filmFromMs, filmMs = 0 } = item;
  const roundMs = Math.ceil(filmMs / CELL_MS) * CELL_MS;
  const filmAtMs = filmFromMs === undefined ? undefined : (filmFromMs + intoMs) % (roundMs || Infinity);
  return { item, index, intoMs, filmAtMs };
}

/** How much of an item's film does not air because its time is over; 0 where all of it does. */
export function cutOffMs({ kind, filmFromMs = 0, filmMs = 0, startAtMs, endAtMs }: RehearsalItem): number {
  return kind === 'item' ? Math.max(0, filmMs - filmFromMs - (endAtMs - startAtMs)) : 0;
}

/** Whether nothing but slate airs. */
export const isEmpty = (items: readonly RehearsalItem[]): boolean => items.every(({ kind }) => kind === 'slate');

/** Where a rehearsal begins: with the plan's first item, or its first day. */
export function firstInstant({ from, items }: Pick<Plan, 'from' | 'items'>, zone: string): number {
  const starts = items.flatMap(({ startAtMs }) => startAtMs ?? []);
  const midnight = parseCivilDate(from, zone);
  return starts.length > 0 ? Math.min(...starts) : midnight.ok ? midnight.atMs : 0;
}
