import { z } from 'zod';
import { filmProblemSchema } from '../contract/transcode-job.ts';
import { idSchema } from '../contract/ids.ts';
import { chapterSchema, chaptersOf, type SourceChapter } from './chapters.ts';
import { cellMs, cellsOf, splitIntoChunks } from './chunks.ts';
import { conversionCodes, type ConversionCode } from './conversions.ts';
import { complexitySchema, type Complexity } from './complexity.ts';
import { snapFrameRate } from './frame-rate.ts';
import {
  fitRatio,
  hevcRung,
  highestRungs,
  houseLadder,
  ladderFor,
  placeOnCanvas,
  rungFrameRate,
  type HouseRung,
} from './ladder.ts';
import type { PacketFacts } from './packet-facts.ts';
import { probeFactsSchema, type AudioFacts, type ProbeFacts, type VideoFacts } from './probe-facts.ts';
import { recipe } from './recipe.ts';
import type { SoundMend } from './sound-mend.ts';
import { filmExtent, sourceWarnings } from './source-verdict.ts';

/** What a county may choose about encoding; part of the revision's identity. */
export const encodeOptionsSchema = z.object({
  /** BCP 47 language of the main audio track. */
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'A language is a BCP 47 tag such as zh-CN.'),
  /** Integrated loudness that every film is brought to. @defaultValue -23 */
  loudnessLufs: z.number().min(-40).max(-5).default(-23),
  /** Whether the ladder has 2560x1440. @defaultValue false */
  with1440p: z.boolean().default(false),
  /** Whether films of 2160 lines have that rung as HEVC too, in package `cmaf`. @defaultValue false */
  hevc2160p: z.boolean().default(false),
  /** The ladder begins with this rung at the highest. @defaultValue 2160p */
  highestRung: z.enum(highestRungs).default('2160p'),
  /** `auto` makes package `cmaf` beside `ts` where the film has several languages. @defaultValue auto */
  package: z.enum(['auto', 'ts', 'ts+cmaf']).default('auto'),
});
export type EncodeOptions = z.infer<typeof encodeOptionsSchema>;

const plannedRungSchema = z.object({
  name: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  frameRate: z.number(),
});
const plannedChunkSchema = z.object({
  firstCell: z.number().int(),
  cells: z.number().int().positive(),
  /** Where decoding starts, in seconds of the source's clock: a key frame before the chunk. */
  seekSeconds: z.number(),
});
const plannedAudioSchema = z.object({
  language: z.string(),
  name: z.string(),
  /** Stream of the source; absent: silence. */
  stream: z.number().int().optional(),
  channels: z.number().int(),
});
const plannedSubtitleSchema = z.object({ language: z.string(), name: z.string(), stream: z.number().int() });

/** `plan.json` of a revision: everything that later jobs must agree on, decided once from facts. */
export const encodePlanSchema = z.object({
  schema: z.literal(1),
  revision: idSchema,
  recipe: z.string(),
  sourceSha256: z.string().length(64),
  sourceBytes: z.number().int(),
  demuxer: z.string(),
  options: encodeOptionsSchema,
  facts: probeFactsSchema,
  /** Film time 0 in seconds of the source's clock. */
  originSeconds: z.number(),
  durationMs: z.number().int().positive(),
  /** When the picture ends on the film's clock; the sound may go on, the last frame is held. */
  pictureEndMs: z.number().int(),
  /** Number of cells. */
  segments: z.number().int().positive(),
  frameRate: z.number(),
  /** Plans of earlier versions were not sampled. */
  complexity: complexitySchema.default('busy'),
  /** The picture inside the highest rung's canvas, in pixels. */
  picture: z.object({ width: z.number().int(), height: z.number().int() }),
  /** Those with a picture. */
  rungs: z.array(plannedRungSchema),
  /** Whether the ladder ends with the rung of sound alone; plans of earlier versions have none. */
  soundAlone: z.boolean().default(false),
  /** The highest rung once more as HEVC, in package cmaf alone. */
  hevc: plannedRungSchema.optional(),
  chunks: z.array(plannedChunkSchema),
  /** The main language first. */
  audio: z.array(plannedAudioSchema).min(1),
  subtitles: z.array(plannedSubtitleSchema),
  /** Plans of earlier versions asked for none. */
  chapters: z.array(chapterSchema).default([]),
  cmaf: z.boolean(),
  conversions: z.array(z.string()),
  warnings: z.array(filmProblemSchema),
});
export type EncodePlan = z.infer<typeof encodePlanSchema>;
export type PlannedAudio = EncodePlan['audio'][number];
export type PlannedRung = EncodePlan['rungs'][number];
export type PlannedChunk = EncodePlan['chunks'][number];

