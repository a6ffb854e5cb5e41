import type { FilmProblem, TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import type { AudioRecord } from '../media/film/audio-record.ts';
import type { certify } from '../media/film/channel-certificate.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import { filmProblem } from '../media/film/film-problem-text.ts';
import type { PackageManifest } from '../media/film/package-manifest.ts';
import {
  audioPrefix,
  chunksPrefix,
  droppedPrefix,
  extrasFolder,
  manifestKey,
  revisionPrefix,
} from '../media/storage/keys.ts';
import { manifestOf } from './compose-manifest.ts';
import { dropPart, type DamagedPart } from './drop-part.ts';
import { makePosters, makeStoryboard, makeSubtitles, type FinishWork } from './film-extras.ts';
import { needPlan, readAudioRecord, readManifest, writeFact } from './shelf.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';
import { certificateOf, damagedParts, readShelf, undecodableParts } from './verify-shelf.ts';

type FinishJob = Extract<TranscodeJob, { kind: 'finish' }>;

/**
 * Verifies everything on the shelf of a revision and writes its manifest; only tidies up when that is there. Parts that are
 * damaged are taken away, and the answer says that the film is not whole yet.
 */
export async function finishFilm(parts: TranscoderParts, job: FinishJob, attempt: Attempt): Promise<TranscodeResult> {
  const { storage } = parts;
  const plan = await needPlan(storage, job.revision);
  const found = await readShelf(storage, plan);
  if (found.missing.length > 0) return incomplete(job, found.missing);
  const path = extrasFolder(job.revision, attempt.token);
  const work: FinishWork = { parts, attempt, plan, chunks: found.chunks, path };
  if ((await readManifest(storage, job.revision)) === undefined) {
    const damaged = await findDamage(work, found.audio);
    for (const part of damaged) await dropPart(storage, job, part);
    if (damaged.length > 0)
      return incomplete(
        job,
        damaged.map(({ finding }) => finding),
      );
    await writeManifest(work, job, found.audio);
  }
  await sweep(parts, job.revision);
  return {
    outcome: 'finished',
    revision: job.revision,
    warnings: [...warningsOf(plan, found.chunks, found.audio), ...uncertified(await certificateOf(work))],
  };
}

const incomplete = ({ revision }: FinishJob, findings: readonly string[]): TranscodeResult => ({
  outcome: 'incomplete',
  revision,
  findings: [...findings],
});

const say = ({ attempt }: FinishWork, ratio: number): void => attempt.report({ phase: 'checking', ratio });

/** Parts that must be made again. */
async function findDamage(work: FinishWork, audio: readonly AudioRecord[]): Promise<readonly DamagedPart[]> {
  say(work, 0);
  const damaged = await damagedParts(work, [...work.chunks, ...audio], (ratio) => say(work, 0.3 * ratio));
  return damaged.length > 0 ? damaged : undecodableParts(work);
}

async function writeManifest(work: FinishWork, { sourceKey }: FinishJob, audio: readonly AudioRecord[]): Promise<void> {
  const { parts, plan, chunks } = work;
  say(work, 0.5);
  const certified = await certificateOf(work);
  const posters = await makePosters(work);
  const storyboard = await makeStoryboard(work);
  const subtitles = await makeSubtitles(work, sourceKey);
  say(work, 0.9);
  const manifest = manifestOf(plan, chunks, audio);
  await writeFact(parts.storage, manifestKey(plan.revision), {
    ...manifest,
    ...(storyboard === undefined ? {} : { storyboard }),
    posters,
    subtitles: subtitles.ts,
    ...('certificate' in certified ? { channelReady: certified.certificate } : {}),
    ...(manifest.cmaf === undefined ? {} : { cmaf: { ...manifest.cmaf, subtitles: subtitles.cmaf } }),
  } satisfies PackageManifest);
}

/** A film that may be watched, but not planned: somebody must know. */
const uncertified = (certified: ReturnType<typeof certify>): readonly FilmProblem[] =>
  'trouble' in certified ? [filmProblem('not_channel_ready', { finding: certified.trouble })] : [];

/** A film with complaints of its decoder is usable, but somebody must look. */
function warningsOf(plan: EncodePlan, chunks: readonly ChunkRecord[], audio: readonly AudioRecord[]): FilmProblem[] {
  const lines = [...chunks, ...audio].reduce((sum, record) => sum + record.errorLines, 0);
  if (lines === 0 || plan.warnings.some((warning) => warning.code === 'damaged')) return plan.warnings;
  return [...plan.warnings, filmProblem('damaged/decode_errors', { errors: lines })];
}

/** Removes the folders of attempts that no record names: what killed or overtaken workers left behind. */
async function sweep({ storage }: TranscoderParts, revision: string): Promise<void> {
  const plan = await needPlan(storage, revision);
  const manifest = await readManifest(storage, revision);
  const audio = await Promise.all(plan.audio.map(({ language }) => readAudioRecord(storage, revision, language)));
  const kept = new Set([
    ...(manifest?.ts.chunks.map((chunk) => chunk.path) ?? []),
    ...audio.map((record) => record?.path ?? ''),
    manifest?.posters[0]?.split('/').slice(0, -1).join('/') ?? '',
  ]);
  const prefixes = [chunksPrefix(revision), audioPrefix(revision), `${revisionPrefix(revision)}extras/`];
  const stale = new Set<string>();
  for (const prefix of prefixes) {
    for await (const { key } of storage.list(prefix)) {
      const [attempt, ...rest] = key.slice(prefix.length).split('/');
      if (rest.length > 0 && !kept.has(`${prefix}${attempt ?? ''}`)) stale.add(`${prefix}${attempt ?? ''}/`);
    }
  }
  for (const prefix of [...stale, droppedPrefix(revision)]) await storage.removeAll(prefix);
}
