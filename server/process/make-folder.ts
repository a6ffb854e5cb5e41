import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder and those above it, for this user only. Node's own `recursive` turns in circles where a file system refuses with ENOENT, as /proc does. */
export async function makeFolder(path: string): Promise<void> {
  const refused = await tryToMake(path);
  if (refused === undefined) return;
  if (!hasCode(refused, 'ENOENT') || dirname(path) === path) throw refused;
  await makeFolder(dirname(path));
  const again = await tryToMake(path);
  if (again !== undefined) throw again;
}

/** Answers why not, or nothing when it is there now. */
async function tryToMake(path: string): Promise<Error | undefined> {
  try {
    await mkdir(path, { mode: 0o700 });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return hasCode(error, 'EEXIST') ? undefined : error;
  }
}

const hasCode = (error: Error, code: string): boolean => 'code' in error && error.code === code;
