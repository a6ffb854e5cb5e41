import type { TranscodeJob } from '../contract/transcode-job.ts';

/** What the order of a film that waits for its encode follows from. */
export type QueueFacts = {
  readonly filmId: string;
  readonly ownerId: string;
  /** When it was handed in for encoding; earlier goes first among the films of one producer. */
  readonly queuedAtMs: number;
  /** Its earliest start to come in any plan. */
  readonly neededAtMs?: number;
  /** When somebody put it first by hand. */
  readonly bumpedAtMs?: number;
  /** When a worker was last at it. */
  readonly servedAtMs?: number;
  /** A card between programmes: nobody waits for it, so every film goes first. @defaultValue false */
  readonly isCard?: boolean;
};

/** Why a film stands where it stands: put first by hand, needed on air, or its producer's turn. */
export type QueueReason = 'bumped' | 'needed' | 'turn';

/** A job that no worker has taken yet. */
export type WaitingJob = { readonly id: string; readonly job: TranscodeJob };

/** Why a film stands where it stands. */
export function queueReason({ bumpedAtMs, neededAtMs }: QueueFacts): QueueReason {
  if (bumpedAtMs !== undefined) return 'bumped';
  return neededAtMs === undefined ? 'turn' : 'needed';
}

/**
 * The order in which films are encoded: what was put first by hand (the latest first), then what is on air soonest, then
 * the producers in turn, so that twenty films of one keep nobody else's waiting.
 */
export function queueOrder(all: readonly QueueFacts[]): readonly QueueFacts[] {
  const { films, cards } = apart(all);
  const lanes = lanesOf(films.filter((film) => queueReason(film) === 'turn'));
  return [...urgentFirst(films), ...inTurn(lanes), ...cards];
}

/**
 * Waiting jobs in the order in which workers should take them. Looking at films comes first and finishing them next: both
 * are short. The jobs of an urgent film pass all others; the rest go round the producers, one job each, and each producer's
 * films first get the part that makes them playable. Cards wait for all of them. Depends on facts only; jobs of films that are not
 * known come last.
 */
export function jobOrder(jobs: readonly WaitingJob[], all: readonly QueueFacts[]): readonly WaitingJob[] {
  const { films, cards } = apart(all);
  const jobsOf = new Map<string, WaitingJob[]>(all.map(({ filmId }) => [filmId, []]));
  for (const waiting of jobs) jobsOf.get(waiting.job.filmId)?.push(waiting);
  const ofKind = ({ filmId }: QueueFacts, ...kinds: readonly TranscodeJob['kind'][]): readonly WaitingJob[] =>
    (jobsOf.get(filmId) ?? []).filter(({ job }) => kinds.includes(job.kind)).sort(bySteps);
  const longOf = (film: QueueFacts) => ofKind(film, 'audio', 'chunk');
  const inOrder = queueOrder(films);
  const short = (['prepare', 'tracks', 'finish'] as const).flatMap((kind) =>
    inOrder.flatMap((film) => ofKind(film, kind)),
  );
  const lanes = lanesOf(films.filter((film) => queueReason(film) === 'turn')).map((lane) => {
    const parts = lane.map((film) => startAndRest(longOf(film)));
    return [...parts.flatMap(({ start }) => start), ...parts.flatMap(({ rest }) => rest)];
  });
  const ofCards = cards.flatMap((card) => [...ofKind(card, 'prepare'), ...longOf(card), ...ofKind(card, 'finish')]);
  const ordered = [...short, ...urgentFirst(films).flatMap(longOf), ...inTurn(lanes), ...ofCards];
  const placed = new Set(ordered);
  return [...ordered, ...jobs.filter((job) => !placed.has(job))];
}

/** Films, and cards in the order in which they were asked for. */
function apart(all: readonly QueueFacts[]) {
  return {
    films: all.filter(({ isCard = false }) => !isCard),
    cards: all.filter(({ isCard = false }) => isCard).sort(byAge),
  };
}

const urgentFirst = (films: readonly QueueFacts[]): readonly QueueFacts[] =>
  films.filter((film) => queueReason(film) !== 'turn').sort(byUrgency);

function byUrgency(a: QueueFacts, b: QueueFacts): number {
  if (a.bumpedAtMs !== b.bumpedAtMs) return (b.bumpedAtMs ?? -1) - (a.bumpedAtMs ?? -1);
  if (a.neededAtMs !== b.neededAtMs) return (a.neededAtMs ?? Infinity) - (b.neededAtMs ?? Infinity);
  return byAge(a, b);
}

const byAge = (a: QueueFacts, b: QueueFacts): number =>
  a.queuedAtMs - b.queuedAtMs || (a.filmId < b.filmId ? -1 : a.filmId > b.filmId ? 1 : 0);

/** The films of each producer, oldest first; the producer who waited longest since the last job comes first. */
function lanesOf(films: readonly QueueFacts[]): readonly (readonly QueueFacts[])[] {
  const lanes = new Map<string, QueueFacts[]>();
  for (const film of [...films].sort(byAge)) lanes.set(film.ownerId, [...(lanes.get(film.ownerId) ?? []), film]);
  const waitingSince = (lane: readonly QueueFacts[]): number =>
    Math.max(lane[0]?.queuedAtMs ?? 0, ...lane.map(({ servedAtMs }) => servedAtMs ?? 0));
  // Sorting keeps the older lane first where two waited equally long.
  return [...lanes.values()].sort((a, b) => waitingSince(a) - waitingSince(b));
}

/** One of each lane, then the next of each. */
function inTurn<Item>(lanes: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...lanes.map(({ length }) => length));
  return Array.from({ length: longest }, (_none, turn) => lanes.flatMap((lane) => lane.slice(turn, turn + 1))).flat();
}

/** Chunks by number, then sound: the main language never waits beside chunks (next-jobs.ts). */
const stepOf = ({ job }: WaitingJob): number => (job.kind === 'chunk' ? job.chunk : Infinity);
function bySteps(a: WaitingJob, b: WaitingJob): number {
  const [first, second] = [stepOf(a), stepOf(b)];
  return first === second ? 0 : first - second;
}

/** What makes a film playable comes apart: the main sound, which is asked for alone, or the first chunk. */
function startAndRest(own: readonly WaitingJob[]) {
  const first = own[0]?.job;
  const startLength = first?.kind === 'audio' || (first?.kind === 'chunk' && first.chunk === 0) ? 1 : 0;
  return { start: own.slice(0, startLength), rest: own.slice(startLength) };
}
