import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { phaseIs, press } from './station.ts';
import { demo, guide, onAir } from './system.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const television = { width: 1280, height: 720 };
let browser: Browser;
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('a station that is left alone', () => {
  it('shows the notice board after five minutes without a key, until one is pressed or something begins', async () => {
    const { page, context } = await openPage(browser, television);
    await page.clock.install();
    const [airing] = await guide(Date.now(), Date.now() + 4000);
    let items: object[] = [];
    await page.route('**/api/channels/county/guide?*', (route) =>
      route.fulfill({ json: { items, serverAtMs: Date.now() } }),
    );
    await page.goto(`${demo().address}/station/`);
    await phaseIs(page, 'playing');
    await page.clock.fastForward(minuteMs);
    expect(await page.locator('.ambient').count()).toBe(0);
    await page.clock.fastForward(4 * minuteMs + 2000);
    await page.waitForSelector('.board.ambient');
    // A quarter of a minute on, neither the board nor the line above it stands where it stood.
    const moved = await page.evaluate(() =>
      ['.ambient', '.status'].map((selector) => {
        const element = document.querySelector(selector);
        const [turning] = element?.getAnimations() ?? [];
        if (element === null || turning === undefined) return 'stands still';
        turning.currentTime = 20_000;
        return getComputedStyle(element).transform;
      }),
    );
    expect(moved).toEqual([
      expect.stringContaining('matrix(1, 0, 0, 1, '),
      expect.stringContaining('matrix(1, 0, 0, 1, '),
    ]);
    const [rimPx, leftPx] = await page.evaluate(() => {
      const style = getComputedStyle(document.querySelector('.ambient') ?? document.body);
      return [parseFloat(style.outlineWidth), parseFloat(style.transform.split(',')[4] ?? '')];
    });
    expect(rimPx).toBeGreaterThan(leftPx);
    await press(page, 'ArrowUp');
    await page.waitForSelector('.on-live');
    await page.clock.runFor(3000);
    expect(await page.locator('.ambient').count()).toBe(0);
    await page.clock.fastForward(5 * minuteMs + 2000);
    await page.waitForSelector('.board.ambient');
    // It airs all day: the page's clock has leapt, and what the county's plan holds ten minutes from now is chance.
    items = [{ ...airing, kind: 'item', startAtMs: Date.now() - dayMs, endAtMs: Date.now() + dayMs }];
    await page.clock.fastForward(40_000);
    await page.waitForSelector('.on-live');
    // A screen that somebody left open gives way to the programme.
    await press(page, '5');
    await page.waitForSelector('.on-help');
    await page.clock.fastForward(5 * minuteMs + 2000);
    await page.waitForSelector('.on-live');
    // So does a device check that was left open when the box was hung on the wall.
    await press(page, '5');
    await page.waitForSelector('.help .button.focus');
    await press(page, 'Enter');
    await page.waitForSelector('.on-probe');
    await page.clock.fastForward(5 * minuteMs + 2000);
    await page.waitForSelector('.on-live');
    await context.close();
  });
});
