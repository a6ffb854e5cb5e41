import type { Channel } from '../../media/contract/channels.ts';
import type { CardRange } from '../../media/plan/gap-cards.ts';
import type { Timeline } from '../../media/plan/timeline.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { cardFilms, withdrawCards } from '../library/card-films.ts';
import type { LibraryParts } from '../library/library-parts.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { keepCards } from './keep-cards.ts';
import type { OnAirParts } from './on-air-parts.ts';
import { withCardsToCome } from './cards-to-come.ts';
import type { ChannelDocument } from './channel-document.ts';
import { sweepCards, tendCards } from './tend-cards.ts';

/** What keeps gaps useful. */
export interface CardParts {
  /** Has cards made and puts them into gaps, and deletes those that are over; `keepCards` repeats it. */
  readonly tendCards: () => Promise<void>;
  /** What a document's gaps of a range are going to show; nothing is made or changed by asking. */
  readonly withCardsToCome: (channel: Channel, document: ChannelDocument, range: CardRange) => Promise<Timeline>;
}

export function cardParts(
  surroundings: Surroundings &
    LibraryParts &
    PlaceParts &
    Pick<AuditParts, 'audit'> &
    Pick<OnAirParts, 'heads' | 'onAir' | 'catchUpDays' | 'upkeep'>,
): CardParts {
  const { settings, starters, filmCatalogue } = surroundings;
  const tending = { ...surroundings, timeZone: settings.TIME_ZONE, cardFilms: cardFilms(surroundings) };
  // Before channels are told, so that both go from them at once.
  filmCatalogue.onWithdrawn.unshift((film) => withdrawCards(surroundings, film));
  starters.push(() => keepCards(tending));
  return {
    tendCards: async () => {
      await sweepCards(tending, await tendCards(tending));
    },
    withCardsToCome: (channel, document, range) => withCardsToCome(tending, channel, document, range),
  };
}
