import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { takeAwayNewerNames } from './old-engine.ts';
import { onlyFocus, press } from './station.ts';
import { api, demo, onAir } from './system.ts';

let browser: Browser;
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('looks at a box from codecs to the link, plays every rung of a film, and prints what it found', async () => {
  const { page, errors } = await openPage(browser, { width: 1280, height: 720 });
  await page.addInitScript(takeAwayNewerNames);
  await page.addInitScript(() => {
    window.print = () => Object.assign(window, { printed: true });
  });
  const { items } = await api<{ items: { rungs: { name: string }[] }[] }>('/api/films?state=ready');
  const most = items.map(({ rungs }) => rungs.filter(({ name }) => /p$/.test(name)).length).sort((a, b) => b - a)[0];
  await page.goto(`${demo().address}/station/probe?code=s1`);
  await page.waitForSelector('[data-probe="done"]', { timeout: 180_000 });
  const lines = await page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('.probe-line')).map((line) => line.dataset['what'] ?? ''),
  );
  expect(new Set(lines)).toEqual(
    new Set(['browser', 'screen', 'secure', 'memory', 'codec', 'storage', 'clock', 'rung', 'link']),
  );
  expect(lines.filter((what) => what === 'rung')).toHaveLength(most ?? 0);
  for (const what of ['clock', 'storage', 'link']) await page.waitForSelector(`[data-what="${what}"] .link-good`);
  const decoded = await page.locator('[data-what="rung"] .probe-value').allInnerTexts();
  expect(decoded.map((text) => Number(text.split('/')[1]) > 0)).toEqual(decoded.map(() => true));
  await onlyFocus(page, '.probe .button.focus');
  await press(page, 'Enter');
  await page.waitForFunction(() => 'printed' in window);
  await page.emulateMedia({ media: 'print' });
  await page.locator('.status-place').waitFor();
  expect(await page.locator('.probe .buttons').isVisible()).toBe(false);
  const agent = await page.locator('[data-what="browser"] .probe-value').boundingBox();
  expect(agent?.width).toBeGreaterThan(200);
  expect(errors).toEqual([]);
});
