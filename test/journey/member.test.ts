import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markOnScreen, numberOf, openBrowser, openPage } from './browser.ts';
import { demo, eventually, guide, onAir } from './system.ts';

const phone = { width: 390, height: 844 };
const moving = (page: Page) =>
  page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1.5, undefined, { timeout: 60_000 });

describe('the member on a phone', () => {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    await onAir();
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, phone));
    await page.goto(`${demo().address}/`);
  });
  afterAll(() => browser.close());

  it('plays what is on with one tap', async () => {
    await page.waitForFunction(() => document.querySelector('.now h1')?.textContent !== '正在打开…');
    await page.tap('.big-play').catch(() => page.click('.big-play'));
    await moving(page);
    const atMs = Date.now();
    const now = (await guide(atMs, atMs + 4000))[0];
    expect(await page.textContent('.now h1')).toBe(now?.title);
  });

  it('starts the item on air from its beginning', async () => {
    const button = page.locator('.actions button').first();
    await button.waitFor();
    await button.click();
    await moving(page);
    const { mark } = await markOnScreen(page);
    // From the beginning: however far the item has run, the picture is in its first seconds.
    expect(mark?.second).toBeLessThan(8);
  });

  it('catches up on an item of yesterday', async () => {
    await page.locator('.days button', { hasText: '昨天' }).click();
    const row = page.locator('.guide li', { hasText: '回看' }).first();
    await row.waitFor({ timeout: 30_000 });
    const title = (await row.locator('.guide-title').innerText()).split('\n')[0] ?? '';
    await row.locator('button').click();
    await page.waitForFunction((wanted) => document.querySelector('.now h1')?.textContent === wanted, title);
    await moving(page);
    await eventually(
      async () => ((await markOnScreen(page)).mark?.film === numberOf(title) ? true : undefined),
      20_000,
    );
  });

  it('finds a film by pinyin initials and plays it', async () => {
    await page.click('.tabs a[href="#/library"]');
    await page.fill('.search', 'sdyy');
    const card = page.locator('.films a', { hasText: '水稻育秧要点' });
    await card.waitFor({ timeout: 30_000 });
    expect(await page.locator('.films a').count()).toBe(1);
    await card.click();
    await page.click('.big-play');
    await moving(page);
    expect((await markOnScreen(page)).mark?.film).toBe(1);
  });

  it('fits the phone without scrolling sideways and meets no error', async () => {
    for (const hash of ['now', 'library', 'board']) {
      await page.goto(`${demo().address}/#/${hash}`);
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
    expect(errors).toEqual([]);
  });
});
