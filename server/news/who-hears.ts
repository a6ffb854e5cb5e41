import { idSchema } from '../../media/contract/ids.ts';
import type { Changed } from '../../media/contract/news.ts';
import type { AccountParts } from '../accounts/account-parts.ts';
import { mayManage } from '../accounts/manage-users.ts';
import { may, type SignedIn } from '../http/caller.ts';
import { shownProgress } from '../library/film-progress.ts';
import { maySee } from '../library/film-scope.ts';
import type { LibraryParts } from '../library/library-parts.ts';
import type { PlaceParts } from '../places/place-parts.ts';
import { planScope } from '../planning/plan-access.ts';
import type { PlanningParts } from '../planning/plan-parts.ts';
import type { Change } from './news-log.ts';

export type HearingParts = Pick<AccountParts, 'users'> &
  Pick<PlaceParts, 'places'> &
  Pick<LibraryParts, 'films'> &
  Pick<PlanningParts, 'plans'>;

/** What somebody is told of a change; undefined where they may not know of it. */
export type Hearing = (caller: SignedIn) => Changed | undefined | Promise<Changed | undefined>;

/** Looks a change up once, for all who listen: it is told to those who may see the thing itself, and to no others. */
export async function whoHears(parts: HearingParts, change: Change): Promise<Hearing> {
  const { noun, id } = change;
  const told = (isAllowed: boolean): Changed | undefined => (isAllowed ? change : undefined);
  switch (noun) {
    case 'film':
      return id === undefined ? () => change : filmHearing(parts, change, id);
    case 'plan': {
      const plan = id === undefined ? undefined : await parts.plans.find(id);
      return async (caller) => told(may(caller, 'read-plans') && (await planScope(parts, caller, 'read-plans'))(plan));
    }
    case 'user': {
      const [user, tree] = [
        id === undefined ? undefined : await parts.users.find(idSchema.parse(id)),
        await parts.places.tree(),
      ];
      return (caller) => told(id === caller.id || (user !== undefined && mayManage(tree, caller, user.roles)));
    }
    case 'session':
      return (caller) => told(may(caller, 'manage-own-sessions'));
    case 'alarm':
      return (caller) => told(may(caller, 'read-alarms'));
    case 'queue':
      return (caller) => told(may(caller, 'read-queue'));
    case 'settings':
      return (caller) => told(may(caller, 'manage-settings'));
    case 'day-template':
    case 'season':
      return (caller) => told(may(caller, 'read-plans'));
    case 'channel':
    case 'place':
    case 'category':
      return () => change;
  }
}

async function filmHearing(parts: HearingParts, change: Change, id: string): Promise<Hearing> {
  const [film, tree] = [await parts.films.find(id), await parts.places.tree()];
  // Nobody's list has cards.
  if (film?.card !== undefined) return () => undefined;
  return (caller) => {
    if (film === undefined || film.state === 'withdrawn') return change;
    if (!maySee(tree, caller, film)) return undefined;
    const { state, progress } = film;
    return {
      ...{ ...change, state },
      ...(progress === undefined ? {} : { progress: shownProgress(progress, progress.atMs) }),
    };
  };
}
