import { setImmediate } from 'node:timers/promises';
import { activationCell } from '../../media/channel/activation.ts';
import type { Channel } from '../../media/contract/channels.ts';
import { cellsOf, cellStartAtMs } from '../../media/grid/cell.ts';
import type { CardRules } from '../../media/plan/card-content.ts';
import { type CardRange, type WantedCard, isGapRun, wantedCards, withGapCards } from '../../media/plan/gap-cards.ts';
import { plannedRuns } from '../../media/plan/splice.ts';
import type { PlaceLayer } from '../../media/plan/layers.ts';
import type { NamedRevision, Timeline } from '../../media/plan/timeline.ts';
import type { CardFilms } from '../library/card-films.ts';
import type { CategoryStore } from '../places/category-store.ts';
import type { ChannelDocument } from './channel-document.ts';
import type { ChannelOnAir } from './channel-on-air.ts';
import { type CurrentPlaces, type EditParts, editChannel, type Made } from './edit-channel.ts';
import type { OnAir } from './on-air.ts';
import { type RulesOfPlace, wantedAtPlaces, withPlaceCards } from './place-cards.ts';
import { knownLayer, type StoredLayer, type StoredLayers } from './stored-layer.ts';
import type { UpkeepBook } from './upkeep-book.ts';

/** What looking after cards needs. */
export interface CardTendParts extends EditParts {
  readonly onAir: Pick<OnAir, 'channels' | 'find' | 'layerOf' | 'parentOf'>;
  readonly categories: Pick<CategoryStore, 'list'>;
  readonly cardFilms: CardFilms;
  readonly timeZone: string;
  readonly upkeep: UpkeepBook;
}

/** Most cards that one channel with all its places asks for at a time, the soonest first. */
const mostCards = 200;
/** While cards of a channel are being made, its document is written again once a minute, or for gaps that begin within ten. */
const restMs = 60_000;
const soonCells = 150;
const tries = 3;

/** What the cards of a channel say and when they are to be there. */
export function rulesOf(
  channel: Channel,
  { announcements, interruptions = [] }: Pick<ChannelDocument, 'announcements' | 'interruptions'>,
  categories: ReadonlyMap<string, string>,
  { cardFilms, timeZone }: Pick<CardTendParts, 'cardFilms' | 'timeZone'>,
): CardRules {
  const inserted = new Set(interruptions.map(({ id }) => id as string));
  return {
    timeZone,
    channel: channel.name,
    categoryOf: (itemId) => categories.get(announcements[itemId]?.category ?? ''),
    isInserted: (itemId) => inserted.has(itemId),
    idOf: (card) => cardFilms.idOf({ card, package: channel.package }),
  };
}

const rangeAt = ({ gapCardHours }: Channel, atMs: number): CardRange => {
  const fromCell = activationCell(atMs);
  return { fromCell, toCell: fromCell + cellsOf(gapCardHours * 3_600_000) };
};

/** First cell on which two timelines of a channel differ; Infinity where they do not. */
function firstChange(before: Timeline, after: Timeline): number {
  const differs = after.spans.findIndex((span, index) => {
    const other = before.spans[index];
    return other?.fromCell !== span.fromCell || other.cells !== span.cells || other.revision !== span.revision;
  });
  return after.spans[differs]?.fromCell ?? (before.spans.length === after.spans.length ? Infinity : 0);
}

/** Cards each once, the soonest first: what a place and the channel say alike is one card. */
function soonestOf(cards: readonly WantedCard[]): readonly WantedCard[] {
  const once = new Map<string, WantedCard>();
  for (const card of [...cards].sort((a, b) => a.fromCell - b.fromCell))
    if (!once.has(card.id)) once.set(card.id, card);
  return [...once.values()];
}