/** What `planEncode` decides from. */
export type Source = {
  readonly sha256: string;
  readonly bytes: number;
  readonly demuxer: string;
  readonly facts: ProbeFacts;
  readonly packets: PacketFacts;
  /** Lines of complaint while reading the packets. */
  readonly errorLines: number;
  readonly complexity: Complexity;
  readonly chapters: readonly SourceChapter[];
};

/** Seeking lands two key frames early, so that open groups of pictures and late audio are whole when the chunk begins. */
function seekTo(seconds: number, keys: readonly number[]): number {
  const before = keys.filter((key) => key <= seconds - 0.5);
  return before.at(-2) ?? before.at(0) ?? keys[0] ?? seconds;
}

const languages: Readonly<Record<string, string>> = {
  chi: 'zh-CN',
  zho: 'zh-CN',
  eng: 'en',
  tib: 'bo',
  bod: 'bo',
  uig: 'ug',
  mon: 'mn',
  kaz: 'kk',
  yue: 'yue',
};
/** Containers carry three letters, players want BCP 47. */
const bcp47 = (tag: string): string =>
  languages[tag.toLowerCase()] ?? (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : 'und');

/** Gives every track of a kind its own language tag: a second `zh-CN` becomes `zh-CN-x-2`. */
function distinct(wanted: readonly string[]): readonly string[] {
  return wanted.map((language, at) => {
    const before = wanted.slice(0, at).filter((other) => other === language).length;
    return before === 0 ? language : `${language}-x-${String(before + 1)}`;
  });
}

/** Main language first: the default track or the first one that can be decoded; silence where there is none. */
function planAudio(tracks: readonly AudioFacts[], main: string): EncodePlan['audio'] {
  const usable = tracks.filter((track) => track.channels > 0).slice(0, 8);
  const first = usable.find((track) => track.isDefault) ?? usable[0];
  if (first === undefined) return [{ language: main, name: main, channels: 0 }];
  const ordered = [first, ...usable.filter((track) => track !== first)];
  const tags = distinct([main, ...ordered.slice(1).map((track) => bcp47(track.language ?? 'und'))]);
  return ordered.map((track, at) => {
    const language = tags[at] ?? main;
    return { language, name: track.title ?? language, stream: track.stream, channels: track.channels };
  });
}

/** Whether a picture is seen in the size in which it was coded, upright or lying. */
const hasSquarePixels = ({ width, height, codedWidth, codedHeight }: VideoFacts): boolean =>
  (width === codedWidth && height === codedHeight) || (width === codedHeight && height === codedWidth);

/** Names of pixel formats as ffmpeg writes them: `yuv420p10le`, `p010le`, `gbrp12be`. */
const isDeep = (pixelFormat: string): boolean => /(?:9|1[0246])(?:le|be)$/.test(pixelFormat);
const isFinelyColoured = (pixelFormat: string): boolean => /42[24]|44[04]|411|^(?:rgb|bgr|gbr)/.test(pixelFormat);

