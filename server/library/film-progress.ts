import type { TranscodeJob, TranscodeProgress } from '../../media/contract/transcode-job.ts';
import { cellMs } from '../../media/film/chunks.ts';
import type { EncodePlan } from '../../media/film/encode-plan.ts';
import type { ShelfFacts } from '../../media/film/next-jobs.ts';
import { present } from '../http/present.ts';
import type { FilmProgress } from './film-record.ts';

/** Shares of the whole work, as measured on films of 10 to 60 min: chunks are nearly all of it. */
const share = { probing: 0.02, audio: 0.05, encoding: 0.9, checking: 0.03 } as const;

/** How far a film is, from what is on the shelf and what one job says about itself; `ratio` is of the whole film. */
export function progressOf(
  plan: EncodePlan,
  facts: Pick<ShelfFacts, 'audio' | 'chunks'>,
  running: { readonly job: TranscodeJob; readonly report: TranscodeProgress },
  atMs: number,
): FilmProgress {
  const { job, report } = running;
  const doneCells = plan.chunks.reduce((sum, { cells }, chunk) => sum + (facts.chunks.has(chunk) ? cells : 0), 0);
  const isNew = job.kind === 'chunk' && !facts.chunks.has(job.chunk);
  const madeCells = doneCells + (isNew ? (plan.chunks[job.chunk]?.cells ?? 0) * report.ratio : 0);
  const audio = job.kind === 'audio' && !facts.audio.has(job.language) ? report.ratio : 0;
  const audioDone = Math.min(1, (facts.audio.size + audio) / plan.audio.length);
  const ratio =
    share.probing +
    share.audio * audioDone +
    (share.encoding * madeCells) / plan.segments +
    share.checking * (job.kind === 'finish' ? report.ratio : 0);
  const leftMs = (plan.segments - madeCells) * cellMs;
  const speed = job.kind === 'chunk' ? report.speed : undefined;
  return {
    phase: report.phase,
    ratio: Math.min(1, ratio),
    ...(speed === undefined || speed <= 0 ? {} : { speed, etaMs: Math.round(leftMs / speed) }),
    atMs,
  };
}

/** The same for people, its time left counted down to now. */
export const shownProgress = ({ phase, ratio, speed, etaMs, atMs }: FilmProgress, nowMs: number) => ({
  ...{ phase, ratio },
  ...present({ speed, etaMs: etaMs === undefined ? undefined : Math.max(0, etaMs - (nowMs - atMs)) }),
});

/** How far a film is that is still being looked at. */
export const probingProgress = (report: TranscodeProgress, atMs: number): FilmProgress => ({
  phase: report.phase,
  ratio: share.probing * report.ratio,
  atMs,
});
