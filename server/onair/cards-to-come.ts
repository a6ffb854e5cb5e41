import type { Channel } from '../../media/contract/channels.ts';
import { CARD_CELLS } from '../../media/contract/gap-card.ts';
import { cardTitles } from '../../media/film/card-picture.ts';
import { CELL_MS } from '../../media/grid/cell.ts';
import { type CardRange, wantedCards, withGapCards } from '../../media/plan/gap-cards.ts';
import type { NamedRevision, Timeline } from '../../media/plan/timeline.ts';
import type { ChannelDocument } from './channel-document.ts';
import { type CardTendParts, rulesOf } from './tend-cards.ts';

/** The timeline of a document with what its gaps of a range are going to show, as if every card were made: for a look ahead. */
export async function withCardsToCome(
  parts: Pick<CardTendParts, 'categories' | 'cardFilms' | 'timeZone'>,
  channel: Channel,
  document: ChannelDocument,
  range: CardRange,
): Promise<Timeline> {
  const { timeline } = document;
  if (channel.gapCardHours === 0) return timeline;
  const categories = new Map((await parts.categories.list()).map(({ code, name }) => [code, name]));
  const rules = rulesOf(channel, document, categories, parts);
  const length = { segments: CARD_CELLS, durationMs: CARD_CELLS * CELL_MS };
  const toCome = wantedCards(timeline, range, rules).map(({ id, card }): [string, NamedRevision] => {
    const facts = { filmId: id, title: cardTitles[card.kind], ...length, rungs: [], packages: [] };
    return [id, { revision: id, facts }];
  });
  return withGapCards(timeline, range, rules, new Map(toCome));
}
