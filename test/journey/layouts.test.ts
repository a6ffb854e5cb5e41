import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openLayout } from './layouts/open-layout.ts';
import { walk } from './layouts/walk.ts';
import { press } from './station.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Walks a screen: everything on it is reached, and one thing at a time has the focus. */
async function reachedOn(page: Page, expected: number): Promise<readonly string[]> {
  const { reached, wrongMarks } = await walk(page);
  expect(wrongMarks).toEqual([]);
  expect(reached).toHaveLength(expected);
  await page.context().close();
  return reached;
}

const tabs = 11;

/** Presses a key that a keyboard does not have. */
const colour = (page: Page, key: string) =>
  page.evaluate((name) => document.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })), key);

describe.concurrent('every thing on the station page is reached by arrows, with one focus mark', () => {
  it('on home', async () => {
    const page = await openLayout(browser, { films: 0, items: 0 });
    await press(page, 'Escape');
    await page.waitForSelector('.home .focus');
    const reached = await reachedOn(page, 6);
    expect(reached.at(-1)).toBe('English');
  });

  it.each([0, 1, 7, 60, 200])('in a library of %i films', async (films) => {
    const page = await openLayout(browser, { films, items: 0 });
    await press(page, '3');
    await page.waitForSelector(films === 0 ? '.library .empty' : '.card.focus');
    // Which films are featured is asked after the picture, which never comes here.
    await page.waitForSelector('.tab:nth-child(7)');
    const reached = await reachedOn(page, tabs + films);
    expect(reached.filter((text) => text.includes('部片'))).toHaveLength(films);
  });

  it.each([1, 7, 30])('in a day of %i programmes', async (items) => {
    const page = await openLayout(browser, { films: 0, items });
    await press(page, '2');
    await page.waitForSelector('.on-today .row.focus');
    await reachedOn(page, Math.min(items, 15));
  });

  it('on an empty day, which has nothing to reach and is left by BACK', async () => {
    const page = await openLayout(browser, { films: 0, items: 0 });
    await press(page, '2');
    await page.locator('.empty', { hasText: '今天还没有安排节目' }).waitFor();
    await press(page, 'ArrowDown', 'ArrowUp', 'Enter');
    expect(await page.locator('.focus').count()).toBe(0);
    await press(page, 'Escape');
    await page.waitForSelector('.on-live, .on-home');
    await page.context().close();
  });

  it('leads back to the channel by BACK, however one went in circles before', async () => {
    const page = await openLayout(browser, { films: 1, items: 1 });
    for (let round = 0; round < 3; round += 1) {
      await colour(page, 'ColorF2Yellow');
      await page.waitForSelector('.library');
      await colour(page, 'ColorF3Blue');
      await page.waitForSelector('.on-board');
      await colour(page, 'ColorF1Green');
      await page.waitForSelector('.on-today');
    }
    await press(page, 'Escape', 'Escape', 'Escape');
    await page.waitForSelector('.on-live');
    await page.context().close();
  });

  it('comes back to the programme that was caught up, and goes elsewhere from it by a colour', async () => {
    const page = await openLayout(browser, { films: 1, items: 7 });
    const caughtUp = page.locator('.on-today .row.focus', { hasText: '第1个节目' });
    await press(page, '2');
    await page.waitForSelector('.on-today .row.focus');
    await press(page, 'ArrowUp', 'ArrowUp');
    await caughtUp.waitFor();
    await press(page, 'Enter');
    await page.waitForSelector('.player .bar.focus');
    await press(page, 'Escape');
    await caughtUp.waitFor();
    await press(page, 'Enter');
    await page.waitForSelector('.player .bar.focus');
    await colour(page, 'ColorF2Yellow');
    await page.waitForSelector('.on-library .card.focus');
    await page.context().close();
  });

  it('takes the way back of the browser for BACK, and never leaves the page', async () => {
    const page = await openLayout(browser, { films: 0, items: 1 });
    const back = () => page.evaluate(() => history.back());
    await press(page, '2');
    await page.waitForSelector('.on-today .row.focus');
    await back();
    await page.waitForSelector('.on-live');
    for (const screen of ['home', 'live', 'home', 'live', 'home']) {
      await back();
      await page.waitForSelector(`.on-${screen}`);
    }
    expect(new URL(page.url()).pathname).toBe('/station/');
    await page.context().close();
  });

  it('in the settings and on the pad before them', async () => {
    const page = await openLayout(browser, { films: 0, items: 0 });
    await press(page, '5');
    await page.waitForSelector('.on-help .focus');
    await press(page, 'ArrowRight', 'Enter');
    await page.waitForSelector('.pin .focus');
    const pad = await walk(page);
    expect([pad.reached.length, pad.wrongMarks]).toEqual([10, []]);
    await press(page, '0', '0', '0', '0');
    await page.waitForSelector('.settings .row.focus');
    await reachedOn(page, 7);
  });
});
