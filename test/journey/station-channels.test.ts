import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { addChannel, plays, toSecondChannel } from './second-channel.ts';
import { phaseIs, press } from './station.ts';
import { api, demo, eventually, onAir } from './system.ts';

const television = { width: 1280, height: 720 };
let browser: Browser;
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('a station with several channels', () => {
  it('goes through the channels by CH+ and CH−, and through a library of ninety films by pages', async () => {
    const { page, context } = await openPage(browser, television);
    await addChannel(page);
    const [film] = (await api<{ items: object[] }>('/api/films?state=ready')).items;
    await page.route('**/api/films?*', (route) => {
      const cursor = new URL(route.request().url()).searchParams.get('cursor');
      const [from, to, nextCursor] = cursor === 'more' ? [60, 90] : [0, 60, 'more'];
      const numbers = Array.from({ length: to - from }, (_, at) => from + at);
      const films = numbers.map((n) => ({ ...film, id: `film-${n}`, title: `第${n}部` }));
      return route.fulfill({ json: { items: films, nextCursor } });
    });
    await page.goto(`${demo().address}/station/`);
    await phaseIs(page, 'playing');
    await toSecondChannel(page);
    await page.locator('.banner', { hasText: '第二' }).waitFor();
    await press(page, 'PageUp');
    await plays(page, 'live');
    await press(page, 'PageDown');
    await plays(page, 'live-second');
    await phaseIs(page, 'playing');
    await press(page, '3');
    await page.waitForSelector('.card.focus');
    await press(page, 'ArrowUp', 'ArrowRight', 'ArrowDown');
    await page.locator('.card.focus', { hasText: '第0部' }).waitFor();
    await eventually(
      async () => {
        await press(page, 'PageDown');
        return (await page.locator('.card.focus').innerText()).includes('第88部') ? true : undefined;
      },
      20_000,
      50,
    );
    for (let turn = 0; turn < 12; turn += 1) await press(page, 'PageUp');
    await page.locator('.card.focus', { hasText: '第0部' }).waitFor();
    expect(await page.locator('.focus').count()).toBe(1);
    await context.close();
  });
});
