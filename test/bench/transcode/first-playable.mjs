import { join } from 'node:path';
import { clip, foreign, loop, ordinary } from './films.mjs';
import { startProduct, untilPlayable, upload } from './product.mjs';
import { median } from '../channel/measure.mjs';
import { judge } from './verdicts.mjs';

const patienceMs = 120_000;

/** Seconds from the last byte of an upload to the first piece at a player; the film is deleted then. */
async function wait(product, file) {
  const { id, lastByteMs } = await upload(product, file);
  const playableMs = await untilPlayable(product, id, patienceMs);
  // Its encode must not stand in the way of the next film.
  await product.office.ask(`/api/films/${id}`, { method: 'DELETE' });
  return (playableMs - lastByteMs) / 1000;
}

/** From upload's end to first playable: a film that players understand as it is, and one that must be encoded; 1 min and 10 min. */
export async function measureFirstPlayable(folder) {
  const seconds = Number(process.env.SECONDS_1080 ?? 8);
  const source = await clip(folder, 1080, seconds);
  const rounds = Number(process.env.ROUNDS ?? 3);
  const plain = await ordinary(source, join(folder, 'ordinary.mp4'));
  const strange = await foreign(source, join(folder, 'foreign.ts'));
  const times = [Math.round(60 / seconds), Math.round(600 / seconds)];
  const product = await startProduct(folder);
  console.log('\nfrom the last byte of an upload to the first piece at a player');
  try {
    for (const [kind, from, extension, goal] of [
      ['conforming', plain, 'mp4', 2],
      ['to encode', strange, 'ts', 20],
    ]) {
      const waits = times.map(() => []);
      for (let round = 0; round < rounds; round += 1)
        for (const [length, count] of times.entries()) {
          const file = await loop(from, count, join(folder, `${kind.replace(' ', '-')}-${count}.${extension}`));
          waits[length].push(await wait(product, file));
          console.log(`  ${kind}, ${count * seconds} s: ${waits[length].at(-1).toFixed(2)} s`);
        }
      const [short, long] = waits.map((of) => median(of));
      judge(`first playable of 1 min, ${kind}`, short, goal, ' s');
      judge(`first playable of 10 min, ${kind}`, long, goal, ' s');
      judge(`first playable, 10 min : 1 min, ${kind}`, long / short, 1.15);
    }
  } catch (error) {
    console.error(product.said().slice(-4000));
    throw error;
  } finally {
    await product.stop();
  }
}