function conversionsOf(
  video: VideoFacts,
  top: HouseRung | undefined,
  { audio, frameRate }: Pick<EncodePlan, 'audio' | 'frameRate'>,
): ConversionCode[] {
  const main = audio[0]?.channels ?? 0;
  const isWide = video.width * 9 === video.height * 16;
  // What is to be mended in the sound is only heard in its own pass.
  const applies: Readonly<Record<Exclude<ConversionCode, SoundMend>, boolean>> = {
    scaled: top !== undefined && fitRatio(video, top) < 0.98,
    scaled_up: top !== undefined && fitRatio(video, top) > 1.02,
    pillar_boxed: !isWide && video.width * 9 < video.height * 16,
    letter_boxed: !isWide && video.width * 9 > video.height * 16,
    pixels_squared: !hasSquarePixels(video),
    deinterlaced: video.interlaced,
    rotated: video.rotated,
    tone_mapped: video.highDynamicRange,
    depth_reduced: isDeep(video.pixelFormat),
    colour_reduced: isFinelyColoured(video.pixelFormat),
    frame_rate: Math.abs(video.frameRate - frameRate) > 0.001,
    silence_added: main === 0,
    upmixed: main === 1,
    downmixed: main > 2,
  };
  return conversionCodes.filter((code) => code in applies && applies[code as keyof typeof applies]);
}

/** AVI stores no presentation times: where pictures are reordered, their times after a seek differ from those of one pass. */
const canSeekIn = (source: Source): boolean => !(source.demuxer === 'avi' && source.facts.video?.reordered === true);

/** Chunks of a film, each with the place in the source where its decoding starts. */
function planChunks(source: Source, originSeconds: number, cells: number): EncodePlan['chunks'] {
  const { video, keys } = source.packets;
  const canSeek = canSeekIn(source);
  return splitIntoChunks(cells, canSeek).map((chunk) => {
    // A picture that ends before the sound is held: decode its last seconds and repeat the last frame.
    const seconds = Math.min(originSeconds + (chunk.firstCell * cellMs) / 1000, video.end - 1);
    return { ...chunk, seekSeconds: canSeek ? seekTo(seconds, keys) : (keys[0] ?? originSeconds) };
  });
}

/** Decides how a film is encoded; the source has passed its verdict, so it has a picture. */
export function planEncode(revision: EncodePlan['revision'], source: Source, options: EncodeOptions): EncodePlan {
  const { facts, packets } = source;
  const video = facts.video;
  if (video === undefined) throw new Error('A film without a picture has no plan: ask headerProblem first.');
  const { originSeconds, durationMs } = filmExtent(packets);
  const frameRate = snapFrameRate(video.frameRate);
  const rungs = ladderFor(video, options);
  const top = rungs[0] ?? houseLadder[houseLadder.length - 1];
  const plannedRungs = rungs.map((rung) => ({
    name: rung.name,
    width: rung.width,
    height: rung.height,
    frameRate: rungFrameRate(rung, frameRate),
  }));
  const [highest] = plannedRungs;
  const isDoubled = options.hevc2160p && highest?.name === hevcRung.of;
  const hevc = isDoubled ? { ...highest, name: hevcRung.name } : undefined;
  const audio = planAudio(facts.audio, options.language);
  const tags = distinct(facts.subtitles.map((track) => bcp47(track.language ?? options.language)));
  return {
    schema: 1,
    revision,
    recipe,
    sourceSha256: source.sha256,
    sourceBytes: source.bytes,
    demuxer: source.demuxer,
    options,
    facts,
    originSeconds,
    durationMs,
    pictureEndMs: Math.round((packets.video.end - originSeconds) * 1000),
    segments: cellsOf(durationMs),
    frameRate,
    complexity: source.complexity,
    picture: placeOnCanvas(video, top ?? video),
    rungs: plannedRungs,
    soundAlone: true,
    ...(hevc === undefined ? {} : { hevc }),
    chunks: planChunks(source, originSeconds, cellsOf(durationMs)),
    audio,
    subtitles: facts.subtitles.map((track, at) => ({
      language: tags[at] ?? options.language,
      name: track.title ?? tags[at] ?? options.language,
      stream: track.stream,
    })),
    chapters: chaptersOf(source.chapters, originSeconds, durationMs),
    cmaf: options.package === 'ts+cmaf' || hevc !== undefined || (options.package === 'auto' && audio.length > 1),
    conversions: conversionsOf(video, top, { audio, frameRate }),
    warnings: [...sourceWarnings(facts, packets, source.errorLines)],
  };
}
