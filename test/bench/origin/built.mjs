import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the built rooms are. */
export const builtFolder = join(import.meta.dirname, '../../../dist');

/** Loads a module of the built server; says how to build it where it is not there. */
export async function built(path) {
  const file = join(builtFolder, path);
  if (!existsSync(file)) {
    console.error(`${file} is not there. Run npm run build first.`);
    process.exit(1);
  }
  return import(pathToFileURL(file).href);
}
