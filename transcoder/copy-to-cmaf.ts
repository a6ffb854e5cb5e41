import { z } from 'zod';
import { packageFileSchema, packageTrackSchema, type PackageManifest } from '../media/film/package-manifest.ts';
import { packageFile } from '../media/film/package-files.ts';
import { cmafBoundOf } from '../media/film/ladder.ts';
import { joinWebvtt, sliceWebvtt } from '../media/film/slice-webvtt.ts';
import { soundTrack } from '../media/film/with-tracks.ts';
import {
  addedChunkFolder,
  addedChunkKey,
  addedTrackFolder,
  addedTrackKey,
  segmentNumber,
} from '../media/storage/keys.ts';
import { ratesOf } from './compose-manifest.ts';
import { storeSound } from './encode-audio.ts';
import { failVerification } from './ffmpeg/run-failure.ts';
import { storeWebvtt, textBases } from './film-extras.ts';
import { codecOf } from './package/encoded-pictures.ts';
import { segmentPictures } from './package/read-ts-pictures.ts';
import { videoInit, videoSegment } from './package/write-fmp4.ts';
import { readAudioRecord, readFact, writeFact } from './shelf.ts';
import { storeFile, type FileFact } from './stored-file.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

type Cmaf = NonNullable<PackageManifest['cmaf']>;
type Rung = PackageManifest['ts']['rungs'][number];
type Chunk = PackageManifest['ts']['chunks'][number];

const copiedRungSchema = z.object({
  name: z.string(),
  codecs: z.string(),
  initFile: packageFileSchema,
  files: z.array(packageFileSchema),
});
/** `added/cmaf-{chunk}.json`: the pictures of a chunk are in package cmaf too, below `path`. */
const copiedChunkSchema = z.object({ path: z.string(), rungs: z.array(copiedRungSchema) });
/** `added/own.json`: the film's own sound and subtitles are in package cmaf too. */
const ownTracksSchema = z.object({ audio: z.array(packageTrackSchema), subtitles: z.array(packageTrackSchema) });
type CopiedChunk = z.infer<typeof copiedChunkSchema>;

/**
 * Package cmaf of a revision that was made without: its pictures are copied from package ts, nothing is encoded. Done once for a
 * revision, a chunk at a time, so that little is lost when a worker stops.
 */
export async function copyToCmaf(parts: TranscoderParts, base: PackageManifest, attempt: Attempt): Promise<Cmaf> {
  if (base.cmaf !== undefined) return base.cmaf;
  const rungs = base.ts.rungs.filter(({ height }) => height > 0);
  const chunks: CopiedChunk[] = [];
  for (const [at, chunk] of base.ts.chunks.entries()) {
    chunks.push(await copyChunk(parts, { base, rungs, chunk, at }, attempt));
    attempt.report({ phase: 'encoding', ratio: (at + 1) / base.ts.chunks.length });
  }
  return {
    rungs: rungs.map((rung, at) => cmafRung(rung, chunks, at)),
    chunks: base.ts.chunks.map(({ firstSegment, segments }, at) => ({
      ...{ firstSegment, segments },
      path: chunks[at]?.path ?? '',
    })),
    ...(await ownTracks(parts, base, attempt)),
  };
}

type Work = {
  readonly base: PackageManifest;
  readonly rungs: readonly Rung[];
  readonly chunk: Chunk;
  readonly at: number;
};

