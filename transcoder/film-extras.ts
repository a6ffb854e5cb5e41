import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import type { PackageManifest } from '../media/film/package-manifest.ts';
import type { Cue } from '../media/film/cue.ts';
import { readSubtitles } from '../media/film/read-subtitles.ts';
import { sliceWebvtt } from '../media/film/slice-webvtt.ts';
import type { Storage } from '../media/storage/storage.ts';
import { segmentNumber } from '../media/storage/keys.ts';
import { thumbnailFile } from './ffmpeg/chunk-arguments.ts';
import { cellMs } from '../media/film/chunks.ts';
import {
  posterCommand,
  posterFile,
  type SegmentPicture,
  storyboardCommand,
  storyboardGrid,
} from './ffmpeg/picture-arguments.ts';
import { runCommand } from './ffmpeg/run-command.ts';
import { subtitleCommand, subtitleFile } from './ffmpeg/subtitle-arguments.ts';
import { tsBaseTicks } from './package/write-ts-segment.ts';
import { storeFile } from './stored-file.ts';
import type { Attempt, TranscoderParts } from './transcoder-parts.ts';

/** What every part of the finish works on; `path` is the storage folder of this attempt. */
export type FinishWork = {
  readonly parts: TranscoderParts;
  readonly attempt: Attempt;
  readonly plan: EncodePlan;
  readonly chunks: readonly ChunkRecord[];
  readonly path: string;
};

const runOf = ({ parts, attempt, plan }: FinishWork) => ({
  sandbox: parts.sandbox,
  folder: attempt.folder,
  signal: attempt.signal,
  filmSeconds: plan.durationMs / 1000,
});

/** Storage key of a segment of package ts. */
export function segmentKey(chunks: readonly ChunkRecord[], rung: string, cell: number): string {
  const chunk = chunks.find((record) => cell >= record.firstCell && cell < record.firstCell + record.cells);
  if (chunk === undefined) throw new Error(`No chunk has cell ${String(cell)}.`);
  return `${chunk.path}/${rung}/${segmentNumber(cell)}.ts`;
}

/** Where in the film poster candidates are looked for: the middles of its eighths. */
const posterPlaces = Array.from({ length: 8 }, (_none, at) => (at + 0.5) / 8);

/**
 * Cells and pictures in them. A film of eight cells or more gives the second key frame of each: the first one may still show the
 * end of a fade. A shorter one has eight pictures too, where it has so many: those of the instants themselves.
 */
function posterFrames(
  plan: EncodePlan,
  frameRate: number,
): readonly (Omit<SegmentPicture, 'file'> & { cell: number })[] {
  if (plan.segments >= posterPlaces.length) {
    return posterPlaces.map((place) => ({ cell: Math.floor(place * plan.segments), frame: 1, amongKeys: true }));
  }
  const perCell = Math.round((frameRate * cellMs) / 1000);
  const frames = posterPlaces.map((place) => Math.floor((place * plan.durationMs * frameRate) / 1000));
  return [...new Set(frames)].map((frame) => ({
    ...{ cell: Math.floor(frame / perCell), frame: frame % perCell, amongKeys: false },
  }));
}

/** Poster candidates from across the film, none twice, the busiest picture first: black and blurred ones make small files. */
export async function makePosters(work: FinishWork): Promise<string[]> {
  const { parts, attempt, plan, chunks, path } = work;
  const rung = plan.rungs.find((planned) => planned.height <= 720) ?? plan.rungs[0];
  if (rung === undefined) return [];
  const wanted: SegmentPicture[] = [];
  for (const { cell, ...picture } of posterFrames(plan, rung.frameRate)) {
    const file = await parts.storage.localFile(segmentKey(chunks, rung.name, cell), attempt.folder);
    wanted.push({ ...picture, file });
  }
  await runCommand(posterCommand(wanted), runOf(work));
  const pictures = await Promise.all(wanted.map((_file, index) => readFile(join(attempt.folder, posterFile(index)))));
  const different = pictures.filter((picture, at) => pictures.findIndex((other) => other.equals(picture)) === at);
  const best = different.sort((a, b) => b.length - a.length);
  const posters = best.map((picture, index) => ({ key: `${path}/${posterFile(index)}`, picture }));
  for (const { key, picture } of posters) await storeFile(parts.storage, key, picture);
  return posters.map(({ key }) => key);
}

/** Storyboard tiles from the thumbnails that the chunks left, one a cell; undefined where a chunk left none. */
export async function makeStoryboard(work: FinishWork): Promise<PackageManifest['storyboard']> {
  const { parts, attempt, chunks, path } = work;
  if (chunks.some((chunk) => !chunk.thumbnails)) return undefined;
  const joined = join(attempt.folder, 'all-thumbnails.mjpeg');
  await writeFile(joined, '');
  for (const chunk of chunks) {
    await writeFile(joined, await parts.storage.read(`${chunk.path}/${thumbnailFile}`), { flag: 'a' });
  }
  await runCommand(storyboardCommand(joined), runOf(work));
  const names = (await readdir(attempt.folder)).filter((name) => name.startsWith('storyboard-')).sort();
  const tiles = names.map((name) => `${path}/${name}`);
  for (const name of names)
    await storeFile(parts.storage, `${path}/${name}`, await readFile(join(attempt.folder, name)));
  return { tiles, ...storyboardGrid, everyMs: 4000 };
}

/** Media timestamp of film time 0 in each package. */
export const textBases = { ts: tsBaseTicks, cmaf: 0 } as const;

/** Text subtitles of the source, cut at cells, once for each package because their clocks differ by a constant. */
export async function makeSubtitles(
  work: FinishWork,
  sourceKey: string,
): Promise<Record<keyof typeof textBases, PackageManifest['subtitles']>> {
  const { parts, attempt, plan } = work;
  const made: Record<keyof typeof textBases, PackageManifest['subtitles']> = { ts: [], cmaf: [] };
  if (plan.subtitles.length === 0) return made;
  await runCommand(subtitleCommand(plan, await parts.storage.localFile(sourceKey, parts.sourceFolder)), runOf(work));
  for (const [index, track] of plan.subtitles.entries()) {
    const text = await readFile(join(attempt.folder, subtitleFile(index)), 'utf8');
    const cues = onFilmClock(readSubtitles(text, Infinity).cues, Math.round(plan.originSeconds * 1000));
    for (const name of plan.cmaf ? (['ts', 'cmaf'] as const) : (['ts'] as const)) {
      const path = `${work.path}/subtitles-${String(index)}-${name}`;
      const files = await storeWebvtt(parts.storage, path, sliceWebvtt(cues, plan.segments, textBases[name]));
      made[name].push({ language: track.language, name: track.name, isDefault: index === 0, path, files });
    }
  }
  return made;
}

/** Cues of a source whose clock begins at `originMs`; what was over before the film began is dropped. */
const onFilmClock = (cues: readonly Cue[], originMs: number): readonly Cue[] =>
  cues
    .map((cue) => ({ ...cue, startMs: Math.max(0, cue.startMs - originMs), endMs: cue.endMs - originMs }))
    .filter(({ startMs, endMs }) => endMs > startMs);

/** Stores the segments of one track of subtitles below a folder. */
export async function storeWebvtt(
  storage: Storage,
  path: string,
  segments: readonly string[],
): Promise<PackageManifest['subtitles'][number]['files']> {
  const files = [];
  for (const [cell, segment] of segments.entries())
    files.push(await storeFile(storage, `${path}/${segmentNumber(cell)}.vtt`, Buffer.from(segment)));
  return files;
}
