import type { Logger } from 'pino';
import { jobOrder, type QueueFacts } from '../../media/film/queue-order.ts';
import { AppError } from '../errors.ts';
import type { TranscodeQueue } from '../queue/transcode-queue.ts';
import type { FilmCatalogue } from './film-catalogue.ts';
import { encodingStates } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import type { FilmStore } from './film-store.ts';

/** What knowing the order of films needs. */
export interface OrderParts {
  readonly films: Pick<FilmStore, 'inStates'>;
  readonly filmCatalogue: Pick<FilmCatalogue, 'plannedStarts'>;
}

/** Keeps the waiting jobs in the order that the facts ask for, and those of paused films out. */
export interface Arranger {
  /** Puts the queue in order, once more when it is asked meanwhile; resolves when it is, or when Redis is away. */
  arrange(): Promise<void>;
  /** Waits for what is under way. */
  settle(): Promise<void>;
}

/** Films that are made or wait for it, with what their order follows from. */
export async function queueFacts(
  { films, filmCatalogue }: OrderParts,
  atMs: number,
): Promise<readonly { readonly film: FilmRecord; readonly facts: QueueFacts }[]> {
  const made = await films.inStates(['probing', ...encodingStates]);
  const ids = [...new Set(made.flatMap(namesInPlans))];
  const asked = await Promise.all(filmCatalogue.plannedStarts.map((ask) => ask(ids, atMs)));
  const neededAtMs = (id: string) => earliest(asked.map((starts) => starts.get(id)));
  return made.map((film) => {
    // Films of the same bytes are one encode: what hurries one hurries all.
    const twins = film.revision === undefined ? [film] : made.filter(({ revision }) => revision === film.revision);
    const needed = earliest(twins.flatMap(namesInPlans).map(neededAtMs));
    const bumped = latest(twins.map(({ bumpedAtMs }) => bumpedAtMs));
    const served = film.progress?.atMs;
    const facts: QueueFacts = {
      filmId: film.id,
      ownerId: film.owner.id,
      queuedAtMs: film.queuedAtMs ?? film.createdAtMs,
      ...(needed === undefined ? {} : { neededAtMs: needed }),
      ...(bumped === undefined ? {} : { bumpedAtMs: bumped }),
      ...(served === undefined ? {} : { servedAtMs: served }),
      ...(film.card === undefined ? {} : { isCard: true }),
    };
    return { film, facts };
  });
}

/** Ids under which plans name a film: a re-encode stands in none, the film that it renews does. */
const namesInPlans = ({ id, renews }: FilmRecord): readonly FilmRecord['id'][] =>
  renews === undefined ? [id] : [id, renews];

/** Makes the arranger; runs one at a time on a replica, and two replicas at once ask for the same order. */
export function openArranger(
  parts: OrderParts & {
    readonly transcodeQueue: Pick<TranscodeQueue, 'waiting' | 'setOrder' | 'forget'>;
    readonly clock: () => number;
    readonly log: Logger;
  },
): Arranger {
  let isWanted = false;
  let running: Promise<void> | undefined;
  const loop = async (): Promise<void> => {
    while (isWanted) {
      isWanted = false;
      await arrangeOnce(parts).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'no_queue') return;
        parts.log.error({ err: error }, 'The queue could not be put in order; it is tried again soon.');
      });
    }
    running = undefined;
  };
  return {
    arrange: () => {
      isWanted = true;
      running ??= loop();
      return running;
    },
    settle: async () => running,
  };
}

async function arrangeOnce({ transcodeQueue, clock, ...parts }: Parameters<typeof openArranger>[0]): Promise<void> {
  const waiting = await transcodeQueue.waiting();
  if (waiting.length === 0) return;
  const made = await queueFacts(parts, clock());
  const held = new Set<string>(made.flatMap(({ film }) => (film.pausedAtMs === undefined ? [] : [film.id])));
  for (const { job } of waiting) if (held.has(job.filmId)) await transcodeQueue.forget(job);
  const going = waiting.filter(({ job }) => !held.has(job.filmId));
  const facts = made.map((each) => each.facts);
  const wanted = jobOrder(going, facts);
  if (wanted.some(({ id }, index) => going[index]?.id !== id)) await transcodeQueue.setOrder(wanted);
}

const given = (values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value) => value !== undefined);
const earliest = (values: readonly (number | undefined)[]): number | undefined =>
  given(values).reduce<number | undefined>((least, value) => Math.min(value, least ?? value), undefined);
const latest = (values: readonly (number | undefined)[]): number | undefined =>
  given(values).reduce<number | undefined>((most, value) => Math.max(value, most ?? value), undefined);
