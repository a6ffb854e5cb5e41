import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runChecks } from 'es-check';

const budget = JSON.parse(readFileSync(resolve(import.meta.dirname, 'size-budget.json'), 'utf8')).station;

/** CSS that came after Chrome 51 (stations notes, C30), as it stands in a minified sheet. */
const newerCss =
  /[{;](?:(?:row-|column-)?gap|grid[\w-]*|inset|aspect-ratio|backdrop-filter|place-[\w-]+|scroll-snap-[\w-]+|accent-color)\s*:|:(?:focus-visible|focus-within|is|where|has)\b|\b(?:min|max|clamp)\(|@(?:layer|container|supports selector)|\d(?:dvh|svh|lvh|dvw)\b/;

/** Gzipped, in kB of 1000 bytes. */
const sizeKb = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1000;

/**
 * Looks at the built station page as a box of 2016 will: every script parses as ES2016, no style is newer than the floor, and
 * what is fetched stays in its budget. Answers a line with the sizes, throws what is wrong.
 */
export function checkStation(folder) {
  const assets = join(folder, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const files = scripts.map((name) => join(assets, name));
  const { success, errors = [] } = runChecks([{ ecmaVersion: 'es2016', files }]);
  if (!success) throw new Error(`The station page has syntax newer than ES2016: ${JSON.stringify(errors)}`);
  for (const sheet of readdirSync(assets).filter((name) => name.endsWith('.css'))) {
    const found = newerCss.exec(readFileSync(join(assets, sheet), 'utf8'));
    if (found !== null) throw new Error(`The station page has CSS newer than Chrome 51: ${found[0]} in ${sheet}`);
  }
  const kb = (start) => {
    const name = scripts.find((script) => script.startsWith(start));
    if (name === undefined) throw new Error(`The station page lacks its script ${start}.`);
    return sizeKb(join(assets, name));
  };
  const first = kb('index-') + kb('hls.light.min-');
  const whole = kb('index-') + kb('later-') + kb('hls.min-');
  const sizes = `station: ${first.toFixed(1)} of ${budget.untilFirstPictureKb} kB until the first picture, ${whole.toFixed(1)} of ${budget.withFullBuildKb} kB with the full hls.js`;
  if (first > budget.untilFirstPictureKb || whole > budget.withFullBuildKb)
    throw new Error(`Beyond size-budget.json: ${sizes}`);
  return sizes;
}
