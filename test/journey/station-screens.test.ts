import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { keepPicture } from './keep-pictures.ts';
import { openLayout } from './layouts/open-layout.ts';
import { unreadable } from './layouts/readable.ts';
import { press } from './station.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const sizes = [
  [1920, 1080],
  [1280, 720],
  // A system that keeps a strip of the screen for itself.
  [1280, 672],
  [390, 844],
] as const;

describe.concurrent.each(['zh', 'en'])('the screens of a station, in %s', (language) => {
  it.each(sizes)('read at five metres at %ix%i, each kept as a picture', async (width, height) => {
    const found: Record<string, readonly string[]> = {};
    const open = (isDue: boolean) =>
      openLayout(browser, { films: 9, items: 12, isDue }, { size: { width, height }, language });
    let page = await open(false);
    const look = async (name: string, selector: string) => {
      await page.waitForSelector(selector);
      await keepPicture(page, `station-layouts/${language}/${name}-${width}x${height}`);
      const wrong = await unreadable(page);
      if (wrong.length > 0) found[name] = wrong;
    };
    await look('banner', '.banner .button.focus');
    await press(page, 'Escape');
    await look('home', '.home .focus');
    await press(page, '2');
    await look('day', '.on-today .row.focus');
    await press(page, '3');
    await page.waitForSelector('.card.focus');
    await look('library', '.tab:nth-child(7)');
    await press(page, '7', '3');
    await look('search', '.card.focus');
    await press(page, 'Enter');
    await look('film', '.film .button.focus');
    await press(page, 'Enter', 'ArrowDown');
    await look('player', '.player .button.focus');
    await press(page, 'Escape', 'Escape', '4');
    await look('board', '.board .row');
    await press(page, '5');
    await look('help', '.help .focus');
    await press(page, 'Enter');
    await look('device-check', '[data-probe="done"]');
    await page.emulateMedia({ media: 'print' });
    await keepPicture(page, `station-layouts/${language}/device-check-printed-${width}x${height}`);
    await page.emulateMedia({ media: 'screen' });
    await press(page, 'Escape', 'ArrowRight', 'Enter');
    await look('pin', '.pin .focus');
    await press(page, '0', '0', '0', '0');
    await look('settings', '.settings .row.focus');
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await look('left-out', '.settings .empty');
    await press(page, 'Escape', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter');
    await look('learn-keys', '.learn');
    await page.context().close();
    page = await open(true);
    await press(page, '4');
    await look('must-watch', '.offer .button.focus');
    await press(page, 'ArrowRight', 'Enter');
    await look('must-watch-why', '.offer .button.focus');
    await page.context().close();
    expect(found).toEqual({});
  });
});
