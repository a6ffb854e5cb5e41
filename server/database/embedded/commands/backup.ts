import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { z } from 'zod';
import { badValue } from '../database-error.ts';
import { answer, defineCommand } from './command.ts';
import { harmless } from './wire-fields.ts';

function syncFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * `yuanboBackup`: writes a consistent copy of the whole database to an absolute path that does not exist yet, by SQLite's
 * VACUUM INTO. The copy is whole or not there; it is a database file that this server opens as it is.
 */
export const backup = defineCommand(
  'alone',
  z.strictObject({ yuanboBackup: z.string(), ...harmless }),
  ({ database }, { yuanboBackup: path }) => {
    if (!isAbsolute(path) || path.includes('\0')) throw badValue('The path of a backup must be absolute.');
    if (existsSync(path)) throw badValue(`${path} exists already: give the backup another name.`);
    if (!existsSync(dirname(path))) throw badValue(`${dirname(path)} does not exist: make the folder first.`);
    const partial = `${path}.partial`;
    rmSync(partial, { force: true });
    try {
      database.sql.exec(`VACUUM INTO '${partial.replaceAll("'", "''")}'`);
      chmodSync(partial, 0o600);
      syncFile(partial);
      renameSync(partial, path);
      syncFile(dirname(path));
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
    return answer({ path, bytes: statSync(path).size });
  },
);
