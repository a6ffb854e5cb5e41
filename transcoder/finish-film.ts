import type { FilmProblem, TranscodeJob, TranscodeResult } from '../media/contract/transcode-job.ts';
import type { AudioRecord } from '../media/film/audio-record.ts';
import { certify } from '../media/film/channel-certificate.ts';
import { cellMs } from '../media/film/chunks.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import { filmProblem, type FilmTrouble } from '../media/film/film-problem-text.ts';
import { audioCodec, audioQualities, boundOf, houseLadder, soundRung } from '../media/film/ladder.ts';
import type { PackageManifest } from '../media/film/package-manifest.ts';
import { technicalMarks, type Mark } from '../media/film/technical-check.ts';
import {
  audioPrefix,
  chunkRecordKey,
  chunksPrefix,
  extrasFolder,
  manifestKey,
  revisionPrefix,
  segmentNumber,
} from '../media/storage/keys.ts';
import { decodeCommand } from './ffmpeg/picture-arguments.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import { TranscodeFailure } from './ffmpeg/run-failure.ts';
import { makePosters, makeStoryboard, makeSubtitles, segmentKey, type FinishWork } from './film-extras.ts';
import { segmentParameters } from './segment-parameters.ts';
import { needPlan, readAudioRecord, readChunkRecord, readManifest, writeFact } from './shelf.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

type FinishJob = Extract<TranscodeJob, { kind: 'finish' }>;

/** Verifies everything on the shelf of a revision and writes its manifest; does nothing when that is there. */
export async function finishFilm(parts: TranscoderParts, job: FinishJob, attempt: Attempt): Promise<TranscodeResult> {
  const { storage } = parts;
  const plan = await needPlan(storage, job.revision);
  const { chunks, audio } = await readShelf(parts, plan);
  const path = extrasFolder(job.revision, attempt.token);
  const work: FinishWork = { parts, attempt, plan, chunks, path };
  const certified = await certificateOf(work);
  if ((await readManifest(storage, job.revision)) === undefined) {
    const step = (ratio: number): void => attempt.report({ phase: 'checking', ratio });
    step(0);
    await verifyFiles(parts, chunks);
    step(0.3);
    await verifyByDecoding(work);
    step(0.5);
    const posters = await makePosters(work);
    const storyboard = await makeStoryboard(work);
    const subtitles = await makeSubtitles(work, job.sourceKey);
    step(0.9);
    const manifest = manifestOf(plan, chunks, audio);
    await writeFact(storage, manifestKey(job.revision), {
      ...manifest,
      ...(storyboard === undefined ? {} : { storyboard }),
      posters,
      subtitles: subtitles.ts,
      ...('certificate' in certified ? { channelReady: certified.certificate } : {}),
      ...(manifest.cmaf === undefined ? {} : { cmaf: { ...manifest.cmaf, subtitles: subtitles.cmaf } }),
    } satisfies PackageManifest);
  }
  await sweep(parts, job.revision);
  return {
    outcome: 'finished',
    revision: job.revision,
    warnings: [...warningsOf(plan, chunks, audio), ...uncertified(certified)],
  };
}

const fail = (finding: string): never => {
  throw new TranscodeFailure('verify_failed', { finding });
};

/** Rungs of package ts, highest first. */
const rungNames = ({ rungs, soundAlone }: EncodePlan): readonly string[] => [
  ...rungs.map(({ name }) => name),
  ...(soundAlone ? [soundRung.name] : []),
];

/** Every record that the plan asks for; rejects when one is missing, so a manifest never has a hole. */
async function readShelf(
  { storage }: TranscoderParts,
  plan: EncodePlan,
): Promise<{ readonly chunks: readonly ChunkRecord[]; readonly audio: readonly AudioRecord[] }> {
  const chunks = await Promise.all(
    plan.chunks.map(async (planned, index) => {
      const record = (await readChunkRecord(storage, plan.revision, index)) ?? fail(`chunk ${index} is missing`);
      const isWhole = record.firstCell === planned.firstCell && record.cells === planned.cells;
      const isFull = rungNames(plan).every(
        (name, at) => record.ts[at]?.name === name && record.ts[at].files.length === planned.cells,
      );
      return isWhole && isFull ? record : fail(`chunk ${index} has other cells than planned`);
    }),
  );
  const audio = await Promise.all(
    plan.audio.map(
      async ({ language }) =>
        (await readAudioRecord(storage, plan.revision, language)) ?? fail(`the sound in ${language} is missing`),
    ),
  );
  return { chunks, audio };
}

