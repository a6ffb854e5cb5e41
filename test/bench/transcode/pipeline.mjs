import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clip, loop } from './films.mjs';
import { emptied, limit, planOf } from './ladders.mjs';
import { work } from './processes.mjs';
import { startProduct, untilWhole, upload } from './product.mjs';
import { judge } from './verdicts.mjs';

const idleSeconds = 5;

/**
 * A film through the whole product, from its upload's end to the review, beside the limit of the same pictures: the limit of a clip,
 * measured before and after, times how often the film shows it.
 */
export async function measurePipeline(folder) {
  const seconds = Number(process.env.SECONDS_1080 ?? 8);
  const times = Number(process.env.LOOPS ?? 12);
  const short = await clip(folder, 1080, seconds);
  const source = await loop(short, times, join(folder, `film-${seconds * times}.mp4`));
  const bare = await limit(await planOf(short, folder), short);
  const limits = [await work(bare.commands, emptied(join(folder, 'limit')))];
  const product = await startProduct(folder);
  try {
    const atRest = product.cpu();
    await pause(idleSeconds * 1000);
    const idle = (product.cpu().bookkeeping - atRest.bookkeeping) / idleSeconds;
    const { id } = await upload(product, source);
    const before = product.cpu();
    const beganMs = performance.now();
    await untilWhole(product, id);
    const wall = (performance.now() - beganMs) / 1000;
    const after = product.cpu();
    limits.push(await work(bare.commands, emptied(join(folder, 'limit'))));
    bare.remove();
    const spent = (key) => after[key] - before[key];
    const floor = (limits[0].cpu + limits[1].cpu) * (times / 2);
    const encode = spent('all') - spent('worker') - spent('bookkeeping');
    const bookkeeping = Math.max(0, spent('bookkeeping') - idle * wall);
    const per = (cpu) => (cpu / seconds / times).toFixed(3);
    console.log(`\nwhole product, a film of ${seconds * times} s, from upload's end to review in ${wall.toFixed(1)} s`);
    console.log(
      `  CPU-s per film-second: ${per(spent('all'))} in all = ffmpeg ${per(encode)} + worker ${per(spent('worker'))} + server, database and Redis ${per(spent('bookkeeping'))} (idle for as long: ${per(idle * wall)}); limit ${per(floor)}`,
    );
    judge('whole pipeline, CPU : the limit', spent('all') / floor, 1.05);
    judge('queue and bookkeeping, without what idle parts take, share of the encode', bookkeeping / encode, 0.01);
  } finally {
    await product.stop();
  }
}
