import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg, openBench, segmentsOf, type Bench } from './transcoder-fixture.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Contract of the lowest rung: what a line must carry, in bit/s, over every segment. */
const thinLineBps = 300_000;

describe('the rung for thin lines', () => {
  it('needs at most 300 kbit/s in all, container and sound included, where picture and sound are nothing but noise', async () => {
    const noise = join(bench.folder, 'noise.mp4');
    // The fastest pictures of that rung, each unlike the one before, with cuts from black to white.
    const picture =
      "nullsrc=s=384x216:r=30:d=12,geq=lum='255*random(1)':cb=128:cr=128,eq=brightness='sin(n/7)':eval=frame";
    ffmpeg(
      ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'anoisesrc=r=48000:a=0.8:d=12'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '15', '-pix_fmt', 'yuv420p', '-c:a', 'aac', noise],
    );
    await bench.upload(noise);
    const planned = await bench.prepare();
    if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
    const { plan, manifest } = await bench.finish(planned.revision);
    expect(plan.complexity).toBe('busy');
    const [rung] = manifest.ts.rungs;
    expect([rung?.name, rung?.frameRate, rung?.bandwidthBps]).toEqual(['216p', 30, thinLineBps]);
    const rates = (await segmentsOf(bench.storage, manifest, '216p')).map((bytes) => (bytes.length * 8) / 4);
    expect(rates).toHaveLength(3);
    for (const rate of rates) expect(rate).toBeLessThanOrEqual(thinLineBps);
    // The film was hard indeed: its pictures took all that they may.
    expect(Math.max(...rates)).toBeGreaterThan(200_000);
  });
});
