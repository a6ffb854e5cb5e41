import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { canonicalJson } from '../../media/plan/canonical-json.ts';
import { timelineSchema } from '../../media/plan/timeline-schema.ts';
import { interruptionRecordSchema } from './interruption.ts';

/** What people were told about an item, so that boards and calendars know what is new, moved or gone. */
export const announcementSchema = z.strictObject({
  /** When it first stood on a published plan, UTC ms. */
  firstPublishedAtMs: z.number(),
  /** Changes since then: the SEQUENCE of calendars (RFC 5545 3.8.7.4). */
  changes: z.number().int().nonnegative(),
  /** Plan that put it there. */
  planId: z.string(),
  title: z.string(),
  category: z.string().exactOptional(),
  startAtMs: z.number(),
  endAtMs: z.number(),
  /** What was announced first, and when that changed last; absent while nothing changed. */
  was: z.strictObject({ title: z.string(), startAtMs: z.number() }).exactOptional(),
  changedAtMs: z.number().exactOptional(),
  /** It will not air although it was announced. */
  cancelled: z.boolean(),
});
export type Announcement = z.infer<typeof announcementSchema>;

/** What a place has of its own on a channel. */
const placeEntrySchema = z.strictObject({
  /** Hash of its layer. */
  layer: z.string(),
  /** Films of the layer's revisions, by revision. */
  revisions: z.record(z.string(), z.string()),
  /** How far a cut that nobody has ended is compiled. */
  cutToCell: z.number().int().exactOptional(),
  /** It has items whose films may be late. */
  hasItemSlots: z.literal(true).exactOptional(),
});
export type PlaceEntry = z.infer<typeof placeEntrySchema>;

/** What is published of a channel, in one immutable piece: what airs, and what was announced, by item. */
export const channelDocumentSchema = z.strictObject({
  format: z.literal(1),
  timeline: timelineSchema,
  announcements: z.record(z.string(), announcementSchema),
  /** Cuts and insertions as far back as catch-up reaches, oldest first. */
  interruptions: z.array(interruptionRecordSchema).exactOptional(),
  /** Places that air something of their own, by code; all others air what the place above them airs. */
  places: z.record(z.string(), placeEntrySchema).exactOptional(),
  /** What aired before this instant is sample history and never really did. */
  sampleUntilAtMs: z.number().exactOptional(),
});
export type ChannelDocument = z.infer<typeof channelDocumentSchema>;

/** A document as it is stored: named by its content, so that it can be checked and never changes. */
export interface PackedDocument {
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
  /** The text, gzipped. */
  readonly bytes: Buffer;
}

/** SHA-256 of a text, in hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Packs a document; equal documents give an equal hash. */
export function packDocument(document: ChannelDocument): PackedDocument {
  const text = canonicalJson(document);
  return { hash: hashOf(text), bytes: gzipSync(text) };
}

/** Unpacks and checks a stored document; throws when its bytes are not what its name says. */
export function unpackDocument({ hash, bytes }: PackedDocument): ChannelDocument {
  const text = gunzipSync(bytes).toString('utf8');
  if (hashOf(text) !== hash) throw new Error(`The stored timeline ${hash} was damaged. Restore it from a backup.`);
  return channelDocumentSchema.parse(JSON.parse(text));
}
