import type { AudioRecord } from '../media/film/audio-record.ts';
import { cellMs } from '../media/film/chunks.ts';
import type { ChunkRecord } from '../media/film/chunk-record.ts';
import type { EncodePlan } from '../media/film/encode-plan.ts';
import { audioCodec, boundOf, cmafBoundOf, soundRung } from '../media/film/ladder.ts';
import type { PackageManifest } from '../media/film/package-manifest.ts';
import { technicalMarks, type Mark } from '../media/film/technical-check.ts';
import { failVerification } from './ffmpeg/run-failure.ts';

type Files = readonly { readonly bytes: number; readonly sha256: string }[];

/** Bit rates of segments of 4 s. */
export function ratesOf(files: Files): { readonly averageBps: number; readonly peakBps: number } {
  const sizes = files.map((file) => file.bytes);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return { averageBps: Math.ceil((total * 2) / sizes.length), peakBps: Math.max(...sizes) * 2 };
}

type WithoutExtras = Omit<PackageManifest, 'posters' | 'storyboard' | 'subtitles'>;

/** The manifest as far as records tell it; throws `verify_failed` where they contradict the plan or the house bounds. */
export function manifestOf(
  plan: EncodePlan,
  chunks: readonly ChunkRecord[],
  audio: readonly AudioRecord[],
): WithoutExtras {
  const sound = { name: soundRung.name, width: 0, height: 0, frameRate: 0 };
  const rungs = [...plan.rungs, ...(plan.soundAlone ? [sound] : [])].map((planned, at) => {
    const files = chunks.flatMap((chunk) => chunk.ts[at]?.files ?? []);
    const keyFrames = chunks.flatMap((chunk) => chunk.ts[at]?.keyFrames ?? []);
    const bound = boundOf(planned.name);
    const rates = ratesOf(files);
    if (files.length !== plan.segments)
      failVerification(`${planned.name} has ${files.length} segments, not ${plan.segments}`);
    if (rates.peakBps > bound)
      failVerification(`${planned.name} peaks at ${rates.peakBps} bit/s, above its bound of ${bound}`);
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
    ...(plan.chapters.length === 0 ? {} : { chapters: plan.chapters }),
    conversions: [...plan.conversions, ...new Set(audio.flatMap(({ mended }) => mended ?? []))],
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

function cmafOf(
  plan: EncodePlan,
  chunks: readonly ChunkRecord[],
  audio: readonly AudioRecord[],
): Omit<NonNullable<PackageManifest['cmaf']>, 'chunks'> {
  const rungs = [...plan.rungs, ...(plan.hevc === undefined ? [] : [plan.hevc])].map((planned, at) => {
    const records = chunks.map(
      (chunk) => chunk.cmaf?.[at] ?? failVerification(`chunk ${chunk.chunk} lacks package cmaf`),
    );
    const init = records[0]?.initFile ?? failVerification('package cmaf has no init segment');
    if (records.some((record) => record.initFile.sha256 !== init.sha256))
      failVerification(`${planned.name}: init segments of the chunks differ`);
    const files = records.flatMap((record) => record.files);
    return {
      ...planned,
      codecs: records[0]?.codecs ?? '',
      bandwidthBps: cmafBoundOf(planned.name),
      ...ratesOf(files),
      files,
      init: `${chunks[0]?.path ?? ''}/cmaf/${planned.name}/init.mp4`,
      initFile: init,
    };
  });
  const tracks = plan.audio.map((track, index) => {
    const record = audio[index] ?? failVerification(`the sound in ${track.language} is missing`);
    const { files, averageBps, peakBps } = record.cmaf ?? failVerification(`${track.language} lacks package cmaf`);
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
