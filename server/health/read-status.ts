import { join } from 'node:path';
import { replicaSilentMs, type SystemStatus } from '../../media/contract/status.ts';
import { backupBook } from '../backup/backup-book.ts';
import type { FilmState } from '../../media/film/film-state.ts';
import { diskSpace } from '../library/disk-reserve.ts';
import { encodingStates } from '../library/film-moves.ts';
import type { LibraryParts } from '../library/library-parts.ts';
import { readQueue, type ReadQueueParts } from '../library/read-queue.ts';
import { leaseHolder } from '../library/reconcile-lease.ts';
import { guideItems } from '../onair/channel-guide.ts';
import type { OnAirParts } from '../onair/on-air-parts.ts';
import type { Surroundings } from '../surroundings.ts';
import type { StatusParts } from './status-parts.ts';
import { whatIsDown } from './what-is-down.ts';

export type ReadStatusParts = Surroundings &
  StatusParts &
  ReadQueueParts &
  Pick<LibraryParts, 'films' | 'uploadLimits' | 'uploadFiles' | 'transcodeQueue'> &
  Pick<OnAirParts, 'onAir' | 'upkeep'>;

/** Warned of this many times before it stops anything. */
const warnFactor = 3;

/** Everything at once; what cannot be known is left out, and `down` says why. */
export async function readStatus(parts: ReadStatusParts, atMs: number): Promise<SystemStatus> {
  const down = await whatIsDown(parts.readiness);
  const troubleOf = (name: string) => {
    const reason = down.find((each) => each.name === name)?.reason;
    return reason === undefined ? {} : { trouble: reason };
  };
  const { settings } = parts;
  const [database, redis, queue, disks, replicas, damaged, backup] = await Promise.all([
    timed(() => parts.database.db?.admin().command({ ping: 1 }) ?? Promise.reject(new Error('not connected'))),
    timed(async () => {
      if ((await parts.transcodeQueue.trouble()) !== undefined) throw new Error('away');
    }),
    queueOf(parts, atMs).catch(() => undefined),
    disksOf(parts),
    replicasOf(parts, atMs),
    parts.films.damaged().catch(() => []),
    backupBook(parts.database).last(),
  ]);
  return {
    serverAtMs: atMs,
    down: [...down],
    database: { kind: kindOf(settings.MONGODB_URI), ...database, ...troubleOf('database') },
    redis: { kind: kindOf(settings.REDIS_URL), ...redis, ...troubleOf('queue') },
    ...(queue === undefined ? {} : { queue }),
    disks,
    replicas: replicas.map(({ name, version, startedAtMs, seenAtMs, isLeader }) => ({
      ...{ name, version, startedAtMs, seenAtMs, isLeader },
      isGone: atMs - seenAtMs > replicaSilentMs,
    })),
    channels: parts.onAir.channels().map(({ code, name }) => {
      const channel = parts.onAir.find(code);
      const item = channel && guideItems(channel, atMs, atMs + 1, 'each')[0]?.item;
      const served = replicas.flatMap((replica) => replica.served[code] ?? []);
      return {
        ...{ code, name, troubles: [...parts.upkeep.of(code)] },
        ...(item === undefined
          ? {}
          : { item: { title: item.title, kind: item.kind, startAtMs: item.startAtMs, endAtMs: item.endAtMs } }),
        ...(served.length === 0 ? {} : { servedAtMs: Math.max(...served) }),
      };
    }),
    damagedFilms: damaged.flatMap(({ id, title, state, damage }) =>
      damage === undefined
        ? []
        : [{ filmId: id, title, foundAtMs: damage.atMs, finding: damage.finding, isMending: isMoving(state) }],
    ),
    ...(backup === undefined ? {} : { backup }),
  };
}

const isMoving = (state: FilmState): boolean => state === 'probing' || encodingStates.some((each) => each === state);

const kindOf = (address: string | undefined): 'embedded' | 'external' =>
  address === undefined ? 'embedded' : 'external';

async function timed(ask: () => Promise<unknown>): Promise<{ readonly answersInMs?: number }> {
  const beganMs = performance.now();
  try {
    await ask();
    return { answersInMs: Math.round(performance.now() - beganMs) };
  } catch {
    return {};
  }
}

async function queueOf(parts: ReadStatusParts, atMs: number): Promise<NonNullable<SystemStatus['queue']>> {
  const [queue, failed] = await Promise.all([readQueue(parts, atMs), parts.films.titlesIn(['failed'])]);
  return {
    paused: queue.paused !== undefined,
    waitingFilms: queue.films.length,
    waitingJobs: queue.films.reduce((sum, film) => sum + film.waitingJobs, 0),
    runningJobs: queue.running.length,
    failedFilms: failed.length,
    workers: queue.workers.map(({ name, host, jobIds, concurrency, silentMs }) => ({
      ...{ name, host, concurrency, silentMs },
      runningJobs: jobIds.length,
    })),
  };
}

type Disk = SystemStatus['disks'][number];

async function disksOf(parts: ReadStatusParts): Promise<Disk[]> {
  const { settings, dataDir, storage, uploadFiles } = parts;
  const where = settings.MEDIA_STORE ?? join(dataDir, 'media');
  const folder = storage.pathOf('revisions')?.replace(/\/revisions$/, '');
  return [await diskOf(parts, 'films', where, folder), await diskOf(parts, 'data', dataDir, uploadFiles.folder)];
}

async function diskOf(
  { uploadLimits }: ReadStatusParts,
  holds: Disk['holds'],
  where: string,
  folder: string | undefined,
): Promise<Disk> {
  const space = folder === undefined ? undefined : await diskSpace(folder).catch(() => undefined);
  if (space === undefined) return { holds, where, state: 'unknown' };
  const stopBelowBytes = uploadLimits.reserveBytes(space.totalBytes);
  const warnBelowBytes = warnFactor * stopBelowBytes;
  const { freeBytes } = space;
  const state = freeBytes < stopBelowBytes ? 'full' : freeBytes < warnBelowBytes ? 'low' : 'roomy';
  return { holds, where, ...space, warnBelowBytes, stopBelowBytes, state };
}

async function replicasOf({ replicas, database }: ReadStatusParts, atMs: number) {
  const [known, leader] = await Promise.all([replicas.list(atMs), leaseHolder(database, 'library', atMs)]);
  return known.map((replica) => ({ ...replica, isLeader: replica.name === leader }));
}
