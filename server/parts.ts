import { accountParts, type AccountParts } from './accounts/account-parts.ts';
import { auditParts, type AuditParts } from './audit/audit-parts.ts';
import { channelParts, type ChannelParts } from './channels/channel-parts.ts';
import { dayTemplateParts, type DayTemplateParts } from './day-templates/day-template-parts.ts';
import { libraryParts, type LibraryParts } from './library/library-parts.ts';
import { slateRevision } from './library/slate.ts';
import { mediaParts, type MediaParts } from './media-files/media-parts.ts';
import { newsParts, type NewsParts } from './news/news-parts.ts';
import { cardParts, type CardParts } from './onair/card-parts.ts';
import { onAirParts, type OnAirParts } from './onair/on-air-parts.ts';
import { placeParts, type PlaceParts } from './places/place-parts.ts';
import { planningParts, type PlanningParts } from './planning/plan-parts.ts';
import { qualityParts, type QualityParts } from './quality/quality-parts.ts';
import { seasonParts, type SeasonParts } from './seasons/season-parts.ts';
import { settingsParts, type SettingsParts } from './settings/settings-parts.ts';
import { skipParts, type SkipParts } from './skips/skip-parts.ts';
import { statusParts, type StatusParts } from './health/status-parts.ts';
import type { Surroundings } from './surroundings.ts';

/** Everything that handlers and use-cases can be given: one plain object; each takes only the members that it names. */
export interface Parts
  extends
    Surroundings,
    AuditParts,
    AccountParts,
    PlaceParts,
    SettingsParts,
    ChannelParts,
    LibraryParts,
    MediaParts,
    OnAirParts,
    CardParts,
    PlanningParts,
    DayTemplateParts,
    QualityParts,
    SeasonParts,
    SkipParts,
    NewsParts,
    StatusParts {}

/** The composition root. A new noun adds one line here, one to `Parts` and one to handlers.ts. */
export async function assembleParts(surroundings: Surroundings): Promise<Parts> {
  const status = statusParts(surroundings);
  const places = placeParts(surroundings);
  const settings = settingsParts(surroundings);
  const channels = channelParts(surroundings);
  const audit = auditParts(surroundings);
  const library = libraryParts({ ...surroundings, ...audit, ...status, ...places, ...settings });
  const slate = () => slateRevision(library.films);
  const onAir = onAirParts({ ...surroundings, ...places, ...settings, ...channels, ...library, slate });
  const accounts = accountParts(surroundings);
  const planning = planningParts({ ...surroundings, ...library, ...onAir });
  const parts: Parts = {
    ...surroundings,
    ...audit,
    ...accounts,
    ...status,
    ...places,
    ...settings,
    ...channels,
    ...library,
    ...mediaParts({ ...surroundings, ...onAir }),
    ...onAir,
    ...cardParts({ ...surroundings, ...audit, ...places, ...library, ...onAir }),
    ...planning,
    ...dayTemplateParts(surroundings),
    ...qualityParts(surroundings),
    ...seasonParts(surroundings),
    ...skipParts(surroundings),
    ...newsParts({ ...surroundings, ...accounts, ...places, ...library, ...planning }),
  };
  // A unique index must stand before the first write, or two replicas that start together could both insert.
  await Promise.all(Object.values(surroundings.database.models).map((model) => model.createIndexes()));
  return parts;
}
