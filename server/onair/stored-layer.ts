import { gunzipSync, gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { canonicalJson } from '../../media/plan/canonical-json.ts';
import { placeLayerSchema } from '../../media/plan/layer-schema.ts';
import type { PlaceLayer } from '../../media/plan/layers.ts';
import { announcementSchema, hashOf } from './channel-document.ts';
import type { PackedDocument, PlaceEntry } from './channel-document.ts';
import { publicationSchema } from './head-store.ts';
import { interruptionRecordSchema, openCut } from './interruption.ts';

/** What a place has of its own on a channel, in one immutable piece beside the channel's document, which names it. */
const storedLayerSchema = z.strictObject({
  format: z.literal(1),
  layer: placeLayerSchema,
  /** What people of the place were told of its own items. */
  announcements: z.record(z.string(), announcementSchema),
  /** Cuts and insertions of this place alone, oldest first. */
  interruptions: z.array(interruptionRecordSchema),
  /** How often what the place airs of its own has changed. */
  changes: z.number().int().nonnegative(),
  /** The last plan of the place that was published. */
  publication: publicationSchema.exactOptional(),
});
export type StoredLayer = z.infer<typeof storedLayerSchema>;

/** Layers of a channel by code of the place. */
export type StoredLayers = ReadonlyMap<string, StoredLayer>;

/** A layer as it is stored, and how the channel's document names it; the bytes are made when somebody has to keep them. */
export interface PackedLayer {
  readonly entry: PlaceEntry;
  readonly pack: () => PackedDocument;
}

/** Packs a layer; equal layers give an equal hash. */
export function packLayer(stored: StoredLayer): PackedLayer {
  const text = canonicalJson(stored);
  const hash = hashOf(text);
  const revisions = Object.entries(stored.layer.revisions).map(([revision, { filmId }]) => [revision, filmId] as const);
  const cut = openCut(stored.interruptions);
  const cutToCell = stored.layer.interrupts.find(({ id }) => id === cut?.id)?.toCell;
  return {
    entry: {
      layer: hash,
      revisions: Object.fromEntries(revisions),
      ...(cutToCell === undefined ? {} : { cutToCell }),
      ...(stored.layer.itemSlots?.length ? { hasItemSlots: true as const } : {}),
    },
    pack: () => {
      unpacked.set(hash, stored, { size: text.length });
      return { hash, bytes: gzipSync(text) };
    },
  };
}

/** Text of layers that are kept unpacked, in characters: a place with thirty items a day for a month has about 0.4 million. */
const keptCharacters = 256 * 1024 * 1024;
const unpacked = new LRUCache<string, StoredLayer>({ maxSize: keptCharacters });

/** A layer that was packed or unpacked here before; its name is its content, so it never changes. */
export const knownLayer = (hash: string): StoredLayer | undefined => unpacked.get(hash);

/** Unpacks and checks a stored layer; throws when its bytes are not what its name says. */
export function unpackLayer({ hash, bytes }: PackedDocument): StoredLayer {
  const text = gunzipSync(bytes).toString('utf8');
  if (hashOf(text) !== hash) throw new Error(`The stored layer ${hash} was damaged. Restore it from a backup.`);
  const stored = storedLayerSchema.parse(JSON.parse(text));
  unpacked.set(hash, stored, { size: text.length });
  return stored;
}

/** Layers with that of one place changed; it begins with `first` where the place has none. */
export function withLayer(
  layers: StoredLayers,
  place: string,
  change: (stored: StoredLayer) => StoredLayer,
  first: PlaceLayer,
): StoredLayers {
  const empty = { format: 1, layer: first, announcements: {}, interruptions: [], changes: 0 } as const;
  return new Map([...layers, [place, change(layers.get(place) ?? { ...empty, interruptions: [] })]]);
}
