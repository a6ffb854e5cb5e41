import { z } from 'zod';
import type { Timeline } from './timeline.ts';

const cell = z.number().int().nonnegative();
const count = z.number().int().positive();

export const runSchema = z.strictObject({
  fromCell: cell,
  cells: count,
  revision: z.string(),
  firstSegment: z.number().int().nonnegative(),
  itemId: z.string().exactOptional(),
});

export const revisionFactsSchema = z.strictObject({
  filmId: z.string(),
  title: z.string(),
  segments: count,
  durationMs: z.number().nonnegative(),
  rungs: z.array(z.string()),
  packages: z.array(z.enum(['ts', 'cmaf'])),
  languages: z.array(z.string()).exactOptional(),
});

export const itemSchema = z.strictObject({
  filmId: z.string(),
  title: z.string(),
  kind: z.enum(['item', 'filler']),
  mustWatch: z.boolean(),
  note: z.string().exactOptional(),
  insteadOf: z.string().exactOptional(),
  announces: z.union([z.literal('next'), z.array(cell)]).exactOptional(),
});

export const slotSchema = z.strictObject({
  itemId: z.string(),
  fromCell: cell,
  cells: count,
  filmIds: z.tuple([z.string()], z.string()),
  title: z.string(),
  mustWatch: z.boolean(),
  note: z.string().exactOptional(),
});

export const interruptSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['cut', 'insertion']),
  fromCell: cell,
  toCell: cell.exactOptional(),
  revision: z.string().exactOptional(),
  itemId: z.string().exactOptional(),
  resumes: runSchema.exactOptional(),
});

export const epochSchema = z.strictObject({ name: z.string(), baseCell: cell, baseDsn: z.number().int() });

/** Reads a stored timeline back; also refuses spans with holes, for a hole would be a blank screen. */
export const timelineSchema: z.ZodType<Timeline> = z
  .strictObject({
    format: z.literal(1),
    channel: z.string(),
    epochs: z.array(epochSchema).min(1),
    fromCell: cell,
    firstDsn: z.number().int(),
    spans: z.array(runSchema.extend({ dsn: z.number().int() })),
    slate: z.string(),
    interrupts: z.array(interruptSchema),
    planned: z.array(runSchema).exactOptional(),
    open: z.array(z.strictObject({ fromCell: cell, toCell: cell, title: z.string() })).exactOptional(),
    withdrawn: z.array(z.string()),
    revisions: z.record(z.string(), revisionFactsSchema),
    items: z.record(z.string(), itemSchema),
    itemSlots: z.array(slotSchema).exactOptional(),
  })
  .superRefine((timeline, context) => {
    let next = timeline.fromCell;
    for (const [index, span] of timeline.spans.entries()) {
      if (span.fromCell !== next) {
        context.addIssue({ code: 'custom', path: ['spans', index], message: `Cell ${next} has no span.` });
      }
      next = span.fromCell + span.cells;
    }
    const used = [timeline.slate, ...timeline.spans.map((span) => span.revision)];
    const unknown = used.find((revision) => !Object.hasOwn(timeline.revisions, revision));
    if (unknown !== undefined) context.addIssue({ code: 'custom', message: `Revision ${unknown} has no facts.` });
  });
