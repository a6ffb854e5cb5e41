import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markOnScreen, numberOf, openBrowser, openPage } from './browser.ts';
import { takeAwayNewerNames } from './old-engine.ts';
import { processesOn } from './processes.ts';
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

/** Waits until the screen shows the second that the plan says; the mark counts whole seconds. */
const onPlan = (page: Page, withinMs: number) =>
  eventually(async () => {
    const seconds = await secondsOffPlan(page);
    return Math.abs(seconds) < 1.5 ? seconds : undefined;
  }, withinMs);

const positionS = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
const playedTo = (page: Page, atS: number) =>
  page.waitForFunction((wanted) => (document.querySelector('video')?.currentTime ?? 0) > wanted, atS, {
    timeout: 60_000,
  });

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits for what is focused, and counts that nothing else is. */
async function onlyFocus(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector);
  expect(await page.locator('.focus').count()).toBe(1);
}

describe('the station page, on an engine that lacks what came after Chrome 51', () => {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    await onAir();
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, television));
    await page.addInitScript(takeAwayNewerNames);
  });
  afterAll(() => browser.close());

  it('opens into the live channel, with sound after the first key press', async () => {
    await page.goto(`${demo().address}/station/?code=s1`);
    await phaseIs(page, 'playing');
    expect(await page.evaluate(() => document.querySelector('video')?.muted)).toBe(true);
    await press(page, 'ArrowUp');
    await page.waitForFunction(() => document.querySelector('video')?.muted === false);
    expect(await page.locator('.status-place').innerText()).not.toBe('没有找到这个站点');
  });

  it('shows the second of the film that the plan says for this second', async () => {
    const off = await onPlan(page, 90_000);
    console.log(`screen minus plan: ${off.toFixed(2)} s`);
  });

  it('is led through home, library, film and player by arrows and OK, and back', async () => {
    await press(page, 'Escape');
    await onlyFocus(page, '.home .tile.focus');
    await press(page, 'ArrowRight', 'ArrowRight', 'Enter');
    await onlyFocus(page, '.card.focus');
    await press(page, 'Enter');
    await onlyFocus(page, '.film .button.focus');
    await press(page, 'Enter');
    await page.waitForSelector('video[data-source^="film-"]');
    await playedTo(page, 2);
    await eventually(async () => (await markOnScreen(page)).mark, 10_000);
  });

  it('pauses, seeks and goes on', async () => {
    await press(page, 'Enter');
    await page.waitForFunction(() => document.querySelector('video')?.paused === true);
    const pausedAtS = await positionS(page);
    await press(page, 'ArrowRight');
    await eventually(async () => {
      const { mark } = await markOnScreen(page);
      return mark !== undefined && Math.abs(mark.second - pausedAtS - 10) < 2 ? true : undefined;
    }, 20_000);
    await press(page, 'ArrowLeft', 'Enter');
    await playedTo(page, pausedAtS + 0.5);
    await press(page, 'Escape', 'Escape', 'Escape');
    await onlyFocus(page, '.home .tile.focus');
  });

  it('opens today, notice board and help by their numbers', async () => {
    for (const [key, inside] of [
      ['2', '.list .row.focus'],
      ['4', '.board .row'],
      ['5', '.help-card'],
    ] as const) {
      await press(page, key);
      await page.waitForSelector(inside);
      await press(page, 'Escape');
      await onlyFocus(page, '.home .tile.focus');
    }
    await press(page, 'Escape');
    await phaseIs(page, 'playing');
  });

  it('goes on by itself when the network comes back', async () => {
    await page.context().setOffline(true);
    await page.waitForSelector('.link-lost', { timeout: 60_000 });
    await page.locator('.hint', { hasText: '网络断开了，正在自动重连' }).waitFor({ timeout: 60_000 });
    const beganMs = Date.now();
    await page.context().setOffline(false);
    const off = await onPlan(page, 45_000);
    console.log(
      `back on plan ${((Date.now() - beganMs) / 1000).toFixed(1)} s after the network, ${off.toFixed(2)} s off`,
    );
  });

  it('goes on by itself when the server was killed', async () => {
    const [pid] = processesOn(demo().dataDir, 'server/main.js serve ');
    expect(pid).toBeDefined();
    process.kill(pid ?? 0, 'SIGKILL');
    const isOfLiveChannel = (url: string) => /\/p\/[^/]+\/live\/.*\.m3u8$/.test(url);
    await page.waitForEvent('requestfailed', {
      predicate: (request) => isOfLiveChannel(request.url()),
      timeout: 30_000,
    });
    await page.waitForResponse((response) => response.ok() && isOfLiveChannel(response.url()), { timeout: 60_000 });
    await onPlan(page, 45_000);
    await page.waitForSelector('.link-good');
  });

  it('meets no error of its own on the way', () => {
    expect(errors).toEqual([]);
  });
});

describe('the station page, where something is missing', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    await onAir();
    browser = await openBrowser();
    ({ page } = await openPage(browser, { width: 1280, height: 720 }));
  });
  afterAll(() => browser.close());

  const refuse = (path: string, status: number, code: string) =>
    page.route(path, (route) =>
      route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code }) }),
    );

  it('says that a station is unknown, and plays the channel all the same', async () => {
    await page.goto(`${demo().address}/station/?code=nowhere`);
    await phaseIs(page, 'playing');
    await page.locator('.status-place', { hasText: '没有找到这个站点' }).waitFor();
    await press(page, '4');
    await page.locator('.panel .empty', { hasText: '没有找到这个站点' }).waitFor();
  });

  it('says that a film is gone instead of trying for ever', async () => {
    await refuse('**/api/films/*/playback', 404, 'not_found');
    await press(page, 'Escape', '3');
    await page.waitForSelector('.card.focus');
    await press(page, 'Enter');
    await page.waitForSelector('.film .button.focus');
    await press(page, 'Enter');
    await page.locator('.player .keys', { hasText: '这部片已经撤下' }).waitFor();
  });

  it('says that the channel is being prepared, not that the network is lost, and opens it by itself', async () => {
    await refuse('**/api/channels/**', 503, 'starting');
    await page.goto(`${demo().address}/station/`);
    await page.locator('.hint', { hasText: '频道正在准备' }).waitFor();
    expect(await page.locator('.link-lost').count()).toBe(0);
    await page.unroute('**/api/channels/**');
    await phaseIs(page, 'playing');
  });
});
