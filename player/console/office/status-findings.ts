import type { SystemStatus } from '../../../media/contract/status.ts';
import type { Action } from '../../../media/contract/permissions.ts';
import type { Words } from '../words/words.tsx';

export type Health = 'good' | 'warning' | 'bad' | 'unknown';
/** Something that is not well, and what to do. */
export interface Finding {
  readonly what: string;
  readonly health: Health;
  readonly cure: string;
  /** Screens on which the cure is done; none where it is done on the server. */
  readonly screens?: readonly CureScreen[];
}

/** A screen of the console, by its name in the menu, and who may do there what the cure says. */
export interface CureScreen {
  readonly menu: keyof Words['frame']['menu'];
  readonly path: readonly string[];
  readonly needs: Action;
}

const library: CureScreen = { menu: 'films', path: ['films'], needs: 'delete-film' };
const settings: CureScreen = { menu: 'settings', path: ['office', 'settings'], needs: 'manage-settings' };
const channelsScreen: CureScreen = { menu: 'channels', path: ['office', 'channels'], needs: 'manage-channels' };
const queueScreen: CureScreen = { menu: 'queue', path: ['office', 'queue'], needs: 'manage-queue' };
const filmScreen = (filmId: string): CureScreen => ({ menu: 'films', path: ['films', filmId], needs: 'retry-encode' });
const failedFilms: CureScreen = { menu: 'films', path: ['films', 'state', 'failed'], needs: 'retry-encode' };

/** What needs somebody's attention, the gravest first. */
export function statusFindings(status: SystemStatus, { keeping, frame }: Words): readonly Finding[] {
  const said = keeping.status;
  const { pair } = frame;
  const { database, redis, queue, disks, replicas, channels, damagedFilms, backup } = status;
  const finding =
    (health: Health) =>
    (isSo: boolean, what: string, cure: string, ...screens: readonly CureScreen[]): readonly Finding[] =>
      isSo ? [{ what, health, cure, ...(screens.length === 0 ? {} : { screens }) }] : [];
  const [bad, warning] = [finding('bad'), finding('warning')];
  return [
    ...bad(database.answersInMs === undefined, pair(said.database, said.noAnswer), said.databaseCure),
    ...bad(redis.answersInMs === undefined, pair(said.redis, said.noAnswer), said.redisCure),
    ...disks.flatMap(({ holds, state }) =>
      bad(state === 'full', pair(said.disks, said.holds[holds]), said.diskCure, library, settings),
    ),
    ...bad(queue?.workers.length === 0 && queue.waitingFilms > 0, said.noWorker, said.noWorkerCure),
    ...damagedFilms.flatMap(({ filmId, title, finding: found, isMending }) => {
      const what = pair(said.damagedFilm(title), found);
      return isMending
        ? warning(true, what, said.mendingCure, filmScreen(filmId))
        : bad(true, what, said.damagedCure, filmScreen(filmId));
    }),
    ...disks.flatMap(({ holds, state }) =>
      warning(state === 'low', pair(said.disks, said.holds[holds]), said.diskCure, library, settings),
    ),
    ...channels.flatMap(({ name, troubles }) =>
      troubles.flatMap((trouble) => {
        const { what, cure } = said.troubles[trouble];
        return warning(true, pair(name, what), cure, ...(trouble === 'many-cards' ? [channelsScreen] : []));
      }),
    ),
    ...warning(queue?.paused === true, said.queuePaused, said.queuePausedCure, queueScreen),
    ...warning((queue?.failedFilms ?? 0) > 0, said.failedFilms(queue?.failedFilms ?? 0), said.failedCure, failedFilms),
    ...replicas.flatMap(({ name, isGone }) => warning(isGone, pair(said.isGone, name), said.goneCure)),
    ...warning(backup === undefined, said.noBackup, said.backupCure),
  ];
}
