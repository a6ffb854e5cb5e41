import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markOnScreen, numberOf, openBrowser, openPage } from './browser.ts';
import { demo, eventually, guide, onAir } from './system.ts';

const television = { width: 1920, height: 1080 };

const phaseIs = (page: Page, phase: string) => page.waitForSelector(`main[data-phase="${phase}"]`, { timeout: 60_000 });

/** The difference between screen and plan in seconds, once the screen shows the film that the plan names. */
async function secondsOffPlan(page: Page): Promise<number> {
  const { mark, atMs } = await markOnScreen(page);
  const item = (await guide(atMs, atMs + 4000)).find(({ startAtMs, endAtMs }) => startAtMs <= atMs && atMs < endAtMs);
  if (mark === undefined || item === undefined)
    throw new Error(`mark ${JSON.stringify(mark)}, item ${item?.title ?? 'none'}`);
  if (mark.film !== numberOf(item.title))
    throw new Error(`the screen shows film ${mark.film}, the plan says ${item.title}`);
  return mark.second - (atMs - item.startAtMs) / 1000;
}

describe('the station page', () => {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    await onAir();
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, television));
  });
  afterAll(() => browser.close());

  it('opens into the live channel, with sound after the first key press', async () => {
    await page.goto(`${demo().address}/station/?code=s1`);
    await phaseIs(page, 'playing');
    expect(await page.evaluate(() => document.querySelector('video')?.muted)).toBe(true);
    await page.keyboard.press('ArrowUp');
    await eventually(
      () => page.evaluate(() => (document.querySelector('video')?.muted === false ? true : undefined)),
      5000,
    );
  });

  it('shows the second of the film that the plan says for this second', async () => {
    const off = await eventually(async () => {
      const seconds = await secondsOffPlan(page);
      return Math.abs(seconds) < 1.5 ? seconds : undefined;
    }, 90_000);
    console.log(`screen minus plan: ${off.toFixed(2)} s (the mark counts whole seconds)`);
    expect(Math.abs(off)).toBeLessThan(1.5);
  });

  it('is led through home, library, film and player by arrows and OK, and back', async () => {
    await page.keyboard.press('Escape');
    await page.waitForSelector('.home .tile.focus');
    expect(await page.locator('.focus').count()).toBe(1);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card.focus');
    expect(await page.locator('.focus').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.film .button.focus');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 2, undefined, {
      timeout: 60_000,
    });
    const { mark } = await markOnScreen(page);
    expect(mark).toBeDefined();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.home .tile.focus');
    await page.keyboard.press('Escape');
    await phaseIs(page, 'playing');
  });

  it('goes on by itself when the network comes back', async () => {
    await page.context().setOffline(true);
    await page.waitForFunction(() => document.querySelector('.link-lost') !== null, undefined, { timeout: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    const beganMs = Date.now();
    await page.context().setOffline(false);
    const off = await eventually(async () => {
      const seconds = await secondsOffPlan(page);
      return Math.abs(seconds) < 1.5 ? seconds : undefined;
    }, 45_000);
    console.log(
      `back on plan ${((Date.now() - beganMs) / 1000).toFixed(1)} s after the network, ${off.toFixed(2)} s off`,
    );
  });

  it('meets no error of its own on the way', () => {
    expect(errors).toEqual([]);
  });
});
