import { z } from 'zod';
import { highestRungs } from '../film/ladder.ts';
import { markPresets, markThresholdsSchema } from '../film/technical-check.ts';
import { personTextSchema } from './endpoint.ts';

const given = {
  countyName: personTextSchema(60),
  /** How long what aired can be caught up. */
  catchUpDays: z.number().int().min(1).max(365),
  /** Target of every film's sound; EBU R 128 (house profile, section 2). */
  loudnessLufs: z.number().min(-31).max(-14),
  /** Whether uploaded files are kept once a film is ready; without them a film cannot be encoded anew. */
  keepOriginals: z.boolean(),
  /** Whether films of 2160 lines are encoded as HEVC too, for screens that decode it. */
  hevc2160p: z.boolean(),
  /** What ladders begin with at the highest; a film has no rung above its own picture in any case. */
  highestRung: z.enum(highestRungs),
  /** How long figures of how well pictures played are kept, by the hour. */
  qualityDays: z.number().int().min(1).max(90),
  /** From where on the technical check shows a mark; all of them at once. */
  technicalCheck: markThresholdsSchema,
};

/** What the county decides for itself; dated, audited; the values here are presets. */
export const countySettingsSchema = z.object({
  countyName: given.countyName.default('示范县'),
  catchUpDays: given.catchUpDays.default(30),
  loudnessLufs: given.loudnessLufs.default(-23),
  keepOriginals: given.keepOriginals.default(true),
  hevc2160p: given.hevc2160p.default(false),
  highestRung: given.highestRung.default('2160p'),
  qualityDays: given.qualityDays.default(30),
  technicalCheck: given.technicalCheck.default(markPresets),
});
export type CountySettings = z.infer<typeof countySettingsSchema>;

/** What can be changed, each alone. */
export const countySettingsChangeSchema = z.strictObject({
  countyName: given.countyName.optional(),
  catchUpDays: given.catchUpDays.optional(),
  loudnessLufs: given.loudnessLufs.optional(),
  keepOriginals: given.keepOriginals.optional(),
  hevc2160p: given.hevc2160p.optional(),
  highestRung: given.highestRung.optional(),
  qualityDays: given.qualityDays.optional(),
  technicalCheck: given.technicalCheck.optional(),
});