async function copyChunk(parts: TranscoderParts, work: Work, attempt: Attempt): Promise<CopiedChunk> {
  const { storage } = parts;
  const { base, chunk, at } = work;
  const key = addedChunkKey(base.revision, at);
  const known = await readFact(storage, key, copiedChunkSchema);
  if (known !== undefined) return known;
  const path = addedChunkFolder(base.revision, at, attempt.token);
  const rungs: CopiedChunk['rungs'] = [];
  for (const rung of work.rungs) {
    const files: FileFact[] = [];
    let config: Buffer = Buffer.alloc(0);
    for (let cell = chunk.firstSegment; cell < chunk.firstSegment + chunk.segments; cell += 1) {
      attempt.signal.throwIfAborted();
      const segment = await storage.read(`${chunk.path}/${rung.name}/${segmentNumber(cell)}.ts`);
      const pictures = segmentPictures(segment, rung.frameRate);
      config = pictures.config;
      const copy = videoSegment({ ...pictures, cell });
      files.push(await storeFile(storage, `${path}/${rung.name}/${segmentNumber(cell)}.m4s`, copy));
    }
    const init = videoInit(rung.width, rung.height, config);
    const initFile = await storeFile(storage, `${path}/${rung.name}/init.mp4`, init);
    rungs.push({ name: rung.name, codecs: codecOf(config), initFile, files });
  }
  if (await writeFact(storage, key, { path, rungs } satisfies CopiedChunk)) return { path, rungs };
  await storage.removeAll(`${path}/`);
  return (await readFact(storage, key, copiedChunkSchema)) ?? failVerification(`${key} is missing`);
}

function cmafRung(rung: Rung, chunks: readonly CopiedChunk[], at: number): Cmaf['rungs'][number] {
  const copies = chunks.map(({ rungs }) => rungs[at] ?? failVerification(`${rung.name} was not copied`));
  const [first] = copies;
  if (first === undefined) return failVerification('the film has no chunks');
  if (copies.some(({ initFile }) => initFile.sha256 !== first.initFile.sha256))
    failVerification(`${rung.name}: init segments of the chunks differ`);
  const files = copies.flatMap((copy) => copy.files);
  const { name, width, height, frameRate } = rung;
  return {
    ...{ name, width, height, frameRate, files },
    codecs: first.codecs,
    bandwidthBps: cmafBoundOf(name),
    ...ratesOf(files),
    init: `${chunks[0]?.path ?? ''}/${name}/init.mp4`,
    initFile: first.initFile,
  };
}

/** What the film has by itself beside its pictures; made once. */
async function ownTracks(
  parts: TranscoderParts,
  base: PackageManifest,
  attempt: Attempt,
): Promise<z.infer<typeof ownTracksSchema>> {
  const key = addedTrackKey(base.revision, 'own');
  const known = await readFact(parts.storage, key, ownTracksSchema);
  if (known !== undefined) return known;
  const path = addedTrackFolder(base.revision, 'own', attempt.token);
  const own = {
    audio: [await mainSound(parts, base, path, attempt)],
    subtitles: await ownSubtitles(parts, base, path),
  };
  if (await writeFact(parts.storage, key, own)) return own;
  await parts.storage.removeAll(`${path}/`);
  return (await readFact(parts.storage, key, ownTracksSchema)) ?? failVerification(`${key} is missing`);
}

/** The film's own sound, cut into segments of its own. */
async function mainSound(
  parts: TranscoderParts,
  base: PackageManifest,
  path: string,
  attempt: Attempt,
): Promise<Cmaf['audio'][number]> {
  const { storage } = parts;
  const [language = ''] = base.languages;
  const record =
    (await readAudioRecord(storage, base.revision, language)) ??
    failVerification(`the sound in ${language} is missing`);
  const where = { path, offsets: record.high.cellOffsets, signal: attempt.signal };
  const cmaf = await storeSound(parts, where, (from, to) => storage.read(`${record.path}/high.aac`, { from, to }));
  return soundTrack({ language, name: language }, { path, cmaf });
}

/** The subtitles that came with the film, on the clock of this package. */
async function ownSubtitles(
  { storage }: TranscoderParts,
  base: PackageManifest,
  path: string,
): Promise<Cmaf['subtitles']> {
  const tracks: Cmaf['subtitles'] = [];
  for (const [index, track] of base.subtitles.entries()) {
    const segments: string[] = [];
    for (let cell = 0; cell < base.segments; cell += 1) {
      const file = packageFile(base, `subtitles/${track.language}/${segmentNumber(cell)}.vtt`);
      segments.push(file === undefined ? '' : (await storage.read(file.key)).toString('utf8'));
    }
    const folder = `${path}/subtitles-${String(index)}`;
    const files = await storeWebvtt(storage, folder, sliceWebvtt(joinWebvtt(segments), base.segments, textBases.cmaf));
    tracks.push({ ...track, path: folder, files });
  }
  return tracks;
}