/** Has the cards of a channel and its places made, and puts those that are there into the gaps. Answers the ids of what it wants. */
async function tendChannel(
  parts: CardTendParts,
  channel: Channel,
  categories: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const known = parts.onAir.find(channel.code);
  if (known === undefined) return [];
  const { timeline } = known.document;
  const layers = await layersOf(parts.onAir, known);
  const atMs = parts.clock();
  const range = rangeAt(channel, atMs);
  const rulesAt: RulesOfPlace = (stored) => rulesOf(channel, stored, categories, parts);
  const all = soonestOf([
    ...wantedCards(timeline, range, rulesOf(channel, known.document, categories, parts)),
    ...wantedAtPlaces({ timeline, layers, parentOf: parts.onAir.parentOf }, range, rulesAt),
  ]);
  parts.upkeep.note(channel.code, 'many-cards', all.length > mostCards);
  const wanted = all.slice(0, mostCards);
  const places = [...layers.values()].map(({ layer }) => layer);
  if (wanted.length === 0 && !hasCards(timeline, places, range.fromCell)) {
    parts.upkeep.note(channel.code, 'slow-cards', false);
    return [];
  }
  const { ready, pending } = await parts.cardFilms.make(wanted.map(({ card }) => ({ card, package: channel.package })));
  const airable = onlyOf(channel.package, ready);
  const withCards = ({ document, layers: own, parentOf }: Omit<CurrentPlaces, 'head'>, at: CardRange) => ({
    timeline: withGapCards(document.timeline, at, rulesOf(channel, document, categories, parts), airable),
    layers: withPlaceCards({ timeline: document.timeline, layers: own, parentOf }, at, rulesAt, airable),
  });
  const next = withCards({ document: known.document, layers, parentOf: parts.onAir.parentOf }, range);
  const isThere = next.timeline === timeline && next.layers === layers;
  const hasRested = pending === 0 || known.head.movedAtMs < atMs - restMs;
  if (isThere) parts.upkeep.note(channel.code, 'slow-cards', false);
  const given = [...next.layers.values()].map(({ layer }) => layer);
  const firstCell = Math.min(firstChange(timeline, next.timeline), firstNewCard(places, given));
  if (!isThere && (hasRested || firstCell < range.fromCell + soonCells)) {
    const make = (current: CurrentPlaces, nowMs: number): Made | undefined => {
      const { document } = current;
      const changed = withCards(current, rangeAt(channel, nowMs));
      if (changed.timeline === document.timeline && changed.layers === current.layers) return undefined;
      const effectiveAtMs = cellStartAtMs(activationCell(nowMs));
      return { document: { ...document, timeline: changed.timeline }, layers: changed.layers, effectiveAtMs };
    };
    const why = { by: 'system', reason: 'cards in gaps' };
    const outcome = await editChannel(parts, { channel: channel.code, why, make }, tries);
    parts.upkeep.note(channel.code, 'slow-cards', outcome === 'too-slow');
  }
  return wanted.map(({ id }) => id);
}

/** What places of a channel have of their own, as this replica holds it; to unpack those of hundreds may take seconds, and lists go before. */
async function layersOf(onAir: CardTendParts['onAir'], known: ChannelOnAir): Promise<StoredLayers> {
  const layers = new Map<string, StoredLayer>();
  for (const [place, { layer: hash }] of Object.entries(known.document.places ?? {})) {
    const unpacked = knownLayer(hash);
    if (unpacked === undefined) await setImmediate();
    const stored = unpacked ?? onAir.layerOf(known, place);
    if (stored !== undefined) layers.set(place, stored);
  }
  return layers;
}

const hasCards = (timeline: Timeline, places: readonly PlaceLayer[], cell: number): boolean =>
  places.some(({ cards }) => cards?.some(({ of }) => of.fromCell > cell)) ||
  plannedRuns(timeline, cell).some((run) => isGapRun(timeline, run));

/** First cell at which a programme begins that gets another card of a place's own; Infinity where none does. */
function firstNewCard(before: readonly PlaceLayer[], after: readonly PlaceLayer[]): number {
  const known = new Set(before.flatMap(({ cards = [] }) => cards.map(({ itemId, of }) => `${of.fromCell} ${itemId}`)));
  const fresh = after
    .flatMap(({ cards = [] }) => cards)
    .filter(({ itemId, of }) => !known.has(`${of.fromCell} ${itemId}`));
  return fresh.reduce((first, { of }) => Math.min(first, of.fromCell), Infinity);
}

/** Cards that the channel's players can play. */
const onlyOf = (kind: Channel['package'], ready: ReadonlyMap<string, NamedRevision>) =>
  new Map([...ready].filter(([, { facts }]) => facts.packages.includes(kind)));

/**
 * Brings the gaps of every channel to what can be shown there. Any replica may do it, at any time: cards are named by what they
 * show, and of two edits at once one goes through. Answers the ids of all cards that are wanted.
 */
export async function tendCards(parts: CardTendParts): Promise<ReadonlySet<string>> {
  const categories = new Map((await parts.categories.list()).map(({ code, name }) => [code, name]));
  const wanted: string[] = [];
  for (const channel of parts.onAir.channels()) wanted.push(...(await tendChannel(parts, channel, categories)));
  return new Set(wanted);
}

/** Deletes cards that no channel wants or shows, catch-up included. */
export async function sweepCards({ onAir, cardFilms }: CardTendParts, wanted: ReadonlySet<string>): Promise<void> {
  const documents = onAir.channels().flatMap(({ code }) => onAir.find(code)?.document ?? []);
  const tables = documents.flatMap(({ timeline, places = {} }) => [timeline, ...Object.values(places)]);
  await cardFilms.sweep(
    (id) => wanted.has(id),
    (revision) => tables.some(({ revisions }) => revision in revisions),
  );
}
