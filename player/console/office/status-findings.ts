import type { SystemStatus } from '../../../media/contract/status.ts';
import type { Words } from '../words/words.tsx';

export type Health = 'good' | 'warning' | 'bad' | 'unknown';
/** Something that is not well, and what to do. */
export interface Finding {
  readonly what: string;
  readonly health: Health;
  readonly cure: string;
}

/** What needs somebody's attention, the gravest first. */
export function statusFindings(status: SystemStatus, said: Words['keeping']['status']): readonly Finding[] {
  const { database, redis, queue, disks, replicas, backup } = status;
  const bad = (isSo: boolean, what: string, cure: string) => (isSo ? [{ what, health: 'bad', cure } as const] : []);
  const warning = (isSo: boolean, what: string, cure: string) =>
    isSo ? [{ what, health: 'warning', cure } as const] : [];
  return [
    ...bad(database.answersInMs === undefined, `${said.database}：${said.noAnswer}`, said.databaseCure),
    ...bad(redis.answersInMs === undefined, `${said.redis}：${said.noAnswer}`, said.redisCure),
    ...disks.flatMap(({ holds, state }) => bad(state === 'full', `${said.disks}：${said.holds[holds]}`, said.diskCure)),
    ...bad(queue?.workers.length === 0 && queue.waitingFilms > 0, said.noWorker, said.noWorkerCure),
    ...disks.flatMap(({ holds, state }) =>
      warning(state === 'low', `${said.disks}：${said.holds[holds]}`, said.diskCure),
    ),
    ...warning(queue?.paused === true, said.queuePaused, said.queuePausedCure),
    ...warning((queue?.failedFilms ?? 0) > 0, `${said.queue}：${queue?.failedFilms ?? 0}`, said.failedCure),
    ...replicas.flatMap(({ name, isGone }) => warning(isGone, `${said.isGone}：${name}`, said.goneCure)),
    ...warning(backup === undefined, said.noBackup, said.backupCure),
  ];
}
