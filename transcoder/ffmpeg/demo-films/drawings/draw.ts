/**
 * Draws the pictures of the demo films into assets/ as PNG with at most 256 colours: run by hand after a change of a
 * drawing, `npx tsc -b transcoder && node dist/transcoder/ffmpeg/demo-films/drawings/draw.js [name...]`; see README.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetFolder } from '../asset-files.ts';
import { CLOSE_UP_DRAWINGS } from './close-up.ts';
import { COUNTRY_DRAWINGS } from './country.ts';
import { HALL_DRAWINGS } from './hall.ts';
import { SEASON_DRAWINGS } from './seasons.ts';
import { svgOf } from './svg.ts';
import { WIDE_DRAWINGS } from './terraces.ts';

const DRAWINGS = [...COUNTRY_DRAWINGS, ...HALL_DRAWINGS, ...SEASON_DRAWINGS, ...CLOSE_UP_DRAWINGS, ...WIDE_DRAWINGS];
const assets = assetFolder();
const wanted = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'drawings-'));
for (const drawing of DRAWINGS) {
  if (wanted.length > 0 && !wanted.includes(drawing.name)) continue;
  const [vector, raw] = [join(work, 'picture.svg'), join(work, 'picture.png')];
  writeFileSync(vector, svgOf(drawing));
  // librsvg hands over premultiplied colours; without the filter every edge gets a dark seam.
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    vector,
    '-vf',
    'format=gbrap,unpremultiply=inplace=1,format=rgba',
    raw,
  ]);
  const png = join(assets, `${drawing.name}.png`);
  execFileSync('pngquant', ['--force', '--strip', '--speed', '1', '--output', png, '96', raw]);
  execFileSync('optipng', ['-quiet', '-o3', png]);
}
rmSync(work, { recursive: true });