/** Sizes of the segments of a chunk by key, as its record says. */
function recordedSizes({ path, firstCell, ts, cmaf = [] }: ChunkRecord): readonly (readonly [string, number])[] {
  const sizes = (folder: string, files: ChunkRecord['ts'][number]['files'], extension: string) =>
    files.map(({ bytes }, at) => [`${folder}/${segmentNumber(firstCell + at)}.${extension}`, bytes] as const);
  return [
    ...ts.flatMap(({ name, files }) => sizes(`${path}/${name}`, files, 'ts')),
    ...cmaf.flatMap(({ name, files }) => sizes(`${path}/cmaf/${name}`, files, 'm4s')),
  ];
}

/**
 * Every file that a record names is there with the size that the record says. The record of a chunk that is not whole is taken
 * away, so that the next try makes the chunk again instead of failing for ever.
 */
async function verifyFiles({ storage }: TranscoderParts, chunks: readonly ChunkRecord[]): Promise<void> {
  for (const chunk of chunks) {
    const found = new Map<string, number>();
    for await (const file of storage.list(`${chunk.path}/`)) found.set(file.key, file.bytes);
    for (const [key, bytes] of recordedSizes(chunk)) {
      if (found.get(key) === bytes) continue;
      await storage.remove(chunkRecordKey(chunk.revision, chunk.chunk));
      fail(`${key} has ${found.get(key) ?? 'no'} bytes, not ${bytes}`);
    }
  }
}

/** A decoder that gave up, and no trouble of the machine. */
const decodingTroubles: readonly FilmTrouble[] = [
  'encoder_failed',
  'encoder_failed/source_unreadable',
  'unreadable/undecodable',
];

/**
 * The first and the last segment of every rung decode without one complaint. Otherwise their chunks are made again by the
 * next try, because the same bytes would fail every time.
 */
async function verifyByDecoding({ parts, attempt, plan, chunks }: FinishWork): Promise<void> {
  const { storage, sandbox } = parts;
  const cells = [...new Set([0, plan.segments - 1])];
  const keys = rungNames(plan).flatMap((name) => cells.map((cell) => segmentKey(chunks, name, cell)));
  const files = await Promise.all(keys.map((key) => storage.localFile(key, attempt.folder)));
  const { folder, signal } = attempt;
  const complaint = await runCommand(decodeCommand(files), { sandbox, folder, signal, filmSeconds: 60 }).then(
    ({ log }) => log,
    (error: unknown) => {
      if (error instanceof TranscodeFailure && decodingTroubles.includes(error.trouble)) return error.message;
      throw error;
    },
  );
  const [line = ''] = complaint.trim().split('\n');
  if (line === '') return;
  for (const { revision, chunk } of new Set([chunks[0], chunks.at(-1)].flatMap((record) => record ?? [])))
    await storage.remove(chunkRecordKey(revision, chunk));
  fail(`decoding: ${line}`);
}

type Files = readonly { readonly bytes: number; readonly sha256: string }[];

/** Bit rates of segments of 4 s. */
function ratesOf(files: Files): { readonly averageBps: number; readonly peakBps: number } {
  const sizes = files.map((file) => file.bytes);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return { averageBps: Math.ceil((total * 2) / sizes.length), peakBps: Math.max(...sizes) * 2 };
}

type WithoutExtras = Omit<PackageManifest, 'posters' | 'storyboard' | 'subtitles'>;

function manifestOf(plan: EncodePlan, chunks: readonly ChunkRecord[], audio: readonly AudioRecord[]): WithoutExtras {
  const sound = { name: soundRung.name, width: 0, height: 0, frameRate: 0 };
  const rungs = [...plan.rungs, ...(plan.soundAlone ? [sound] : [])].map((planned, at) => {
    const files = chunks.flatMap((chunk) => chunk.ts[at]?.files ?? []);
    const keyFrames = chunks.flatMap((chunk) => chunk.ts[at]?.keyFrames ?? []);
    const bound = boundOf(planned.name);
    const rates = ratesOf(files);
    if (files.length !== plan.segments) fail(`${planned.name} has ${files.length} segments, not ${plan.segments}`);
    if (rates.peakBps > bound) fail(`${planned.name} peaks at ${rates.peakBps} bit/s, above its bound of ${bound}`);
    return {
      ...planned,
      codecs: chunks[0]?.ts[at]?.codecs ?? '',
      bandwidthBps: bound,
      ...rates,
      files,
      // A plan of an earlier version may have chunks without.
      ...(keyFrames.length === plan.segments ? { keyFrames } : {}),
    };
  });
  const run = (suffix: string): PackageManifest['ts']['chunks'] =>
    chunks.map((chunk) => ({
      firstSegment: chunk.firstCell,
      segments: chunk.cells,
      path: `${chunk.path}${suffix}`,
    }));
  return {
    schema: 1,
    revision: plan.revision,
    recipe: plan.recipe,
    sourceSha256: plan.sourceSha256,
    durationMs: plan.durationMs,
    segments: plan.segments,
    frameRate: plan.frameRate,
    ts: { rungs, chunks: run('') },
    ...(plan.cmaf ? { cmaf: { ...cmafOf(plan, chunks, audio), chunks: run('/cmaf') } } : {}),
    languages: plan.audio.map((track) => track.language),
    loudness: {
      measuredLufs: audio[0]?.measuredLufs ?? null,
      targetLufs: plan.options.loudnessLufs,
      truePeakDb: audio[0]?.check?.truePeakDb ?? null,
    },
    conversions: plan.conversions,
    marks: [...marksOf(plan, chunks, audio)],
  };
}

