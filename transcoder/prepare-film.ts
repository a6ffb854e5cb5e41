import { createHash } from 'node:crypto';
import type { FilmProblem, TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import { idOfDigest } from '../media/contract/ids.ts';
import type { SourceChapter } from '../media/film/chapters.ts';
import type { Complexity } from '../media/film/complexity.ts';
import { demuxerOf, strangerOf } from '../media/film/container-magic.ts';
import { encodeOptionsSchema, planEncode, type EncodePlan } from '../media/film/encode-plan.ts';
import { filmProblem } from '../media/film/film-problem-text.ts';
import { revisionText } from '../media/film/revision-id.ts';
import { headerProblem, packetProblem } from '../media/film/source-verdict.ts';
import { encodePlanKey } from '../media/storage/keys.ts';
import { encodeAudio } from './encode-audio.ts';
import { probeChapters, probeHeaders, probePackets } from './ffmpeg/probe-source.ts';
import { TranscodeFailure } from './ffmpeg/run-failure.ts';
import { makeCard } from './make-card.ts';
import { isEncrypted } from './source-encryption.ts';
import { probeComplexity } from './probe-complexity.ts';
import { needPlan, writeFact } from './shelf.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

/** Sound of films up to this length is made in the same job: at a hundred times real time it takes seconds. */
const shortFilmMs = 20 * 60_000;

const isProblem = (value: object): value is FilmProblem => 'cure' in value;

type PrepareJob = Extract<TranscodeJob, { kind: 'prepare' }>;

/** SHA-256 of a stored file, read once from end to end. */
export async function hashOf(parts: TranscoderParts, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of await parts.storage.stream(key)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** Looks at a source and either refuses it in plain words or leaves the plan of its encode on the shelf. */
export async function prepareFilm(parts: TranscoderParts, job: PrepareJob, attempt: Attempt): Promise<TranscodeResult> {
  attempt.report({ phase: 'probing', ratio: 0 });
  const { storage } = parts;
  if (job.card !== undefined) await makeCard(parts, { ...job, card: job.card }, attempt);
  const stored = await storage.stat(job.sourceKey);
  if (stored === undefined) throw new TranscodeFailure('source_missing');
  const refuse = (problem: FilmProblem, sourceSha256?: string): TranscodeResult => ({
    outcome: 'refused',
    problem,
    ...(sourceSha256 === undefined ? {} : { sourceSha256 }),
  });
  if (stored.bytes === 0) return refuse(filmProblem('empty_file'));
  const head = await storage.read(job.sourceKey, { from: 0, to: 4096 });
  const demuxer = demuxerOf(head);
  const hashing = hashOf(parts, job.sourceKey);
  // Whoever refuses below still waits for the hash, so nothing rejects unheard.
  if (demuxer === undefined) return refuse(filmProblem(strangerOf(head)), await hashing);
  if (demuxer === 'mov' && (await isEncrypted(storage, stored)))
    return refuse(filmProblem('encrypted_source'), await hashing);
  const file = await storage.localFile(job.sourceKey, parts.sourceFolder);
  const run = { sandbox: parts.sandbox, folder: attempt.folder, signal: attempt.signal };
  const [sha256, looked] = await Promise.all([hashing, look({ file, demuxer }, run)]);
  if (isProblem(looked)) return refuse(looked, sha256);
  const options = encodeOptionsSchema.parse({ language: job.language, ...job.options });
  const digest = createHash('sha256').update(revisionText(sha256, options)).digest();
  const wanted = planEncode(idOfDigest(digest), { sha256, bytes: stored.bytes, demuxer, ...looked }, options);
  await writeFact(storage, encodePlanKey(wanted.revision), wanted);
  const plan = await needPlan(storage, wanted.revision);
  attempt.report({ phase: 'probing', ratio: 1 });
  if (plan.durationMs <= shortFilmMs) {
    const language = plan.options.language;
    await encodeAudio(parts, { ...job, kind: 'audio', revision: plan.revision, language }, attempt);
  }
  return plannedResult(plan);
}

type Looked = Awaited<ReturnType<typeof probePackets>> & {
  readonly facts: Parameters<typeof headerProblem>[0];
  readonly complexity: Complexity;
  readonly chapters: readonly SourceChapter[];
};

async function look(
  source: { readonly file: string; readonly demuxer: string },
  run: Parameters<typeof probeHeaders>[1],
): Promise<Looked | FilmProblem> {
  const facts = await probeHeaders(source, run);
  if (isProblem(facts)) return facts;
  const fault = headerProblem(facts);
  if (fault !== undefined) return fault;
  const looked = await probePackets(source, facts, run);
  const unfit = packetProblem(facts, looked.packets);
  if (unfit !== undefined) return unfit;
  const chapters = await probeChapters(source, run);
  const complexity = await probeComplexity(source, facts.video?.stream ?? 0, looked.packets, run);
  return { ...looked, facts, complexity, chapters };
}

const plannedResult = (plan: EncodePlan): TranscodeResult => ({
  outcome: 'planned',
  revision: plan.revision,
  sourceSha256: plan.sourceSha256,
  durationMs: plan.durationMs,
  chunks: plan.chunks.length,
  languages: plan.audio.map((track) => track.language),
  rungs: plan.rungs.map((rung) => rung.name),
  warnings: plan.warnings,
});
