import { urgentActivationCell } from '../../media/channel/activation.ts';
import { cellAt } from '../../media/grid/cell.ts';
import type { ParentOf } from '../../media/plan/settle-layers.ts';
import { dropBefore } from '../../media/plan/splice.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import { AppError } from '../errors.ts';
import type { PlaceStore } from '../places/place-store.ts';
import type { Announcing } from './announcements.ts';
import type { ChannelDocument, PackedDocument, PlaceEntry } from './channel-document.ts';
import type { Head, HeadMove, HeadStore, Publication } from './head-store.ts';
import { settlePlaces } from './settle-places.ts';
import { knownLayer, packLayer, type StoredLayer, type StoredLayers, unpackLayer } from './stored-layer.ts';

/** What editing a channel needs. */
export interface EditParts {
  readonly clock: () => number;
  readonly heads: HeadStore;
  readonly places: Pick<PlaceStore, 'parents'>;
  /** Days of catch-up that are kept. */
  readonly catchUpDays: () => Promise<number>;
}

/** A document with the head that names it. */
export interface Current {
  readonly head: Head;
  readonly document: ChannelDocument;
}

/** The same with what places have of their own. */
export interface CurrentPlaces extends Current {
  readonly layers: StoredLayers;
  readonly parentOf: ParentOf;
}

/** One change of what airs. */
export interface ChannelEdit {
  readonly channel: string;
  readonly why: Pick<HeadMove, 'by' | 'reason'>;
  /** Named where the edit publishes a plan. */
  readonly planId?: string;
  /** Makes the next document from the current one as of an instant, now or soon; undefined when nothing is to change. */
  readonly make: (current: CurrentPlaces, atMs: number) => Made | undefined;
}

/** A new document, and from when on it differs. */
export interface Made {
  readonly document: ChannelDocument;
  readonly effectiveAtMs: number;
  /** Layers of places, where the edit is about one of them; all of them follow from the document anyway. */
  readonly layers?: StoredLayers;
  /** Who tells people of what changes at places. @defaultValue the office */
  readonly announcing?: Announcing;
}

/** From the computation to the moved head at most this long, or cells may be listed meanwhile: then it is computed anew. */
const longestMoveMs = 2000;
const dayCells = 21_600;
/** Whoever was too slow twice would keep the server from all else by more tries. */
const slowTries = 2;

/** The current document from the database; 503 `starting` before the channel's first one. */
export async function currentOf({ heads }: Pick<EditParts, 'heads'>, channel: string): Promise<Current> {
  const head = await heads.of(channel);
  if (head === undefined) {
    throw new AppError('starting', 'The channel is being prepared. Try again in a few seconds.', { retryAfterS: 5 });
  }
  return { head, document: await heads.document(head.document) };
}

/** The last plan that was published of a channel, or of a place on it. */
export async function publicationOn(
  parts: Pick<EditParts, 'heads'>,
  { channel, place }: { readonly channel: string; readonly place?: string },
): Promise<Publication | undefined> {
  const { head, document } = await currentOf(parts, channel);
  if (place === undefined) return head.publication;
  const hash = document.places?.[place]?.layer;
  const bytes = hash === undefined ? undefined : (await parts.heads.layers([hash])).get(hash);
  return hash === undefined || bytes === undefined ? undefined : unpackLayer({ hash, bytes }).publication;
}

/** The layers that a document names, and who lies above whom. */
export async function withPlaces(
  { heads, places }: Pick<EditParts, 'heads' | 'places'>,
  current: Current,
): Promise<CurrentPlaces> {
  const entries = Object.entries(current.document.places ?? {});
  const known = new Map(entries.map(([, { layer }]) => [layer, knownLayer(layer)]));
  const unknown = [...known].flatMap(([hash, layer]) => (layer === undefined ? [hash] : []));
  const packed = unknown.length === 0 ? new Map<string, Buffer>() : await heads.layers(unknown);
  const layers = entries.flatMap(([place, { layer: hash }]) => {
    const bytes = packed.get(hash);
    const layer = known.get(hash) ?? (bytes && unpackLayer({ hash, bytes }));
    return layer === undefined ? [] : [[place, layer] as const];
  });
  const parents = await places.parents();
  return { ...current, layers: new Map(layers), parentOf: (place) => parents[place] };
}

