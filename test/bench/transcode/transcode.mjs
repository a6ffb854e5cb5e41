// npm run bench:transcode [-- ladder|memory|pipeline|bookkeeping|first-playable|workers ...]
// Ours beside the peer's graph, a one-process ladder and the limit, on the same films in one interleaved run. CPU is that of
// whole processes with their children; BENCH_FILMS=folder takes films of 1080 and 2160 lines from there instead of made ones.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureLadder, measureMemory } from './ladder.mjs';
import { measureFirstPlayable } from './first-playable.mjs';
import { measurePipeline } from './pipeline.mjs';
import { printVerdicts } from './verdicts.mjs';
import { measureWorkers } from './workers.mjs';

const measures = {
  ladder: measureLadder,
  memory: measureMemory,
  pipeline: measurePipeline,
  bookkeeping: measurePipeline,
  'first-playable': measureFirstPlayable,
  workers: measureWorkers,
};
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in measures));
if (unknown !== undefined) {
  console.error(`There is no measure ${unknown}: choose from ${Object.keys(measures).join(', ')}.`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'yuanbo-transcode-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
const wanted = new Set((asked.length === 0 ? Object.keys(measures) : asked).map((name) => measures[name]));
for (const measure of wanted) await measure(folder);
printVerdicts();
