import { readFileSync } from 'node:fs';
import { z } from 'zod';

const packageSchema = z.object({ name: z.literal('yuanbo'), version: z.string() });

/** The product's version, from the package that this file lies in, built or not. */
export function productVersion(): string {
  for (const up of ['../../', '../../../']) {
    try {
      return packageSchema.parse(JSON.parse(readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8')))
        .version;
    } catch {
      // One folder further up.
    }
  }
  return 'unknown';
}
