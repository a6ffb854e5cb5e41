import { z } from 'zod';
import { idSchema } from '../contract/ids.ts';
import { channelCertificateSchema, earlierCertificateSchema } from './channel-certificate.ts';
import { chapterSchema } from './chapters.ts';

/** One stored file of a package. */
export const packageFileSchema = z.object({ bytes: z.number().int().positive(), sha256: z.string().length(64) });

/** [fromByte, fromByte + bytes) of a file. */
export const byteRangeSchema = z.object({ fromByte: z.number().int().min(0), bytes: z.number().int().positive() });
export type ByteRange = z.infer<typeof byteRangeSchema>;

/** A run of segments that one encode attempt made; `path` is its folder as a storage key. Chunks tile [0, segments). */
export const packageChunkSchema = z.object({
  firstSegment: z.number().int().min(0),
  segments: z.number().int().positive(),
  path: z.string(),
});

/** One rung of a package; `bandwidthBps` is the house bound that playlists declare, peak and average were measured. */
export const packageRungSchema = z.object({
  name: z.string(),
  width: z.number().int().min(0),
  height: z.number().int().min(0),
  codecs: z.string(),
  frameRate: z.number(),
  bandwidthBps: z.number().int().positive(),
  averageBps: z.number().int().positive(),
  peakBps: z.number().int().positive(),
  /** One entry a segment, in order. */
  files: z.array(packageFileSchema),
  /** Where the key frames of each segment stand; on the rung that has an I-frame playlist. */
  keyFrames: z.array(z.array(byteRangeSchema)).optional(),
});

export const packageTrackSchema = z.object({
  /** BCP 47. */
  language: z.string(),
  name: z.string(),
  isDefault: z.boolean(),
  /** Folder as a storage key: `init.mp4` and `00000.m4s` for audio, `00000.vtt` for subtitles. */
  path: z.string(),
  codecs: z.string().optional(),
  averageBps: z.number().int().optional(),
  peakBps: z.number().int().optional(),
  files: z.array(packageFileSchema),
});

/**
 * `manifest.json` of a revision, written last: nothing is a film until it is there and verified (house-profile.md 2).
 * Segment `n` of rung `r` of package `ts` is `{chunk.path}/{r}/{n as 5 digits}.ts`; `cmaf` likewise with `init.mp4` and `.m4s`.
 */
export const packageManifestSchema = z.object({
  schema: z.literal(1),
  revision: idSchema,
  /** The revision whose pictures and main sound it refers to, where tracks were added. */
  base: idSchema.optional(),
  recipe: z.string(),
  sourceSha256: z.string().length(64),
  /** True length for people; segments last `segments` times 4,000 ms. */
  durationMs: z.number().int().positive(),
  segments: z.number().int().positive(),
  frameRate: z.number(),
  /** Highest first. */
  ts: z.object({ rungs: z.array(packageRungSchema), chunks: z.array(packageChunkSchema) }),
  cmaf: z
    .object({
      rungs: z.array(packageRungSchema.extend({ init: z.string(), initFile: packageFileSchema })),
      chunks: z.array(packageChunkSchema),
      audio: z.array(packageTrackSchema),
      /** The same texts as `subtitles`, on this package's clock: its film time 0 is timestamp 0, in `ts` it is 126,000. */
      subtitles: z.array(packageTrackSchema),
    })
    .optional(),
  languages: z.array(z.string()),
  subtitles: z.array(packageTrackSchema),
  /** Storage keys of JPEG pictures; the first is shown. */
  posters: z.array(z.string()),
  storyboard: z
    .object({
      tiles: z.array(z.string()),
      columns: z.number(),
      rows: z.number(),
      tileWidth: z.number(),
      tileHeight: z.number(),
      everyMs: z.number(),
    })
    .optional(),
  loudness: z.object({
    measuredLufs: z.number().nullable(),
    targetLufs: z.number(),
    /** Of the source, dBTP; absent in manifests of earlier versions. */
    truePeakDb: z.number().nullable().optional(),
  }),
  /** Those of the source, in order; absent where it has none. */
  chapters: z.array(chapterSchema).optional(),
  /** What was changed on the way, as codes that screens put into words (`scaled`, `deinterlaced`, `silence_added` ...). */
  conversions: z.array(z.string()),
  /** Technical check: what a reviewer should look at, as `Mark` of technical-check.ts; a county is shown a part of them. */
  marks: z.array(
    z.object({
      kind: z.string(),
      fromMs: z.number(),
      toMs: z.number(),
      value: z.number().optional(),
      detail: z.string().optional(),
    }),
  ),
  /** The channel-ready certificate; a film without one can be watched, but not planned. */
  channelReady: z.union([channelCertificateSchema, earlierCertificateSchema]).optional(),
});
export type PackageManifest = z.infer<typeof packageManifestSchema>;
export type PackageRung = z.infer<typeof packageRungSchema>;