/** The document with the layers of its places as they follow from it, and those that nobody has stored yet. */
function documentWithPlaces(
  { document, layers: before, parentOf }: CurrentPlaces,
  made: Made,
  kept: Timeline,
  atMs: number,
): { readonly document: ChannelDocument; readonly fresh: readonly PackedDocument[] } {
  const { timeline } = made.document;
  const settled = settlePlaces(made.layers ?? before, parentOf, {
    timeline,
    kept,
    activationCell: Math.max(cellAt(made.effectiveAtMs), urgentActivationCell(atMs)),
    announcing: made.announcing ?? { atMs, planId: '', categoryOf: () => undefined },
  });
  if (settled.size === 0) return { document: { ...made.document, timeline: kept }, fresh: [] };
  const fresh: PackedDocument[] = [];
  const entryOf = (place: string, layer: StoredLayer): PlaceEntry => {
    const known = document.places?.[place];
    // What is the same object as before has the name that it had: to find it again would take longer than all else.
    if (known !== undefined && layer === before.get(place)) return known;
    const { entry, pack } = packLayer(layer);
    if (known?.layer !== entry.layer) fresh.push(pack());
    return entry;
  };
  const places = Object.fromEntries([...settled].map(([place, layer]) => [place, entryOf(place, layer)]));
  return { document: { ...made.document, timeline: kept, places }, fresh };
}

/**
 * Forgets what catch-up no longer keeps, a day late, so that nothing leaves while somebody watches it; once a day, for places
 * with items of their own are written anew by it.
 */
const withinRetention = (timeline: Timeline, atMs: number, days: number): Timeline =>
  dropBefore(timeline, Math.floor(cellAt(atMs) / dayCells - days - 1) * dayCells);

/** What an edit came to. */
export type EditOutcome = 'moved' | 'unchanged' | 'overtaken' | 'too-slow';

/** What people are told whose edit did not go through; nothing has changed then. */
export function refusedEdit(outcome: 'overtaken' | 'too-slow', cure: string): AppError {
  if (outcome === 'overtaken') return new AppError('stale', `The channel is being changed without a pause. ${cure}`);
  const what =
    'So many places of this channel have items of their own that this changes that it could not be worked out in time, and nothing was changed.';
  return new AppError(
    'wrong_state',
    `${what} Wait until the server is less busy, or have places plan fewer days ahead.`,
  );
}

interface Try {
  /** Days of catch-up to keep; undefined forgets nothing. */
  readonly days: number | undefined;
  /** How much later than now the edit is worked out for. */
  readonly aheadMs: number;
}

/** Tries an edit once: computes, checks that it is still in time, moves the head by compare-and-set. */
async function tryEdit(parts: EditParts, edit: ChannelEdit, { days, aheadMs }: Try): Promise<EditOutcome> {
  const current = await withPlaces(parts, await currentOf(parts, edit.channel));
  const atMs = parts.clock() + aheadMs;
  const made = edit.make(current, atMs);
  if (made === undefined) return 'unchanged';
  const { timeline: whole } = made.document;
  const timeline = days === undefined ? whole : withinRetention(whole, atMs, days);
  const { interruptions } = made.document;
  const kept = interruptions?.filter(({ toCell = Infinity }) => toCell > timeline.fromCell);
  const settled = documentWithPlaces(current, made, timeline, atMs);
  const document = { ...settled.document, ...(kept === undefined ? {} : { interruptions: kept }) };
  await parts.heads.keepLayers(edit.channel, settled.fresh, atMs);
  if (parts.clock() - atMs > longestMoveMs) return 'too-slow';
  const movedAtMs = parts.clock();
  const published =
    edit.planId === undefined
      ? current.head.publication
      : { planId: edit.planId, atMs: movedAtMs, effectiveAtMs: made.effectiveAtMs };
  const why = { ...edit.why, movedAtMs, ...(published === undefined ? {} : { publication: published }) };
  const head = await parts.heads.move(current.head, document, why);
  return head === undefined ? 'overtaken' : 'moved';
}

/**
 * Changes what airs; exactly one of two edits at once goes through, the other is `overtaken` and may be computed anew. What is
 * too slow is worked out again for as much later as it took and forgets nothing old: a cut of very many places comes late
 * rather than not at all.
 */
export async function editChannel(parts: EditParts, edit: ChannelEdit, tries: number): Promise<EditOutcome> {
  const days = await parts.catchUpDays();
  let outcome: EditOutcome = 'overtaken';
  let slow = 0;
  let aheadMs = 0;
  for (let attempt = 0; attempt < tries && slow < slowTries; attempt += 1) {
    const beganAtMs = parts.clock();
    outcome = await tryEdit(parts, edit, { days: slow > 0 ? undefined : days, aheadMs });
    if (outcome === 'moved' || outcome === 'unchanged') return outcome;
    if (outcome !== 'too-slow') continue;
    slow += 1;
    aheadMs = parts.clock() - beganAtMs;
  }
  return outcome;
}
