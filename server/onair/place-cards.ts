import { type CardRules, nextUpCard } from '../../media/plan/card-content.ts';
import type { CardRange, ReadyCards, WantedCard } from '../../media/plan/gap-cards.ts';
import { giveCards, ownCard, ownProgrammes } from '../../media/plan/own-cards.ts';
import { layeredPlaces, type ParentOf, type PlaceView, viewAbove } from '../../media/plan/settle-layers.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import type { StoredLayer, StoredLayers } from './stored-layer.ts';

/** Places of a channel with what they have of their own. */
export interface CardPlaces {
  readonly timeline: Timeline;
  readonly layers: StoredLayers;
  readonly parentOf: ParentOf;
}

/** What cards of a place say. */
export type RulesOfPlace = (stored: StoredLayer) => CardRules;

/** Of all places together the soonest so many programmes are looked at: hundreds of places air tens of thousands in two days. */
const mostProgrammes = 2000;

/** The part of a range in which places begin no more than that. */
function soonPart(layers: StoredLayers, { fromCell, toCell }: CardRange): CardRange {
  const starts = [...layers.values()].flatMap(({ layer }) =>
    layer.airing.flatMap((run) => (fromCell < run.fromCell && run.fromCell < toCell ? run.fromCell : [])),
  );
  const end = starts.sort((a, b) => a - b)[mostProgrammes] ?? toCell;
  return { fromCell, toCell: end };
}

/** The place's own programmes of a range that begin behind a gap, with the cards that name them. */
function announcedAt({ timeline, layers, parentOf }: CardPlaces, whole: CardRange, rulesOf: RulesOfPlace) {
  const range = soonPart(layers, whole);
  const pure = new Map([...layers].map(([place, { layer }]) => [place, layer]));
  const views = new Map<string | undefined, PlaceView>();
  // The view of a township takes a millisecond: its villages share it.
  const aboveOf = (place: string): PlaceView => {
    const above = layeredPlaces(pure, parentOf, place).at(-2);
    const view = views.get(above) ?? viewAbove(timeline, pure, parentOf, place);
    views.set(above, view);
    return view;
  };
  return [...layers].map(([place, stored]) => {
    const { layer } = stored;
    const isPlanned = layer.airing.some(({ fromCell }) => range.fromCell < fromCell && fromCell < range.toCell);
    if (!isPlanned) return { place, stored, programmes: [] };
    const { timeline: parent, gate } = aboveOf(place);
    const inserted = new Set(layer.interrupts.flatMap(({ itemId }) => itemId ?? []));
    const own = { parent, closed: gate.closed, airing: layer.airing, items: layer.items, inserted };
    const rules = rulesOf(stored);
    const programmes = ownProgrammes(own, range, rules).map((programme) => {
      const card = nextUpCard(programme, rules);
      return { programme, wanted: { id: rules.idOf(card), card, fromCell: programme.run.fromCell } };
    });
    return { place, stored, programmes };
  });
}

/** Cards of what comes next that places want before programmes of their own. */
export const wantedAtPlaces = (places: CardPlaces, range: CardRange, rulesOf: RulesOfPlace): readonly WantedCard[] =>
  announcedAt(places, range, rulesOf).flatMap(({ programmes }) => programmes.map(({ wanted }) => wanted));

/** Layers with the cards that are there; the same where no place gets another one. */
export function withPlaceCards(
  places: CardPlaces,
  range: CardRange,
  rulesOf: RulesOfPlace,
  ready: ReadyCards,
): StoredLayers {
  const next = announcedAt(places, range, rulesOf).map(({ place, stored, programmes }): [string, StoredLayer] => {
    const made = programmes.flatMap(({ programme, wanted }) => {
      const film = ready.get(wanted.id);
      return film === undefined ? [] : [{ card: ownCard(programme, wanted.id, film), film }];
    });
    const facts = Object.fromEntries(made.map(({ film: { revision, facts: each } }) => [revision, each]));
    const cards = made.map(({ card }) => card);
    // Cards that are over are forgotten with the next change.
    const rest = stored.layer.cards?.filter(({ of }) => of.fromCell <= range.fromCell) ?? [];
    const layer = giveCards(stored.layer, [...rest, ...cards], facts);
    return [place, layer === stored.layer ? stored : { ...stored, layer }];
  });
  const isSame = next.every(([place, stored]) => stored === places.layers.get(place));
  return isSame ? places.layers : new Map(next);
}
