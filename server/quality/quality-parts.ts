import type { ChannelParts } from '../channels/channel-parts.ts';
import type { LibraryParts } from '../library/library-parts.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { SettingsParts } from '../settings/settings-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { type CountReport, qualityMetrics } from './quality-metrics.ts';
import { type QualityStore, qualityStore } from './quality-store.ts';

/** Quality's share of the server's parts. */
export interface QualityParts {
  readonly quality: QualityStore;
  readonly countReport: CountReport;
}

/** What its handlers need. */
export interface QualityRouteParts
  extends
    QualityParts,
    Pick<Surroundings, 'settings'>,
    Pick<LibraryParts, 'filmCatalogue'>,
    Pick<ChannelParts, 'channels'>,
    Pick<PlaceParts, 'places'>,
    Pick<SettingsParts, 'countySettings'> {}

export const qualityParts = ({ database, metrics }: Surroundings): QualityParts => ({
  quality: qualityStore(database),
  countReport: qualityMetrics(metrics),
});
