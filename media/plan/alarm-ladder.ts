import { cellAt, cellStartAtMs } from '../grid/cell.ts';
import { endCell } from '../grid/span.ts';
import type { FilmState } from '../film/film-state.ts';
import type { FilmTable } from './plan.ts';
import { continuedId, slotEnd } from './item-slots.ts';
import { plannedRuns } from './splice.ts';
import type { Timeline } from './timeline.ts';

/** How long before its time a missing film is spoken of, the gentlest first (linear.md 3.14); `missed` once its time has begun. */
export const alarmLadder = [
  { stage: 'day', beforeMs: 86_400_000 },
  { stage: 'two-hours', beforeMs: 7_200_000 },
  { stage: 'quarter', beforeMs: 900_000 },
  { stage: 'missed', beforeMs: 0 },
] as const;

/** A step of the ladder. */
export type AlarmStage = (typeof alarmLadder)[number]['stage'];

/** A published item whose film does not air: one a step that was reached. */
export interface Alarm {
  readonly itemId: string;
  readonly stage: AlarmStage;
  /** Township or village whose own item it is; the channel's where absent. */
  readonly place?: string;
  /** What was planned. */
  readonly title: string;
  readonly filmId: string;
  /** Absent where the library knows no such film. */
  readonly filmState?: FilmState;
  readonly startAtMs: number;
  readonly endAtMs: number;
  /** The alternate that airs instead; absent where fillers or slate do. */
  readonly airs?: string;
}

/** Every alarm that stands at an instant; what is not in it any more is over. */
export function alarmsAt(timeline: Timeline, films: FilmTable, atMs: number): Alarm[] {
  const now = cellAt(atMs);
  const [longest] = alarmLadder;
  const slots = (timeline.itemSlots ?? []).filter(
    (slot) => slotEnd(slot) > now && cellStartAtMs(slot.fromCell) - longest.beforeMs <= atMs,
  );
  if (slots.length === 0) return [];
  const runs = plannedRuns(timeline, Math.min(...slots.map(({ fromCell }) => fromCell)));
  return slots.flatMap((slot): Alarm[] => {
    const [filmId] = slot.filmIds;
    const airing = runs.filter(({ itemId }) => itemId === slot.itemId || itemId === continuedId(slot)).at(-1);
    const facts = airing === undefined ? undefined : timeline.revisions[airing.revision];
    if (airing && facts?.filmId === filmId && !timeline.withdrawn.includes(airing.revision)) return [];
    const state = films.get(filmId)?.state;
    const startAtMs = cellStartAtMs(slot.fromCell);
    const alarm = {
      ...{ itemId: slot.itemId, title: slot.title, filmId, startAtMs, endAtMs: cellStartAtMs(slotEnd(slot)) },
      ...(state === undefined ? {} : { filmState: state }),
      ...(airing && facts && endCell(airing) > now && facts.filmId !== filmId ? { airs: facts.title } : {}),
    };
    const reached = alarmLadder.filter(({ beforeMs }) => startAtMs - beforeMs <= atMs);
    return reached.map(({ stage }) => ({ ...alarm, stage }));
  });
}
