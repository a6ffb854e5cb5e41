import type { AuditParts } from '../audit/audit-parts.ts';
import type { ChannelParts } from '../channels/channel-parts.ts';
import type { FilmCatalogue } from '../library/film-catalogue.ts';
import type { OnAirParts } from '../onair/on-air-parts.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import { filmUses } from './film-uses.ts';
import { type PlanStore, planStore } from './plan-store.ts';
import { plannedStarts } from './planned-starts.ts';
import { keepSettling } from './settle-plan.ts';

export interface PlanningParts {
  readonly plans: PlanStore;
}

/** What use-cases of planning are given. */
export type PlanningNeeds = PlanningParts &
  Pick<Surroundings, 'clock' | 'settings' | 'log'> &
  ChannelParts &
  PlaceParts &
  AuditParts &
  Pick<OnAirParts, 'heads' | 'onAir' | 'catchUpDays'> & {
    readonly filmCatalogue: Pick<FilmCatalogue, 'table' | 'readyIn' | 'titles'>;
  };

/** Makes the plan store and tells the library where and when films are planned, and whenever that changes. */
export function planningParts(
  surroundings: Surroundings &
    Pick<OnAirParts, 'onAir' | 'heads'> & {
      readonly filmCatalogue: Pick<FilmCatalogue, 'usesOf' | 'plannedStarts' | 'planChanged'>;
    },
): PlanningParts {
  const { onAir, clock, filmCatalogue, settings } = surroundings;
  const stored = planStore(surroundings.database);
  const plans: PlanStore = {
    ...stored,
    replace: async (before, next) => {
      const isReplaced = await stored.replace(before, next);
      if (isReplaced) filmCatalogue.planChanged();
      return isReplaced;
    },
  };
  filmCatalogue.plannedStarts.push(plannedStarts({ plans, timeZone: settings.TIME_ZONE }));
  filmCatalogue.usesOf.push((filmId) => filmUses({ plans, onAir, clock, timeZone: settings.TIME_ZONE }, filmId));
  surroundings.starters.push(() => keepSettling({ ...surroundings, plans }));
  return { plans };
}
