import type { TranscodeJob } from '../../media/contract/transcode-job.ts';
import type { TranscodeQueue } from '../queue/transcode-queue.ts';
import type { FilmRecord } from './film-record.ts';
import type { FilmStore } from './film-store.ts';

/** What looking for unwanted jobs needs. */
export interface UnwantedParts {
  readonly films: Pick<FilmStore, 'withIds'>;
  readonly transcodeQueue: Pick<TranscodeQueue, 'waiting' | 'active' | 'cancel'>;
}

/** Stops what was cancelled or deleted while Redis was away: then nobody could be told. */
export async function stopUnwanted({ films, transcodeQueue }: UnwantedParts): Promise<void> {
  const queued = [...(await transcodeQueue.waiting()), ...(await transcodeQueue.active())].map(({ job }) => job);
  const known = new Map<string, FilmRecord>(
    (await films.withIds([...new Set(queued.map(({ filmId }) => filmId))])).map((film) => [film.id, film]),
  );
  const last = new Map<string, number>();
  for (const job of queued.filter((each) => !isWanted(each, known.get(each.filmId))))
    last.set(job.filmId, Math.max(job.attempt, last.get(job.filmId) ?? 0));
  for (const [id, attempt] of last) await transcodeQueue.cancel({ id, attempt });
}

/** A film in review may still have the end of its `finish` job to come, which tidies up. */
const isWanted = ({ attempt }: TranscodeJob, film: FilmRecord | undefined): boolean =>
  film !== undefined && film.state !== 'failed' && film.state !== 'withdrawn' && film.attempt <= attempt;
