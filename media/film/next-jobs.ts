import type { TranscodeJob } from '../contract/transcode-job.ts';
import type { Id } from '../contract/ids.ts';
import type { EncodePlan } from './encode-plan.ts';

/** What the shelf says about a revision: languages with an audio record, chunks with a chunk record, the manifest. */
export type ShelfFacts = {
  readonly audio: ReadonlySet<string>;
  readonly chunks: ReadonlySet<number>;
  readonly hasManifest: boolean;
};

/** Whose work it is. */
export type FilmWork = { readonly filmId: Id; readonly attempt: number; readonly sourceKey: string };

/**
 * The jobs that can run now, first things first; none when the manifest is there. The main language comes alone, because
 * every chunk muxes it; then chunks in order, so that the film is playable early, then the other languages; `finish` when
 * nothing else is missing. Derived from facts only, so it may be asked at any time and by anybody.
 */
export function nextJobs(plan: EncodePlan, shelf: ShelfFacts, film: FilmWork): readonly TranscodeJob[] {
  if (shelf.hasManifest) return [];
  const { revision } = plan;
  const audioJob = (language: string): TranscodeJob => ({ kind: 'audio', ...film, revision, language });
  const missing = plan.audio.map((track) => track.language).filter((language) => !shelf.audio.has(language));
  const main = plan.audio[0]?.language;
  if (main !== undefined && missing.includes(main)) return [audioJob(main)];
  const chunks = plan.chunks.map((_chunk, chunk) => chunk).filter((chunk) => !shelf.chunks.has(chunk));
  if (chunks.length === 0 && missing.length === 0) return [{ kind: 'finish', ...film, revision }];
  return [
    ...chunks.map((chunk): TranscodeJob => ({ kind: 'chunk', ...film, revision, chunk })),
    ...missing.map(audioJob),
  ];
}
