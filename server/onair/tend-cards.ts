import { activationCell } from '../../media/channel/activation.ts';
import type { Channel } from '../../media/contract/channels.ts';
import { cellsOf, cellStartAtMs } from '../../media/grid/cell.ts';
import type { CardRules } from '../../media/plan/card-content.ts';
import { type CardRange, isGapRun, wantedCards, withGapCards } from '../../media/plan/gap-cards.ts';
import { plannedRuns } from '../../media/plan/splice.ts';
import type { NamedRevision, Timeline } from '../../media/plan/timeline.ts';
import type { CardFilms } from '../library/card-films.ts';
import type { CategoryStore } from '../places/category-store.ts';
import type { ChannelDocument } from './channel-document.ts';
import { type Current, type EditParts, editChannel, type Made } from './edit-channel.ts';
import type { OnAir } from './on-air.ts';
import type { UpkeepBook } from './upkeep-book.ts';

/** What looking after cards needs. */
export interface CardTendParts extends EditParts {
  readonly onAir: Pick<OnAir, 'channels' | 'find'>;
  readonly categories: Pick<CategoryStore, 'list'>;
  readonly cardFilms: CardFilms;
  readonly timeZone: string;
  readonly upkeep: UpkeepBook;
}

/** Most cards that one channel asks for at a time, the soonest first. */
const mostCards = 200;
/** While cards of a channel are being made, its document is written again once a minute, or for gaps that begin within ten. */
const restMs = 60_000;
const soonCells = 150;
const tries = 3;

/** What the cards of a channel say and when they are to be there. */
export function rulesOf(
  channel: Channel,
  { announcements, interruptions = [] }: ChannelDocument,
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

/** Has the cards of a channel made, and puts those that are there into its gaps. Answers the ids of what it wants. */
async function tendChannel(
  parts: CardTendParts,
  channel: Channel,
  categories: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const known = parts.onAir.find(channel.code);
  if (known === undefined) return [];
  const { timeline } = known.document;
  const atMs = parts.clock();
  const range = rangeAt(channel, atMs);
  const all = wantedCards(timeline, range, rulesOf(channel, known.document, categories, parts));
  parts.upkeep.note(channel.code, 'many-cards', all.length > mostCards);
  const wanted = all.slice(0, mostCards);
  if (wanted.length === 0 && !hasCards(timeline, range.fromCell)) {
    parts.upkeep.note(channel.code, 'slow-cards', false);
    return [];
  }
  const { ready, pending } = await parts.cardFilms.make(wanted.map(({ card }) => ({ card, package: channel.package })));
  const airable = onlyOf(channel.package, ready);
  const withCards = (document: ChannelDocument, at: CardRange): Timeline =>
    withGapCards(document.timeline, at, rulesOf(channel, document, categories, parts), airable);
  const next = withCards(known.document, range);
  const hasRested = pending === 0 || known.head.movedAtMs < atMs - restMs;
  if (next === timeline) parts.upkeep.note(channel.code, 'slow-cards', false);
  const isDue = hasRested || firstChange(timeline, next) < range.fromCell + soonCells;
  if (next !== timeline && isDue) {
    const make = ({ document }: Current, nowMs: number): Made | undefined => {
      const changed = withCards(document, rangeAt(channel, nowMs));
      if (changed === document.timeline) return undefined;
      return { document: { ...document, timeline: changed }, effectiveAtMs: cellStartAtMs(activationCell(nowMs)) };
    };
    const why = { by: 'system', reason: 'cards in gaps' };
    const outcome = await editChannel(parts, { channel: channel.code, why, make }, tries);
    parts.upkeep.note(channel.code, 'slow-cards', outcome === 'too-slow');
  }
  return wanted.map(({ id }) => id);
}

const hasCards = (timeline: Timeline, cell: number): boolean =>
  plannedRuns(timeline, cell).some((run) => isGapRun(timeline, run));

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
  const timelines = onAir.channels().flatMap(({ code }) => onAir.find(code)?.document.timeline ?? []);
  await cardFilms.sweep(
    (id) => wanted.has(id),
    (revision) => timelines.some(({ revisions }) => revision in revisions),
  );
}
