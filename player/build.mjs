import { resolve } from 'node:path';
import { build } from 'vite';
import { packFiles } from './pack-files.mjs';
import { checkStation } from './check-station.mjs';

/** Builds the front ends named on the command line, or all four, into dist/player. */
const asked = process.argv.slice(2);
for (const page of asked.length > 0 ? asked : ['member', 'station', 'console', 'board']) {
  for (const mode of page === 'station' ? ['station-later', 'station'] : [page])
    await build({ configFile: resolve(import.meta.dirname, 'vite.config.mjs'), mode, logLevel: 'warn' });
  packFiles(resolve(import.meta.dirname, '../dist/player', page));
  console.log(`built player/${page}`);
  if (page === 'station') console.log(checkStation(resolve(import.meta.dirname, '../dist/player/station')));
}
