import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';

/** Asks whoever holds an upload to let go. */
type RequestRelease = () => Promise<void> | void;
/** Two requests never write one upload at the same time, in this process or in another on the same folder. */
export interface UploadLock {
  lock(stopSignal: AbortSignal, requestRelease: RequestRelease): Promise<void>;
  unlock(): Promise<void>;
}
/** As @tus/server wants it. */
export interface UploadLocks {
  newLock(id: string): UploadLock;
}

const renewMs = 5000;
/** Of another machine, whose processes cannot be looked at. */
const staleMs = 20_000;
const patienceMs = 2000;
const pollMs = 50;

const taken = (): AppError =>
  new AppError(
    'locked',
    'Another request is sending this upload right now. Wait a few seconds and ask for its offset.',
    {
      retryAfterS: 3,
    },
  );

/** What this process holds, by lock file: several servers may live in one process. */
const held = new Map<string, RequestRelease>();

/**
 * Locks as files beside the uploads, named after their holder, so that replicas on one folder respect each other. A holder
 * whose bytes stopped for `deadMs` is asked to let go.
 */
export function uploadLocks(folder: string, deadMs: number): UploadLocks {
  const own = `${hostname()} ${process.pid}`;

  const lock = async (id: string, requestRelease: RequestRelease): Promise<void> => {
    const file = join(folder, `${id}.lock`);
    const giveUpAtMs = performance.now() + patienceMs;
    while (!(await create(file, own))) {
      if (await isAbandoned(file, held.has(file))) {
        await rm(file, { force: true });
        continue;
      }
      if ((await ageMs(join(folder, id))) <= deadMs) throw taken();
      await held.get(file)?.();
      if (performance.now() > giveUpAtMs) throw taken();
      await delay(pollMs);
    }
    held.set(file, requestRelease);
  };
  return {
    newLock: (id) => {
      const file = join(folder, `${id}.lock`);
      let renewal: NodeJS.Timeout | undefined;
      return {
        lock: async (_stopSignal, requestRelease) => {
          await lock(id, requestRelease);
          renewal = setInterval(() => void touch(file), renewMs);
        },
        unlock: async () => {
          clearInterval(renewal);
          held.delete(file);
          await rm(file, { force: true });
        },
      };
    },
  };
}

async function create(file: string, holder: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(holder);
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(file: string, isHeldHere: boolean): Promise<boolean> {
  if (isHeldHere) return false;
  const [host = '', pid = ''] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
  if (host === hostname() && pid !== '') return Number(pid) === process.pid || !isAlive(Number(pid));
  return (await ageMs(file)) > staleMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const ageMs = async (file: string): Promise<number> => {
  const found = await stat(file).catch(() => undefined);
  // File times are those of the host, not of the product's clock.
  return found === undefined ? Infinity : performance.timeOrigin + performance.now() - found.mtimeMs;
};
const touch = async (file: string): Promise<void> => {
  const seconds = (performance.timeOrigin + performance.now()) / 1000;
  await utimes(file, seconds, seconds).catch(() => undefined);
};