/** The technical check of the whole film from what was seen in its chunks and heard in its languages. */
function marksOf(plan: EncodePlan, chunks: readonly ChunkRecord[], audio: readonly AudioRecord[]): readonly Mark[] {
  const { durationMs, pictureEndMs, options } = plan;
  return technicalMarks({
    durationMs,
    pictureEndMs,
    chunks: chunks.map(({ firstCell, cells, check }) => ({
      fromMs: firstCell * cellMs,
      toMs: (firstCell + cells) * cellMs,
      check,
    })),
    sounds: audio.map(({ language, measuredLufs, gainDb, check }) => ({
      language,
      check,
      lacksLu: measuredLufs === null ? 0 : Math.round((options.loudnessLufs - measuredLufs - gainDb) * 10) / 10,
    })),
  });
}

/** A film that may be watched, but not planned: somebody must know. */
const uncertified = (certified: ReturnType<typeof certify>): readonly FilmProblem[] =>
  'trouble' in certified ? [filmProblem('not_channel_ready', { finding: certified.trouble })] : [];

/** What players have to be set up for, as read from the segments; records of earlier versions did not tell. */
async function certificateOf({ parts, plan, chunks }: FinishWork): Promise<ReturnType<typeof certify>> {
  const rungs = await Promise.all(
    plan.rungs.map(async ({ name }, at) => ({
      name,
      chunks: await Promise.all(
        chunks.map(
          async ({ ts, firstCell }) =>
            ts[at]?.parameters ?? segmentParameters(await parts.storage.read(segmentKey(chunks, name, firstCell))),
        ),
      ),
    })),
  );
  return certify(rungs);
}

function cmafOf(
  plan: EncodePlan,
  chunks: readonly ChunkRecord[],
  audio: readonly AudioRecord[],
): Omit<NonNullable<PackageManifest['cmaf']>, 'chunks'> {
  const rungs = plan.rungs.map((planned, at) => {
    const records = chunks.map((chunk) => chunk.cmaf?.[at] ?? fail(`chunk ${chunk.chunk} lacks package cmaf`));
    const init = records[0]?.initFile ?? fail('package cmaf has no init segment');
    if (records.some((record) => record.initFile.sha256 !== init.sha256))
      fail(`${planned.name}: init segments of the chunks differ`);
    const files = records.flatMap((record) => record.files);
    const house = houseLadder.find(({ name }) => name === planned.name);
    // Every rung of this package plays with the one high-quality sound.
    const dearer = house?.audio === 'low' ? Math.ceil((audioQualities.high - audioQualities.low) * 1.05) : 0;
    const bound = (house?.bandwidthBps ?? 0) + dearer;
    return {
      ...planned,
      codecs: records[0]?.codecs ?? '',
      bandwidthBps: bound,
      ...ratesOf(files),
      files,
      init: `${chunks[0]?.path ?? ''}/cmaf/${planned.name}/init.mp4`,
      initFile: init,
    };
  });
  const tracks = plan.audio.map((track, index) => {
    const record = audio[index] ?? fail(`the sound in ${track.language} is missing`);
    const { files, averageBps, peakBps } = record.cmaf ?? fail(`${track.language} lacks package cmaf`);
    const { language, name } = track;
    return {
      language,
      name,
      isDefault: index === 0,
      path: record.path,
      codecs: audioCodec,
      averageBps,
      peakBps,
      files,
    };
  });
  return { rungs, audio: tracks, subtitles: [] };
}

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
  for (const prefix of stale) await storage.removeAll(prefix);
}
