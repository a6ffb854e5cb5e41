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
