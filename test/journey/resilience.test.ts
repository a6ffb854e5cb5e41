import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { processesOn } from './processes.ts';
import { untilAlone } from './running-journeys.ts';
import { onPlan, phaseIs } from './station.ts';
import { api, demo, eventually, onAir } from './system.ts';

const processes = (...words: readonly string[]) => processesOn(demo().dataDir, ...words);

const parts = [
  ['worker', ['transcoder/main.js']],
  ['server', ['server/main.js serve ']],
  ['database', ['embedded/main.js']],
  ['redis', ['redis-server']],
] as const;

beforeAll(async () => {
  await untilAlone();
  await onAir();
});

describe('kill -9 of the server while a station plays', () => {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, { width: 1280, height: 720 }));
    await page.goto(`${demo().address}/station/?code=s1`);
    await phaseIs(page, 'playing');
  });
  afterAll(() => browser.close());

  it('goes on by itself', async () => {
    const [pid] = processesOn(demo().dataDir, 'server/main.js serve ');
    expect(pid).toBeDefined();
    const isOfLiveChannel = (url: string) => /\/p\/[^/]+\/live\/.*\.m3u8$/.test(url);
    const failed = page.waitForEvent('requestfailed', {
      predicate: (request) => isOfLiveChannel(request.url()),
      timeout: 30_000,
    });
    // As the page asks: between two of its questions another server may have begun.
    const killFirst = (route: Route) => {
      process.kill(pid ?? 0, 'SIGKILL');
      return route.continue();
    };
    await page.route(({ href }) => isOfLiveChannel(href), killFirst, { times: 1 });
    await failed;
    await page.waitForResponse((response) => response.ok() && isOfLiveChannel(response.url()), { timeout: 60_000 });
    await onPlan(page, 45_000);
    await page.waitForSelector('.link-good');
    expect(errors).toEqual([]);
  });
});

describe('kill -9 of one part after the other', () => {
  let films = 0;
  beforeAll(async () => {
    films = await count();
  });

  for (const [name, words] of parts) {
    it(`${name}: everything is back by itself and nothing is lost`, async () => {
      const [pid] = processes(...words);
      expect(pid, `a running ${name}`).toBeDefined();
      process.kill(pid ?? 0, 'SIGKILL');
      const beganMs = Date.now();
      await eventually(
        async () => {
          const again = processes(...words);
          if (again.length === 0 || again.includes(pid ?? 0)) return undefined;
          const ready = await fetch(`${demo().address}/readyz`);
          return ready.ok && (await plays()) ? true : undefined;
        },
        90_000,
        200,
      );
      console.log(
        `${name}: whole again after ${((Date.now() - beganMs) / 1000).toFixed(1)} s (deadline 30 s, asserted at 90)`,
      );
      expect(await count()).toBe(films);
    });
  }
});

async function count(): Promise<number> {
  const { items } = await api<{ items: unknown[] }>('/api/films?state=ready&limit=200');
  return items.length;
}

/** The live channel answers its playlists and a segment. */
async function plays(): Promise<boolean> {
  const { live } = await api<{ live: string }>('/api/channels/county/playback');
  let url = new URL(live, demo().address);
  for (let step = 0; step < 2; step += 1) {
    const response = await fetch(url);
    if (!response.ok) return false;
    const next = (await response.text()).split('\n').find((line) => line !== '' && !line.startsWith('#'));
    url = new URL(next ?? '', url);
  }
  return (await fetch(url)).ok;
}
