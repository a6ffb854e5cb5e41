import { z } from 'zod';
import { idSchema } from '../contract/ids.ts';
import { writeMediaPlaylist } from '../hls/write-media-playlist.ts';
import { writeMultivariantPlaylist } from '../hls/write-multivariant-playlist.ts';
import type { PackageFile } from './package-files.ts';
import type { ProbeFacts, VideoFacts } from './probe-facts.ts';

/** The copy is cut at the first key frame after each multiple of this. */
export const copySegmentSeconds = 4;
/** Where key frames are so rare that a segment would last longer, nobody could seek in the copy: there is none. */
export const longestCopySegmentMs = 12_000;

/** Cells of the opening of a film that players do not understand as it is: as many as its first chunk has. */
export const openingCells = 3;
/** How much of a film is looked at for its opening: enough to know where picture and sound begin, and where its keys are. */
export const openingLookSeconds = 24;
/** An opening is seen for seconds, and must be there in seconds. */
const openingLines = 480;

/** The one rung that an opening is made on; the rungs of a film are given highest first. */
export const openingRung = <Rung extends { readonly height: number }>(rungs: readonly Rung[]): Rung | undefined =>
  rungs.find(({ height }) => height <= openingLines);

/**
 * `reviews/{filmId}/copy.json`: an upload as it is, cut into MPEG-TS without being encoded, for owner and reviewers until the
 * film is whole; or its opening, encoded in haste. Under no revision's name, so it can never air. Segment `n` is
 * `{path}/{n as 5 digits}.ts`.
 */
export const reviewCopySchema = z.object({
  schema: z.literal(1),
  filmId: idSchema,
  /** Folder as a storage key, without a slash at its end. */
  path: z.string(),
  codecs: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  frameRate: z.number(),
  segments: z.array(z.object({ durationMs: z.number().positive(), bytes: z.number().int().positive() })),
  /** Nothing will be added. */
  ended: z.boolean(),
  /** It is the opening alone, for players do not understand the upload as it is. */
  opening: z.literal(true).optional(),
});
export type ReviewCopy = z.infer<typeof reviewCopySchema>;

/** What can be copied of a source: its streams, and how players are told. */
export type CopyTerms = Pick<ReviewCopy, 'codecs' | 'width' | 'height' | 'frameRate'> & {
  readonly videoStream: number;
  readonly audioStream?: number;
};

/** Profiles of 8 bits in 4:2:0 as ffprobe names them, and how RFC 6381 strings begin for them. */
const profiles: Readonly<Record<string, string>> = {
  'Constrained Baseline': '42e0',
  Baseline: '4200',
  Main: '4d40',
  High: '6400',
};
const levels = { least: 10, most: 52 } as const;
const mostFrameRate = 61;

function videoCodec({ profile = '', level = 0 }: VideoFacts): string | undefined {
  const begin = profiles[profile];
  const isKnown = begin !== undefined && level >= levels.least && level <= levels.most;
  return isKnown ? `avc1.${begin}${level.toString(16).padStart(2, '0')}` : undefined;
}

/** Whether browsers show the picture right as it is: nothing to turn, to deinterlace, to stretch or to tone-map. */
const isPlain = (video: VideoFacts): boolean =>
  video.codec === 'h264' &&
  ['yuv420p', 'yuvj420p'].includes(video.pixelFormat) &&
  !video.interlaced &&
  !video.rotated &&
  !video.highDynamicRange &&
  !video.encrypted &&
  video.width === video.codedWidth &&
  video.height === video.codedHeight &&
  video.frameRate > 0 &&
  video.frameRate <= mostFrameRate;

/** How a source can be watched without being encoded: H.264 in 8-bit 4:2:0 with AAC or no sound; undefined where it cannot. */
export function copyTermsOf({ video, audio }: ProbeFacts): CopyTerms | undefined {
  const codec = video === undefined ? undefined : videoCodec(video);
  if (video === undefined || codec === undefined || !isPlain(video)) return undefined;
  const terms = { width: video.width, height: video.height, frameRate: video.frameRate, videoStream: video.stream };
  const sound = audio.find((track) => track.isDefault) ?? audio[0];
  if (sound === undefined) return { ...terms, codecs: codec };
  if (sound.codec !== 'aac' || sound.channels < 1 || sound.channels > 2) return undefined;
  return { ...terms, codecs: `${codec},mp4a.40.2`, audioStream: sound.stream };
}

const fiveDigits = (segment: number): string => String(segment).padStart(5, '0');

/** Peak of the segments so far, in bit/s. */
const peakBps = ({ segments }: ReviewCopy): number =>
  Math.ceil(Math.max(1, ...segments.map(({ bytes, durationMs }) => (bytes * 8000) / durationMs)));

/** Text of a playlist of the copy by its file in a playback path; undefined where it has none. */
export function reviewCopyPlaylist(copy: ReviewCopy, file: string): string | undefined {
  const { codecs, width, height, frameRate, segments, ended } = copy;
  if (file === 'review/multivariant.m3u8') {
    const variant = { uri: 'media.m3u8', bandwidthBps: peakBps(copy), codecs, width, height, frameRate };
    return writeMultivariantPlaylist({ variants: [variant] });
  }
  if (file !== 'review/media.m3u8') return undefined;
  return writeMediaPlaylist({
    // 4.4.3.1: it must not change while the list grows.
    targetDurationMs: longestCopySegmentMs,
    type: ended ? 'VOD' : 'EVENT',
    ended,
    ...(ended ? {} : { startOffsetMs: 0 }),
    independentSegments: true,
    segments: segments.map(({ durationMs }, at) => ({ uri: `${fiveDigits(at)}.ts`, durationMs })),
  });
}

/** Where a segment of the copy lies; undefined where it has none. */
export function reviewCopyFile({ path, segments }: ReviewCopy, file: string): PackageFile | undefined {
  const digits = /^review\/([0-9]{5})\.ts$/.exec(file)?.[1];
  const segment = digits === undefined ? undefined : segments[Number(digits)];
  return segment === undefined ? undefined : { key: `${path}/${digits}.ts`, bytes: segment.bytes };
}
