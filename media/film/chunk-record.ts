import { z } from 'zod';
import { idSchema } from '../contract/ids.ts';
import { segmentParametersSchema } from './channel-certificate.ts';
import { byteRangeSchema, packageFileSchema } from './package-manifest.ts';
import { pictureCheckSchema } from './technical-check.ts';

const rungFilesSchema = z.object({
  name: z.string(),
  /** RFC 6381 string of what is in the segments. */
  codecs: z.string(),
  /** What a player has to be set up for, read from the first segment; absent in records of earlier versions. */
  parameters: segmentParametersSchema.optional(),
  /** One entry a cell, in order. */
  files: z.array(packageFileSchema),
  /** Where the key frames of each segment stand; on one rung of package ts. */
  keyFrames: z.array(z.array(byteRangeSchema)).optional(),
});

/**
 * `chunks/{chunk}.json`: this chunk is whole and was checked. Segment `n` of rung `r` is `{path}/{r}/{n as 5 digits}.ts`,
 * of package cmaf `{path}/cmaf/{r}/{n}.m4s`, where `n` counts from the film's start. A growing playlist is built from these.
 */
export const chunkRecordSchema = z.object({
  schema: z.literal(1),
  revision: idSchema,
  chunk: z.number().int().min(0),
  firstCell: z.number().int().min(0),
  cells: z.number().int().positive(),
  /** Folder as a storage key, without a slash at its end. */
  path: z.string(),
  /** Highest first. */
  ts: z.array(rungFilesSchema),
  /** `init` is a file of `{path}/cmaf/{r}/`; it is the same bytes in every chunk of a rung. */
  cmaf: z.array(rungFilesSchema.extend({ initFile: packageFileSchema })).optional(),
  /** JPEG thumbnails, one a cell, joined into one file `{path}/thumbnails.mjpeg`. */
  thumbnails: z.boolean(),
  /** Complaints of the decoder: a damaged source. */
  errorLines: z.number().int().min(0),
  /** Absent in records of earlier versions. */
  check: pictureCheckSchema.optional(),
});
export type ChunkRecord = z.infer<typeof chunkRecordSchema>;
