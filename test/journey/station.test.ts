import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markOnScreen, openBrowser, openPage } from './browser.ts';
import { takeAwayNewerNames } from './old-engine.ts';
import { onlyFocus, onPlan, phaseIs, press } from './station.ts';
import { demo, eventually, onAir } from './system.ts';

const television = { width: 1920, height: 1080 };

const positionS = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
const playedTo = (page: Page, atS: number) =>
  page.waitForFunction((wanted) => (document.querySelector('video')?.currentTime ?? 0) > wanted, atS, {
    timeout: 60_000,
  });

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

  it('opens into the live channel', async () => {
    await page.goto(`${demo().address}/station/?code=s1`);
    await phaseIs(page, 'playing');
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

  it('starts the present programme over, with pictures while one winds', async () => {
    await press(page, '1');
    await page.waitForSelector('.on-live');
    // What has just begun may be started over a moment later.
    await eventually(async () => {
      await press(page, 'ArrowUp');
      await page.locator('.live .button.focus', { hasText: '从头看' }).waitFor({ timeout: 1000 });
      await press(page, 'Enter');
      return page.waitForSelector('video[data-source^="startOver-"]', { timeout: 1000 });
    }, 30_000);
    await playedTo(page, 1);
    await eventually(async () => {
      await press(page, 'ArrowRight');
      return page.waitForSelector('.preview-picture', { timeout: 500 });
    }, 20_000);
    await press(page, 'Escape', 'Escape');
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
  });

  /** A key of a box that names its keys by codes alone. */
  const send = (keyCode: number) =>
    page.evaluate((code) => {
      const event = new KeyboardEvent('keydown', { bubbles: true });
      Object.defineProperty(event, 'keyCode', { value: code });
      document.dispatchEvent(event);
    }, keyCode);

  it('asks for the keys of a remote by itself when none of them means anything, and goes on', async () => {
    // The volume is the system's, however often it is pressed.
    for (const code of [259, 260, 261, 259, 260, 261]) await send(code);
    expect(await page.locator('.learn').count()).toBe(0);
    await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await onlyFocus(page, '.tile-live.focus');
    for (const code of [19, 20, 21, 22, 23]) await send(code);
    for (const [at, code] of [4, 23, 19, 20, 21, 22, 166, 167, 183, 184, 185, 186].entries()) {
      await page.locator('.learn', { hasText: `${at + 1} / 12` }).waitFor();
      await send(code);
    }
    await onlyFocus(page, '.tile-live.focus');
    await send(22);
    await onlyFocus(page, '.tile-today.focus');
    await page.evaluate(() => localStorage.removeItem('yuanbo.keys'));
    await page.reload();
    await phaseIs(page, 'playing');
    await press(page, 'Escape');
    await onlyFocus(page, '.home .tile.focus');
  });

  it('learns a remote whose BACK is code 4, and keeps its keys', async () => {
    await press(page, '5');
    await page.waitForSelector('.on-help .button.focus');
    await press(page, 'ArrowRight', 'Enter', '0', '0', '0', '0', 'Enter');
    // BACK, OK, the arrows and CH± of a box that hands over Android's codes; its coloured keys are its own.
    for (const [key, code] of [
      ['back', 4],
      ['ok', 23],
      ['up', 19],
      ['down', 20],
      ['left', 21],
      ['right', 22],
      ['channel-up', 166],
      ['channel-down', 167],
      ['red', 183],
      ['green', 184],
      ['yellow', 185],
      ['blue', 186],
    ] as const) {
      await page.waitForSelector(`[data-key="${key}"]`);
      await send(code);
    }
    await page.waitForSelector('.settings .row.focus');
    await send(4);
    await page.waitForSelector('.on-help');
    await send(185);
    await page.waitForSelector('.on-library .card.focus');
    await send(183);
    await page.waitForSelector('.on-live');
    expect(await page.evaluate(() => localStorage.getItem('yuanbo.keys'))).toContain('"#4":"back"');
    await phaseIs(page, 'playing');
  });

  it('has met no error of its own on the way', () => {
    expect(errors).toEqual([]);
  });
});
