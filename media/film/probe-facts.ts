import { z } from 'zod';

const count = z.coerce.number().int();
const sideData = z.object({ side_data_type: z.string().optional(), rotation: z.coerce.number().optional() });

/** What we read of one stream in ffprobe's JSON (`-show_streams`); everything else is ignored. */
const streamSchema = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  profile: z.string().optional(),
  level: count.optional(),
  width: count.optional(),
  height: count.optional(),
  pix_fmt: z.string().optional(),
  sample_aspect_ratio: z.string().optional(),
  field_order: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  has_b_frames: count.optional(),
  color_transfer: z.string().optional(),
  color_space: z.string().optional(),
  channels: count.optional(),
  sample_rate: count.optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(sideData).optional(),
});
type ProbeStream = z.infer<typeof streamSchema>;

/** What we read of ffprobe's JSON (`-show_format -show_streams -of json`). */
export const probeJsonSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z.object({
    format_name: z.string(),
    duration: z.coerce.number().optional(),
    start_time: z.coerce.number().optional(),
    bit_rate: z.coerce.number().optional(),
  }),
});

export const videoFactsSchema = z.object({
  stream: z.number().int(),
  codec: z.string(),
  /** As coded, before rotation and pixel aspect. */
  codedWidth: z.number().int(),
  codedHeight: z.number().int(),
  /** As seen: upright, square pixels. */
  width: z.number().int(),
  height: z.number().int(),
  frameRate: z.number(),
  pixelFormat: z.string(),
  interlaced: z.boolean(),
  /** Pictures are stored in another order than they are shown. */
  reordered: z.boolean(),
  rotated: z.boolean(),
  /** PQ or HLG. */
  highDynamicRange: z.boolean(),
  /** Matrix as ffprobe names it, `unknown` where the source does not say. */
  colourSpace: z.string(),
  encrypted: z.boolean(),
  /** As ffprobe names it (`High`), and times ten (40 for 4.0); absent where the source does not say. */
  profile: z.string().optional(),
  level: z.number().int().optional(),
});
export const audioFactsSchema = z.object({
  stream: z.number().int(),
  codec: z.string(),
  channels: z.number().int(),
  sampleRate: z.number().int(),
  language: z.string().optional(),
  title: z.string().optional(),
  isDefault: z.boolean(),
});
export const subtitleFactsSchema = z.object({
  stream: z.number().int(),
  codec: z.string(),
  language: z.string().optional(),
  title: z.string().optional(),
});

/** What the house needs to know of a source before it decides anything. */
export const probeFactsSchema = z.object({
  container: z.string(),
  /** What the header claims; absent where it claims nothing. */
  declaredMs: z.number().optional(),
  streams: z.number().int(),
  /** The main picture; a cover image is not one. */
  video: videoFactsSchema.optional(),
  audio: z.array(audioFactsSchema),
  subtitles: z.array(subtitleFactsSchema),
});
export type ProbeFacts = z.infer<typeof probeFactsSchema>;
export type VideoFacts = z.infer<typeof videoFactsSchema>;
export type AudioFacts = z.infer<typeof audioFactsSchema>;

/** Reads `30000/1001` or `16:15` as a number; NaN where it is none. */
function ratio(text: string | undefined): number {
  const [over = NaN, under = 1] = (text ?? '').split(/[/:]/).map(Number);
  return over / under;
}

/** An empty or undetermined tag says nothing. */
const tag = (stream: ProbeStream, name: string): string | undefined => {
  const value = stream.tags?.[name]?.trim();
  return value === undefined || value === '' || value === 'und' ? undefined : value.slice(0, 100);
};

function videoFacts(stream: ProbeStream): VideoFacts {
  const codedWidth = stream.width ?? 0;
  const codedHeight = stream.height ?? 0;
  const turn = stream.side_data_list?.find((side) => side.rotation !== undefined)?.rotation ?? 0;
  const aspect = ratio(stream.sample_aspect_ratio);
  const seenWidth = Math.round(codedWidth * (aspect > 0.1 && aspect < 10 ? aspect : 1));
  const onItsSide = Math.abs(Math.round(turn / 90)) % 2 === 1;
  const average = ratio(stream.avg_frame_rate);
  return {
    stream: stream.index,
    codec: stream.codec_name ?? 'unknown',
    codedWidth,
    codedHeight,
    width: onItsSide ? codedHeight : seenWidth,
    height: onItsSide ? seenWidth : codedHeight,
    frameRate: average > 0 ? average : ratio(stream.r_frame_rate) || 0,
    pixelFormat: stream.pix_fmt ?? 'unknown',
    // Tapes are interlaced, and do not say so.
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? '') || stream.codec_name === 'dvvideo',
    reordered: (stream.has_b_frames ?? 0) > 0,
    rotated: Math.round(turn / 90) % 4 !== 0,
    highDynamicRange: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer ?? ''),
    colourSpace: stream.color_space ?? 'unknown',
    encrypted: stream.codec_tag_string === 'encv',
    ...(stream.profile === undefined ? {} : { profile: stream.profile }),
    ...(stream.level === undefined ? {} : { level: stream.level }),
  };
}

function audioFacts(stream: ProbeStream): AudioFacts {
  const language = tag(stream, 'language');
  const title = tag(stream, 'title');
  return {
    stream: stream.index,
    codec: stream.codec_name ?? 'unknown',
    channels: stream.channels ?? 0,
    sampleRate: stream.sample_rate ?? 0,
    ...(language === undefined ? {} : { language }),
    ...(title === undefined ? {} : { title }),
    isDefault: stream.disposition?.['default'] === 1,
  };
}

/** Subtitle codecs that are text; pictures of text are left out. */
const textSubtitles = ['subrip', 'mov_text', 'ass', 'ssa', 'webvtt', 'text'];

/** Turns ffprobe's JSON into facts; throws a ZodError where it is not ffprobe's JSON. */
export function readProbe(json: unknown): ProbeFacts {
  const { streams, format } = probeJsonSchema.parse(json);
  const isPicture = (stream: ProbeStream): boolean =>
    stream.codec_type === 'video' && stream.disposition?.['attached_pic'] !== 1;
  const pictures = streams.filter(isPicture);
  const picture = pictures.find((stream) => stream.disposition?.['default'] === 1) ?? pictures[0];
  return {
    container: format.format_name,
    ...(format.duration === undefined ? {} : { declaredMs: Math.round(format.duration * 1000) }),
    streams: streams.length,
    ...(picture === undefined ? {} : { video: videoFacts(picture) }),
    audio: streams.filter((stream) => stream.codec_type === 'audio').map(audioFacts),
    subtitles: streams
      .filter((stream) => stream.codec_type === 'subtitle' && textSubtitles.includes(stream.codec_name ?? ''))
      .map((stream) => {
        const { language, title } = audioFacts(stream);
        return {
          stream: stream.index,
          codec: stream.codec_name ?? 'unknown',
          ...(language === undefined ? {} : { language }),
          ...(title === undefined ? {} : { title }),
        };
      }),
  };
}
