import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Lays a packed file beside every script and style of a built page: the server sends it to whoever takes gzip. */
export function packFiles(folder) {
  const assets = join(folder, 'assets');
  for (const name of readdirSync(assets).filter((name) => /\.(js|css)$/.test(name)))
    writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
}
