import { z } from 'zod';
import type { PlaceLayer } from './layers.ts';
import {
  epochSchema,
  interruptSchema,
  itemSchema,
  revisionFactsSchema,
  runSchema,
  slotSchema,
} from './timeline-schema.ts';

const ownCardSchema = z.strictObject({
  itemId: z.string(),
  revision: z.string(),
  of: z.strictObject({
    itemId: z.string(),
    filmId: z.string(),
    title: z.string(),
    mustWatch: z.boolean(),
    fromCell: z.number().int(),
  }),
});

/** Reads a stored layer of a place back. */
export const placeLayerSchema: z.ZodType<PlaceLayer> = z.strictObject({
  fromCell: z.number().int().nonnegative(),
  firstDsn: z.number().int(),
  epochs: z.array(epochSchema).min(1),
  airing: z.array(runSchema),
  quiet: z.array(runSchema).exactOptional(),
  cards: z.array(ownCardSchema).exactOptional(),
  planned: z.array(runSchema),
  interrupts: z.array(interruptSchema),
  revisions: z.record(z.string(), revisionFactsSchema),
  items: z.record(z.string(), itemSchema),
  itemSlots: z.array(slotSchema).exactOptional(),
});
