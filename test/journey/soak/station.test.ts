import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage } from '../browser.ts';
import { killServer, publishProgramme } from '../play/disturb.ts';
import { demo, onAir } from '../system.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const seed = Number(process.env['SOAK_SEED'] ?? 1);
const wholeMs = minutes * 60_000;
/** What a network may be away for while the picture goes on from what is loaded. */
const cutMs = 8000;
const stallMs = 1000;

let browser: Browser;
let page: Page;
let session: CDPSession;
let beganMs = 0;

beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
  ({ page } = await openPage(browser, { width: 1280, height: 720 }));
  session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
});
afterAll(() => browser.close());

const secondsIn = () => ((Date.now() - beganMs) / 1000).toFixed(0).padStart(6);
const tell = (what: string): void => console.log(`${secondsIn()} s  ${what}`);
const press = (key: string) => page.keyboard.press(key);

/** Walks over the screens while the channel goes on below them, and comes back to it. */
async function walk(): Promise<void> {
  for (const key of [
    'Escape',
    '2',
    'ArrowDown',
    'Escape',
    '3',
    'ArrowRight',
    'ArrowDown',
    'Escape',
    '4',
    'Escape',
    '1',
  ]) {
    await press(key);
    await pause(300);
  }
}

/** Every request of the channel is answered as if its token had ended, until the page has a new one. */
async function endToken(): Promise<void> {
  let refused = 0;
  await page.route('**/live/**/*.m3u8', async (route) => {
    refused += 1;
    if (refused <= 2) await route.fulfill({ status: 403, contentType: 'application/json', body: '{"code":"token"}' });
    else await route.continue();
  });
  await pause(20_000);
  await page.unroute('**/live/**/*.m3u8');
}

const disturbances: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['somebody walks over the screens', walk],
  [
    'the network is away for 8 s',
    async () => {
      await page.context().setOffline(true);
      await pause(cutMs);
      await page.context().setOffline(false);
    },
  ],
  ['the server is killed', killServer],
  ['the token ends', endToken],
  [
    'an edited plan is published',
    () => publishProgramme({ channel: 'county', aheadMs: 60_000, items: 2, itemMs: 20_000 }),
  ],
];

/** Each disturbance in its own part of a round, where the seed says; a round is ten minutes, or the whole play if that is shorter. */
async function disturb(untilMs: number): Promise<void> {
  const roundMs = Math.min(wholeMs, 600_000);
  const partMs = roundMs / (disturbances.length + 1);
  for (let n = 0; ; n += 1) {
    const round = Math.floor(n / disturbances.length);
    const scattered = (Math.imul((seed + n) ^ 0x9e3779b9, 0x85ebca6b) >>> 0) / 2 ** 32;
    const atMs = beganMs + round * roundMs + ((n % disturbances.length) + 0.3 + 0.4 * scattered) * partMs;
    const [name, happen] = disturbances[n % disturbances.length] ?? ['', () => Promise.resolve()];
    if (atMs + partMs / 2 > untilMs) return;
    await pause(Math.max(0, atMs - Date.now()));
    tell(name);
    await happen();
  }
}

/** Notes every time in which a picture that should move stood still, and how long the page itself did not run. */
function watchPicture(limitMs: number): void {
  const seen = { stalls: [] as string[], longestAbsenceMs: 0 };
  Object.assign(window, { seen });
  const beganMs = performance.now();
  let at = -1;
  let movedMs = performance.now();
  let ranMs = movedMs;
  setInterval(() => {
    const video = document.querySelector('video');
    const nowMs = performance.now();
    seen.longestAbsenceMs = Math.max(seen.longestAbsenceMs, nowMs - ranMs);
    ranMs = nowMs;
    if (video === null || video.currentTime === 0 || video.paused) movedMs = nowMs;
    else if (video.currentTime !== at) {
      if (nowMs - movedMs > limitMs)
        seen.stalls.push(`${Math.round(nowMs - movedMs)} ms at ${Math.round((movedMs - beganMs) / 1000)} s`);
      at = video.currentTime;
      movedMs = nowMs;
    }
  }, 100);
}

const seen = () =>
  page.evaluate(() => (window as unknown as { seen: { stalls: string[]; longestAbsenceMs: number } }).seen);

/** Heap in MB and nodes of the page after what is unused was given back. */
async function memory(): Promise<{ readonly heapMb: number; readonly nodes: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { heapMb: value('JSHeapUsedSize') / 1e6, nodes: value('Nodes') };
}

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

it(
  `plays ${minutes} minutes on a television without a stall and without growing`,
  async () => {
    await page.goto(`${demo().address}/station/?code=s1`);
    await page.waitForSelector('main[data-phase="playing"]', { timeout: 60_000 });
    await page.evaluate(watchPicture, stallMs);
    beganMs = Date.now();
    const untilMs = beganMs + wholeMs;
    const heaps: number[] = [];
    const sample = async () => {
      const everyMs = Math.max(10_000, wholeMs / 40);
      // Short of the end, so that the last look is part of the play.
      while (Date.now() + everyMs <= untilMs) {
        await pause(everyMs);
        const { heapMb, nodes } = await memory();
        heaps.push(heapMb);
        tell(`heap ${heapMb.toFixed(1)} MB, ${nodes} nodes, ${(await seen()).stalls.length} stalls`);
      }
    };
    await Promise.all([disturb(untilMs), sample()]);
    await pause(Math.max(0, untilMs - Date.now()));
    const { stalls, longestAbsenceMs } = await seen();
    const third = Math.max(1, Math.floor(heaps.length / 3));
    const [first, last] = [middle(heaps.slice(0, third)), middle(heaps.slice(-third))];
    console.log(
      [
        `played ${minutes} min, stalls over ${stallMs} ms: ${stalls.length === 0 ? 'none' : stalls.join(', ')}`,
        `longest time without the page itself running: ${longestAbsenceMs.toFixed(0)} ms`,
        `heap: first third ${first.toFixed(1)} MB, last third ${last.toFixed(1)} MB`,
      ].join('\n'),
    );
    expect(await page.getAttribute('main', 'data-phase')).toBe('playing');
    expect(stalls).toEqual([]);
    expect(last).toBeLessThan(first * 1.2 + 5);
  },
  wholeMs + 900_000,
);
