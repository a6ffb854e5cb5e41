import { resolve } from 'node:path';
import { build } from 'vite';

/** Builds the front ends named on the command line, or all four, into dist/player. */
const asked = process.argv.slice(2);
for (const mode of asked.length > 0 ? asked : ['member', 'station', 'console', 'board']) {
  await build({ configFile: resolve(import.meta.dirname, 'vite.config.mjs'), mode, logLevel: 'warn' });
  console.log(`built player/${mode}`);
}
