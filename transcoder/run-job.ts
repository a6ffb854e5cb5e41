import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import { filmProblem, type FilmProblemCode } from '../media/film/film-problem-text.ts';
import { encodeAudio } from './encode-audio.ts';
import { encodeChunk } from './encode-chunk.ts';
import { TranscodeFailure } from './ffmpeg/run-failure.ts';
import { finishFilm } from './finish-film.ts';
import { makeTracks } from './make-tracks.ts';
import { prepareFilm } from './prepare-film.ts';
import { verifyRevision } from './verify-revision.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

/** Causes that lie in the film: trying again would give the same answer. */
const verdicts: readonly FilmProblemCode[] = ['limit_exceeded', 'unsupported_codec', 'unreadable', 'no_video'];

const run = (parts: TranscoderParts, job: TranscodeJob, attempt: Attempt): Promise<TranscodeResult> => {
  switch (job.kind) {
    case 'prepare':
      return prepareFilm(parts, job, attempt);
    case 'audio':
      return encodeAudio(parts, job, attempt);
    case 'chunk':
      return encodeChunk(parts, job, attempt);
    case 'finish':
      return finishFilm(parts, job, attempt);
    case 'tracks':
      return makeTracks(parts, job, attempt);
    case 'verify':
      return verifyRevision(parts, job, attempt);
  }
};

/** A source fetched from a store that is no disk serves the film's next jobs, then it is only in the way. */
const sourceLifeMs = 6 * 3_600_000;

async function dropOldSources(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > sourceLifeMs) await rm(join(folder, name), { force: true });
  }
}

/** Does one job in a folder of its own that is gone afterwards; rejects with a TranscodeFailure for troubles that people can cure. */
export async function runJob(parts: TranscoderParts, job: TranscodeJob, attempt: Attempt): Promise<TranscodeResult> {
  await mkdir(attempt.folder, { recursive: true });
  await mkdir(parts.sourceFolder, { recursive: true });
  await dropOldSources(parts.sourceFolder);
  try {
    return await run(parts, job, attempt);
  } catch (error) {
    if (error instanceof TranscodeFailure && verdicts.includes(error.code))
      return { outcome: 'refused', problem: filmProblem(error.trouble, error.values) };
    if (attempt.signal.aborted) throw new TranscodeFailure('cancelled', {}, error);
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
      throw new TranscodeFailure('no_space', {}, error);
    throw error;
  } finally {
    await rm(attempt.folder, { recursive: true, force: true });
  }
}
