import { CARD_CELLS } from '../contract/gap-card.ts';
import { cardTitles } from '../film/card-picture.ts';
import { cellStartAtMs } from '../grid/cell.ts';
import { civilDateOf } from '../grid/civil-time.ts';
import { type Run, cutRun, endCell, replaceRuns } from '../grid/span.ts';
import { canonicalJson } from './canonical-json.ts';
import type { CardRules, Programme } from './card-content.ts';
import type { CellRange } from './cell-ranges.ts';
import { isGapRun } from './gap-cards.ts';
import { SHORTEST_ITEM_CELLS } from './plan.ts';
import type { NamedRevision, RevisionFacts, Timeline, TimelineItem } from './timeline.ts';
import { spanAt } from './timeline-spans.ts';
import { runsWithin } from './untrue-cards.ts';

/** A card that can air before a programme of a place's own, and all that it says of it: where that is not so any more it is not shown. */
export interface OwnCard {
  readonly itemId: string;
  readonly revision: string;
  readonly of: Pick<Programme, 'itemId' | 'filmId' | 'title' | 'mustWatch'> & { readonly fromCell: number };
}

/** What a place airs and what lies around it. */
export interface OwnAiring {
  readonly parent: Timeline;
  /** Cells that interrupts above take: what they show is no gap. */
  readonly closed: readonly CellRange[];
  readonly airing: readonly Run[];
  readonly items: Readonly<Record<string, TimelineItem>>;
}

/** As much of a hole as a card and a piece before it can take. */
const LOOK_CELLS = CARD_CELLS + SHORTEST_ITEM_CELLS;
/** Lengths of a card in a longer hole, the best first. */
const LENGTHS = [5, 4, CARD_CELLS, SHORTEST_ITEM_CELLS];

/** First cell of the hole that ends at a cell, as far back as matters; the cell itself where there is none. */
function holeBefore({ parent, closed, airing }: OwnAiring, cell: number): number {
  let from = Math.max(cell - LOOK_CELLS, parent.fromCell);
  const own = runsWithin(airing, { fromCell: from, toCell: cell });
  const taken = [...closed, ...own.map((run) => ({ fromCell: run.fromCell, toCell: endCell(run) }))];
  for (const { fromCell, toCell } of taken) if (fromCell < cell) from = Math.max(from, Math.min(toCell, cell));
  for (let at = cell; at > from;) {
    const span = spanAt(parent, at - 1);
    if (span === undefined) break;
    if (span.itemId !== undefined && !isGapRun(parent, span)) return Math.max(from, Math.min(endCell(span), cell));
    at = span.fromCell;
  }
  return from;
}

/** Programmes of the place's own that begin behind a hole, inside a range and behind its first cell. */
export function ownProgrammes(
  place: OwnAiring & { readonly inserted: ReadonlySet<string> },
  { fromCell, toCell }: CellRange,
  { timeZone }: Pick<CardRules, 'timeZone'>,
): Programme[] {
  return runsWithin(place.airing, { fromCell, toCell }).flatMap((run): Programme[] => {
    const { itemId = '' } = run;
    const item = place.items[itemId];
    if (run.fromCell <= fromCell || item?.kind !== 'item' || place.inserted.has(itemId)) return [];
    if (run.fromCell - holeBefore(place, run.fromCell) < SHORTEST_ITEM_CELLS) return [];
    const { filmId, title, mustWatch } = item;
    return [{ run, itemId, filmId, title, mustWatch, date: civilDateOf(cellStartAtMs(run.fromCell), timeZone) }];
  });
}

/** A made card with the programme before which it stands. */
export function ownCard(programme: Programme, id: string, { revision }: NamedRevision): OwnCard {
  const { itemId, filmId, title, mustWatch, run } = programme;
  return { itemId: `card-${id}`, revision, of: { itemId, filmId, title, mustWatch, fromCell: run.fromCell } };
}

/** What of a layer cards are. */
interface WithCards {
  readonly cards?: readonly OwnCard[];
  readonly revisions: Readonly<Record<string, RevisionFacts>>;
  readonly items: Readonly<Record<string, TimelineItem>>;
}

/** Gives a place the cards that can air before its own programmes, with what they are; the same layer where it has just these. */
export function giveCards<Layer extends WithCards>(
  layer: Layer,
  cards: readonly OwnCard[],
  facts: Readonly<Record<string, RevisionFacts>>,
): Layer {
  if (canonicalJson(cards) === canonicalJson(layer.cards ?? [])) return layer;
  const revisions = { ...layer.revisions };
  const items = { ...layer.items };
  for (const { revision, itemId } of cards) {
    const film = facts[revision];
    if (film === undefined) continue;
    const { filmId } = film;
    revisions[revision] = film;
    items[itemId] = { filmId, title: cardTitles['next-up'], kind: 'filler', mustWatch: false, announces: 'next' };
  }
  return { ...layer, cards, revisions, items };
}

/** Whether the place airs just what a card names, from the cell on at which the card ends. */
function isTrue({ of, revision }: OwnCard, { parent, airing, items }: OwnAiring): boolean {
  const [run] = runsWithin(airing, { fromCell: of.fromCell, toCell: of.fromCell + 1 });
  const item = items[of.itemId];
  return (
    run?.fromCell === of.fromCell &&
    run.itemId === of.itemId &&
    item?.filmId === of.filmId &&
    item.title === of.title &&
    item.mustWatch === of.mustWatch &&
    !parent.withdrawn.includes(revision)
  );
}

/** Where a card airs from a cell on; what airs before it is nothing, or long enough to be seen. */
function placed(card: OwnCard, place: OwnAiring, shown: readonly Run[], cell: number): Run | undefined {
  const { itemId, revision } = card;
  const toCell = card.of.fromCell;
  const hole = holeBefore(place, toCell);
  const isWhole = (start: number): boolean => {
    const before = start - Math.max(hole, spanAt(place.parent, start)?.fromCell ?? hole);
    return start >= hole && (before === 0 || before >= SHORTEST_ITEM_CELLS);
  };
  const [was] = runsWithin(shown, { fromCell: toCell - 1, toCell });
  if (was?.itemId === itemId && was.revision === revision && endCell(was) === toCell) {
    // What has begun goes on, and what stands stays where it is.
    const stays = was.fromCell < cell ? was.fromCell >= hole : isWhole(was.fromCell);
    if (stays) return cutRun(was, cell, toCell);
  }
  const lengths = toCell - hole <= CARD_CELLS ? [toCell - hole, ...LENGTHS] : LENGTHS;
  const cells = lengths.find((each) => each >= SHORTEST_ITEM_CELLS && toCell - each >= cell && isWhole(toCell - each));
  return cells === undefined ? undefined : { fromCell: toCell - cells, cells, revision, firstSegment: 0, itemId };
}

/** What gaps of a place show from a cell on with its own cards over it: each before what it names, and nowhere else. */
export function withOwnCards(
  runs: readonly Run[],
  cards: readonly OwnCard[],
  place: OwnAiring,
  { shown, cell }: { readonly shown: readonly Run[]; readonly cell: number },
): readonly Run[] {
  let next = runs;
  for (const card of cards) {
    const run = card.of.fromCell > cell && isTrue(card, place) ? placed(card, place, shown, cell) : undefined;
    if (run !== undefined) next = replaceRuns(next, run.fromCell, endCell(run), [run]);
  }
  return next;
}
