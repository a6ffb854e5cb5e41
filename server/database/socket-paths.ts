import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the embedded parts of one DATA_DIR live. */
export interface EmbeddedPlaces {
  /** The SQLite file of the embedded database. */
  readonly databaseFile: string;
  /** The Unix socket of the embedded database. */
  readonly databaseSocket: string;
  /** The Unix socket of the managed Redis. */
  readonly redisSocket: string;
}

/** Longest path of a Unix socket in bytes, inclusive: `sun_path` has 108 with its closing zero (unix(7)). */
export const maxSocketPathBytes = 107;

/**
 * The paths for a data folder, which is made (0700) when it is not there. Sockets lie in its `run` folder; where that
 * path would be too long for a socket, in a folder of the system's temporary directory named by the real path of the
 * data folder, so that every process on the same DATA_DIR comes to the same place. Throws when that folder is not ours.
 */
export function embeddedPlaces(dataDir: string): EmbeddedPlaces {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const run = runFolder(realpathSync(folder));
  return {
    databaseFile: join(folder, 'database', 'yuanbo.db'),
    databaseSocket: join(run, 'db.sock'),
    redisSocket: join(run, 'redis.sock'),
  };
}

function runFolder(realDataDir: string): string {
  const inside = join(realDataDir, 'run');
  if (Buffer.byteLength(join(inside, 'redis.sock')) <= maxSocketPathBytes) {
    mkdirSync(inside, { recursive: true, mode: 0o700 });
    return inside;
  }
  const name = createHash('sha256').update(realDataDir).digest('hex').slice(0, 16);
  const outside = join(tmpdir(), `yuanbo-${name}`);
  mkdirSync(outside, { recursive: true, mode: 0o700 });
  requireOwn(outside);
  return outside;
}

/** The temporary directory belongs to everybody: somebody else may have made the folder first to listen in. */
function requireOwn(folder: string): void {
  const found = lstatSync(folder);
  const own = process.getuid === undefined || found.uid === process.getuid();
  if (found.isDirectory() && own && (found.mode & 0o077) === 0) return;
  throw new Error(
    `${folder} must be a folder that only this user may enter: remove it (sudo rm -r ${folder}), or give a shorter DATA_DIR.`,
  );
}
