import { cellMs } from '../../media/film/chunks.ts';
import type { EncodePlan, PlannedAudio } from '../../media/film/encode-plan.ts';
import { audioQualities, type AudioQuality } from '../../media/film/ladder.ts';
import type { FfmpegCommand, FfmpegInput } from './command-line.ts';
import { guardOptions, inputName } from './source-guard.ts';

/** Where an encode of the sound is left in the job's folder. */
export const audioFile = (quality: AudioQuality): string => `${quality}.aac`;

/** Three AAC frames: one of priming, one that covers the last sample, one spare that is cut off by counting. */
const surplusSeconds = 0.064;

function audioInput(plan: EncodePlan, track: PlannedAudio, sourceFile: string): FfmpegInput {
  if (track.stream === undefined) return { source: 'anullsrc=r=48000:cl=stereo', options: ['-f', 'lavfi'] };
  const source = { file: sourceFile, demuxer: plan.demuxer };
  return { source: inputName(sourceFile), options: [...guardOptions(source), '-copyts'] };
}

/** Sound on the film's clock: 48 kHz stereo from film time 0 to the end of the last cell, silence wherever there is none. */
function clockFilters(plan: EncodePlan, track: PlannedAudio): string[] {
  const endSeconds = (plan.segments * cellMs) / 1000 + surplusSeconds;
  const origin = track.stream === undefined ? '0' : plan.originSeconds.toFixed(6);
  return [
    `asetpts=PTS-${origin}/TB`,
    'aresample=48000:async=1000:first_pts=0',
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    'apad',
    `atrim=end=${endSeconds.toFixed(3)}`,
  ];
}

const inputLabel = (track: PlannedAudio): string => `[0:${String(track.stream ?? 0)}]`;

/** Measures the loudness of a track (EBU R 128, integrated); the answer is in the log, read by `readLoudness`. */
export function loudnessCommand(plan: EncodePlan, track: PlannedAudio, sourceFile: string): FfmpegCommand {
  const filters = [...clockFilters(plan, track).filter((filter) => filter !== 'apad'), 'ebur128=framelog=verbose'];
  return {
    logLevel: 'info',
    inputs: [audioInput(plan, track, sourceFile)],
    filter: `${inputLabel(track)}${filters.join(',')}[out]`,
    outputs: [{ target: '-', options: ['-map', '[out]', '-f', 'null'] }],
  };
}

/** Integrated loudness in LUFS from the log of `loudnessCommand`; null where there is nothing to hear. */
export function readLoudness(log: string): number | null {
  const found = [...log.matchAll(/^\s*I:\s+(-?\d+(?:\.\d+)?) LUFS/gm)].at(-1)?.[1];
  const lufs = Number(found);
  return found === undefined || lufs <= -69 || lufs >= 0 ? null : lufs;
}

/** How much a track is turned up or down; never more than 20 dB up, which would only raise noise. */
export const gainFor = (measuredLufs: number | null, targetLufs: number): number =>
  measuredLufs === null ? 0 : Math.round(Math.min(20, targetLufs - measuredLufs) * 10) / 10;

/** One pass over one language of the whole film: every AAC encode of it, at one loudness, peaks held below -1 dB. */
export function audioCommand(plan: EncodePlan, track: PlannedAudio, sourceFile: string, gainDb: number): FfmpegCommand {
  const qualities = Object.keys(audioQualities) as AudioQuality[];
  const gain = gainDb === 0 ? [] : [`volume=${gainDb.toFixed(1)}dB`];
  const filters = [...clockFilters(plan, track), ...gain, 'alimiter=limit=0.891:level=false:latency=true'];
  const labels = qualities.map((quality) => `[${quality}]`).join('');
  return {
    inputs: [audioInput(plan, track, sourceFile)],
    filter: `${inputLabel(track)}${filters.join(',')},asplit=${String(qualities.length)}${labels}`,
    outputs: qualities.map((quality) => ({
      target: audioFile(quality),
      options: [
        ...['-map', `[${quality}]`, '-c:a', 'aac', '-b:a', String(audioQualities[quality]), '-ar', '48000', '-ac', '2'],
        ...['-map_metadata', '-1', '-flags', '+bitexact', '-f', 'adts'],
      ],
    })),
  };
}
