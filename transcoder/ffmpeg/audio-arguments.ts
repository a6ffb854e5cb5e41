import { join } from 'node:path';
import { cellMs } from '../../media/film/chunks.ts';
import type { EncodePlan, PlannedAudio } from '../../media/film/encode-plan.ts';
import { audioQualities, type AudioQuality } from '../../media/film/ladder.ts';
import type { SoundMend, StereoLevels } from '../../media/film/sound-mend.ts';
import { clippingCheck, loudnessCheck, silenceCheck } from './check-arguments.ts';
import type { FfmpegCommand, FfmpegInput } from './command-line.ts';
import { guardOptions, inputName } from './source-guard.ts';

/** Where an encode of the sound is left in the job's folder. */
export const audioFile = (quality: AudioQuality): string => `${quality}.aac`;

/** Three AAC frames: one of priming, one that covers the last sample, one spare that is cut off by counting. */
const surplusSeconds = 0.064;

/** A track and the file that it is read from. */
export type Sound = {
  readonly plan: EncodePlan;
  readonly track: PlannedAudio;
  readonly file: string;
  readonly mend?: SoundMend | undefined;
};

function audioInput(plan: EncodePlan, track: PlannedAudio, sourceFile: string): FfmpegInput {
  if (track.stream === undefined) return { source: 'anullsrc=r=48000:cl=stereo', options: ['-f', 'lavfi'] };
  const source = { file: sourceFile, demuxer: plan.demuxer };
  return { source: inputName(sourceFile), options: [...guardOptions(source), '-copyts'] };
}

const mendFilters: Readonly<Record<SoundMend, string>> = {
  left_dead: 'pan=stereo|c0=c1|c1=c1',
  right_dead: 'pan=stereo|c0=c0|c1=c0',
  phase_inverted: 'pan=stereo|c0=c0|c1=-1*c1',
};

/** Names of the filters whose levels `readLevels` finds in the log. */
const meters = { ears: 'astats@ears', middle: 'astats@middle' } as const;
const meter = (name: keyof typeof meters): string =>
  `${meters[name]}=measure_perchannel=RMS_level:measure_overall=none`;

/** Last of the sound that is wanted, in film time. */
const endOf = (plan: EncodePlan): string => ((plan.segments * cellMs) / 1000 + surplusSeconds).toFixed(3);

/** Sound on the film's clock: 48 kHz stereo from film time 0 to the end of the last cell, silence wherever there is none. */
function clockFilters({ plan, track, mend }: Sound): string[] {
  const origin = track.stream === undefined ? '0' : plan.originSeconds.toFixed(6);
  return [
    `asetpts=PTS-${origin}/TB`,
    // Resampling from the start: where it begins only with the first drift, swresample goes back to `first_pts` and puts all
    // the time until then into the sound once more, as silence.
    'aresample=48000:async=1000:first_pts=0:flags=res',
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    ...(mend === undefined ? [] : [mendFilters[mend]]),
    'apad',
    `atrim=end=${endOf(plan)}`,
  ];
}

const inputLabel = (track: PlannedAudio): string => `[0:${String(track.stream ?? 0)}]`;

/** Measures the loudness of a track (EBU R 128; the integrated one is in the log, read by `readLoudness`), and where it is clipped. */
export function loudnessCommand(sound: Sound): FfmpegCommand {
  const { plan, track, file } = sound;
  const filters = [...clockFilters(sound).filter((filter) => filter !== 'apad'), meter('ears'), ...loudnessCheck];
  // Each branch ends by itself: one that does not has ffmpeg read the whole film for the opening of it.
  const asRecorded = [`asetpts=PTS-${plan.originSeconds.toFixed(6)}/TB`, `atrim=end=${endOf(plan)}`];
  const middle = [
    ...asRecorded,
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    'pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0-0.5*c1',
    meter('middle'),
    'anullsink',
  ];
  return {
    logLevel: 'info',
    inputs: [audioInput(plan, track, file)],
    filter: `${inputLabel(track)}asplit=3[a][b][c];[a]${filters.join(',')}[out];[b]${[...asRecorded, ...clippingCheck].join(',')};[c]${middle.join(',')}`,
    outputs: [{ target: '-', options: ['-map', '[out]', '-f', 'null'] }],
  };
}

/** Whether the track changes its channels or rate in the middle, as broadcasts do: ffmpeg then begins the filters, and time, anew. */
export const changesShape = (log: string): boolean => log.includes('non monotonically increasing dts');

const steadyFile = 'steady.nut';

/**
 * Brings a track that changes its shape to 48 kHz stereo, each sample with its time: a filter that fills gaps would take the
 * second part for a film that begins late.
 */
export function steadyCommand({ plan, track, file }: Sound): FfmpegCommand {
  return {
    inputs: [audioInput(plan, track, file)],
    outputs: [
      {
        target: steadyFile,
        options: [
          ...['-map', `0:${String(track.stream ?? 0)}`, '-map_metadata', '-1'],
          ...['-af', `asetpts=PTS-${plan.originSeconds.toFixed(6)}/TB,aselect='gte(t,0)'`],
          ...['-c:a', 'pcm_s16le', '-ar', '48000', '-ac', '2', '-f', 'nut'],
        ],
      },
    ],
  };
}

/** What `steadyCommand` left in a folder, as a source: it begins at film time 0. */
export const steadySound = (sound: Sound, folder: string): Sound => ({
  plan: { ...sound.plan, originSeconds: 0, demuxer: 'nut' },
  track: { ...sound.track, stream: 0 },
  file: join(folder, steadyFile),
});

/** Integrated loudness in LUFS from the log of `loudnessCommand`; null where there is nothing to hear. */
export function readLoudness(log: string): number | null {
  const found = [...log.matchAll(/^\s*I:\s+(-?\d+(?:\.\d+)?) LUFS/gm)].at(-1)?.[1];
  const lufs = Number(found);
  return found === undefined || lufs <= -69 || lufs >= 0 ? null : lufs;
}

/** Levels of both channels of a stereo track from the log of `loudnessCommand`; undefined where they were not measured. */
export function readLevels(log: string): StereoLevels | undefined {
  const levels = (name: string): number[] =>
    [...log.matchAll(new RegExp(`^\\[${name} @ 0x[0-9a-f]+\\] RMS level dB: (-?(?:\\d+\\.\\d+|inf|nan))`, 'gm'))].map(
      ([, level]) => (Number.isFinite(Number(level)) ? Number(level) : -Infinity),
    );
  const [left, right] = levels(meters.ears);
  const [sum, difference] = levels(meters.middle);
  if (left === undefined || right === undefined || sum === undefined || difference === undefined) return undefined;
  return { left, right, sum, difference };
}

/** How much a track is turned up or down; never more than 20 dB up, which would only raise noise. */
export const gainFor = (measuredLufs: number | null, targetLufs: number): number =>
  measuredLufs === null ? 0 : Math.round(Math.min(20, targetLufs - measuredLufs) * 10) / 10;

/** One pass over one language of the whole film: every AAC encode of it, at one loudness, peaks held below -1 dB. */
export function audioCommand(sound: Sound, gainDb: number): FfmpegCommand {
  const { plan, track, file } = sound;
  const qualities = Object.keys(audioQualities) as AudioQuality[];
  const gain = gainDb === 0 ? [] : [`volume=${gainDb.toFixed(1)}dB`];
  const filters = [...clockFilters(sound), ...silenceCheck, ...gain, 'alimiter=limit=0.891:level=false:latency=true'];
  const labels = qualities.map((quality) => `[${quality}]`).join('');
  return {
    inputs: [audioInput(plan, track, file)],
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
