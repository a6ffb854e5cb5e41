import type { QueueView } from '../../media/contract/queue.ts';
import { queueOrder, queueReason } from '../../media/film/queue-order.ts';
import type { QueuePause } from '../queue/queue-pause.ts';
import type { TranscodeQueue } from '../queue/transcode-queue.ts';
import { type OrderParts, queueFacts } from './arrange-queue.ts';

/** What looking at the queue needs. */
export interface ReadQueueParts extends OrderParts {
  readonly transcodeQueue: Pick<TranscodeQueue, 'waiting' | 'active' | 'workers'>;
  readonly queuePause: Pick<QueuePause, 'read'>;
}

/** The queue as it is now: what waits in which order and why, what is being made and by whom. 503 while Redis is away. */
export async function readQueue(parts: ReadQueueParts, atMs: number): Promise<QueueView> {
  const { transcodeQueue, queuePause } = parts;
  const [made, waiting, active, workers, pause] = await Promise.all([
    queueFacts(parts, atMs),
    transcodeQueue.waiting(),
    transcodeQueue.active(),
    transcodeQueue.workers(),
    queuePause.read(),
  ]);
  const films = new Map(made.map(({ film }) => [film.id as string, film]));
  const going = made.filter(({ film }) => film.pausedAtMs === undefined).map(({ facts }) => facts);
  const held = made.filter(({ film }) => film.pausedAtMs !== undefined).map(({ facts }) => facts);
  return {
    ...(pause === undefined ? {} : { paused: pause }),
    films: [...queueOrder(going), ...held].flatMap((facts) => {
      const film = films.get(facts.filmId);
      if (film === undefined) return [];
      return {
        id: film.id,
        title: film.title,
        owner: film.owner.name,
        state: film.state,
        why: film.pausedAtMs === undefined ? queueReason(facts) : 'paused',
        ...(facts.neededAtMs === undefined ? {} : { neededAtMs: facts.neededAtMs }),
        sinceAtMs: facts.queuedAtMs,
        waitingJobs: waiting.filter(({ job }) => job.filmId === film.id).length,
        ...(film.progress === undefined ? {} : { ratio: film.progress.ratio }),
      };
    }),
    running: active.map(({ id, job, sinceAtMs, progress }) => {
      const title = films.get(job.filmId)?.title;
      const worker = workers.find(({ jobIds }) => jobIds.includes(id))?.name;
      return {
        jobId: id,
        filmId: job.filmId,
        ...(title === undefined ? {} : { title }),
        kind: job.kind,
        ...(job.kind === 'chunk' ? { chunk: job.chunk } : {}),
        ...(sinceAtMs === undefined ? {} : { sinceAtMs }),
        ...(progress === undefined ? {} : { progress }),
        ...(worker === undefined ? {} : { worker }),
      };
    }),
    workers: [...workers],
  };
}
