import { z } from 'zod';
import { subtitleFindings } from './subtitle-finding-text.ts';

type Code = keyof typeof subtitleFindings;

export const subtitleFindingSchema = z.object({
  /** A file with an error is refused; a warning is told. */
  severity: z.enum(['error', 'warning']),
  /** 1-based line of the file. */
  line: z.number().int(),
  code: z.enum(Object.keys(subtitleFindings) as [Code, ...Code[]]),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type SubtitleFinding = z.infer<typeof subtitleFindingSchema>;
