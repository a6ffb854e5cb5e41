import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { openBrowser } from '../../../journey/browser.ts';
import { type Line, planAndPlay } from './plan-and-play.ts';

const lines = fc.array(
  fc.record({
    filmId: fc.constantFrom('half', 'short', 'unseen'),
    minute: fc.integer({ min: 0, max: 3 * 1440 }),
    startMode: fc.constantFrom('hard' as const, 'soft' as const, 'follow' as const),
    mustWatch: fc.boolean(),
    isDaily: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Plan and channel as one script for a browser. */
async function bundle(): Promise<string> {
  const [built] = [
    await build({
      ...{ configFile: false, logLevel: 'error' },
      build: {
        write: false,
        lib: { entry: join(import.meta.dirname, 'plan-and-play.ts'), formats: ['iife'], name: 'media' },
      },
    }),
  ].flat();
  if (built === undefined || !('output' in built)) throw new Error('Vite built nothing.');
  return built.output[0].code;
}

it('plans, compiles and plays in Chromium byte for byte as in Node, from a small script', async () => {
  const script = await bundle();
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: script });
    const histories = fc.sample(lines, { seed: 20261125, numRuns: 60 });
    const said = await page.evaluate((all) => {
      const { media } = window as unknown as { media: { planAndPlay: (each: readonly Line[]) => string } };
      return all.map((each) => media.planAndPlay(each));
    }, histories);
    for (const [n, each] of histories.entries()) expect(said[n]).toBe(planAndPlay(each));
    expect(new Set(said).size).toBeGreaterThan(50);
  } finally {
    await browser.close();
  }
  const kilobytes = gzipSync(script).length / 1000;
  console.log(`plan and channel for a browser: ${kilobytes.toFixed(1)} kB gzip`);
  // The station has 230 kB in all, hls.js included.
  expect(kilobytes).toBeLessThan(40);
});
