import { LRUCache } from 'lru-cache';
import { cellStartAtMs } from '../../media/grid/cell.ts';
import { guideRows } from '../../media/plan/guide.ts';
import { layeredPlaces, type ParentOf, placeView } from '../../media/plan/settle-layers.ts';
import { type Timeline, tailCell } from '../../media/plan/timeline.ts';
import { present } from '../http/present.ts';
import type { Announcement, ChannelDocument } from './channel-document.ts';
import type { ChannelOnAir } from './channel-on-air.ts';
import { type StoredLayer, type StoredLayers, unpackLayer } from './stored-layer.ts';

/** A channel as a place sees it: the place's own timeline, board and interruptions; the channel itself without a place. */
export type PlaceSight = (onAir: ChannelOnAir, place: string | undefined) => ChannelOnAir;

/** Timelines of places that are kept in memory; whoever is not among them is computed again, in about a millisecond. */
const keptSights = 256;

export function createPlaceSight(parentOf: ParentOf): PlaceSight {
  const sights = new LRUCache<string, ChannelDocument>({ max: keptSights });
  return (onAir, place) => {
    if (place === undefined) return onAir;
    const entries = onAir.document.places ?? {};
    const chain = layeredPlaces({ has: (code) => Object.hasOwn(entries, code) }, parentOf, place);
    const owner = chain.at(-1);
    if (owner === undefined) return { ...onAir, place };
    const name = `${onAir.head.document}.${owner}`;
    const known = sights.get(name);
    const document = known ?? documentOf(onAir, chain, parentOf);
    if (known === undefined) sights.set(name, document);
    // Whoever remembers what a document says remembers it under another name for each place that has its own.
    return { ...onAir, head: { ...onAir.head, document: name }, document, place, owner };
  };
}

/** The layer of a place from what this replica holds. */
export function layerIn({ document, layers = {} }: ChannelOnAir, place: string): StoredLayer | undefined {
  const hash = document.places?.[place]?.layer;
  const bytes = hash === undefined ? undefined : layers[hash];
  return hash === undefined || bytes === undefined
    ? undefined
    : unpackLayer({ hash, bytes: Buffer.from(bytes, 'base64') });
}

/** Layers that are asked for again and again; a layer never changes under its name. */
export function rememberedLayers(): (onAir: ChannelOnAir, place: string) => StoredLayer | undefined {
  const unpacked = new LRUCache<string, StoredLayer>({ max: keptSights });
  return (onAir, place) => {
    const hash = onAir.document.places?.[place]?.layer;
    if (hash === undefined) return undefined;
    const layer = unpacked.get(hash) ?? layerIn(onAir, place);
    if (layer !== undefined) unpacked.set(hash, layer);
    return layer;
  };
}

/** All layers of a channel that this replica holds. */
export const layersIn = (onAir: ChannelOnAir): StoredLayers =>
  new Map(
    Object.keys(onAir.document.places ?? {}).flatMap((place) => {
      const stored = layerIn(onAir, place);
      return stored === undefined ? [] : [[place, stored] as const];
    }),
  );

function documentOf(onAir: ChannelOnAir, chain: readonly string[], parentOf: ParentOf): ChannelDocument {
  const own = new Map<string, StoredLayer>();
  for (const place of chain) {
    const stored = layerIn(onAir, place);
    if (stored !== undefined) own.set(place, stored);
  }
  const { document } = onAir;
  const layers = new Map([...own].map(([place, { layer }]) => [place, layer]));
  const { timeline } = placeView(document.timeline, layers, parentOf, chain.at(-1) ?? '');
  const stored = [...own.values()];
  const interruptions = [...(document.interruptions ?? []), ...stored.flatMap((each) => each.interruptions)].sort(
    (a, b) => a.fromCell - b.fromCell,
  );
  const { format, sampleUntilAtMs } = document;
  return {
    format,
    ...present({ sampleUntilAtMs }),
    timeline,
    interruptions,
    announcements: announcementsSeen(document, timeline, stored),
  };
}

/** What people of a place are told: items of the channel as far as they air here, and its own. */
function announcementsSeen(
  { announcements }: ChannelDocument,
  timeline: Timeline,
  stored: readonly StoredLayer[],
): ChannelDocument['announcements'] {
  const rows = new Map(
    guideRows(timeline, timeline.fromCell, tailCell(timeline))
      .filter(({ id, itemId }) => id === itemId)
      .map((row) => [row.id, row]),
  );
  const changes = stored.reduce((sum, each) => sum + each.changes, 0);
  const asSeen = (itemId: string, told: Announcement): Announcement => {
    const row = rows.get(itemId);
    const more = told.changes + changes;
    if (row === undefined) {
      const isDisplaced = !told.cancelled && told.endAtMs > cellStartAtMs(timeline.fromCell);
      return isDisplaced ? { ...told, changes: more, cancelled: true } : { ...told, changes: more };
    }
    return { ...told, changes: more, startAtMs: row.startAtMs, endAtMs: row.endAtMs };
  };
  const all = Object.assign({}, announcements, ...stored.map((each) => each.announcements)) as Record<
    string,
    Announcement
  >;
  return Object.fromEntries(Object.entries(all).map(([itemId, told]) => [itemId, asSeen(itemId, told)]));
}
