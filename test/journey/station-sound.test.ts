import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { press } from './station.ts';
import { demo, onAir } from './system.ts';

const television = { width: 1280, height: 720 };
let browser: Browser;
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Says on the page's console what its picture does, ten times a second, once it moved for two seconds like that. */
function tellSound(): void {
  let sinceS = 0;
  let was = '';
  setInterval(() => {
    if ('wasAsked' in window) console.log('asked about sound');
    const video = document.querySelector('video');
    if (video === null) return;
    const touched = navigator.userActivation.hasBeenActive ? 'touched' : 'untouched';
    const does = `${video.muted ? 'is silent' : 'sounds'} and ${video.paused ? 'stands' : 'moves'}, ${touched}`;
    if (does !== was) sinceS = video.currentTime;
    was = does;
    if (video.currentTime > sinceS + 2) console.log(does);
  }, 100);
}

/** The page tells it by itself: whoever asks it through the driver has touched it, and a browser lets that sound. */
const told = (page: Page, wanted: string) =>
  page.waitForEvent('console', { predicate: (line) => line.text() === wanted, timeout: 60_000 });

describe.concurrent('the sound of a station', () => {
  it('has sound without a key where a box lets pages sound, and goes on without where it only says so', async () => {
    const free = await openBrowser(['--autoplay-policy=no-user-gesture-required']);
    const { page: heard } = await openPage(free, television);
    await heard.addInitScript(tellSound);
    const isHeard = told(heard, 'sounds and moves, untouched');
    await heard.goto(`${demo().address}/station/`);
    await isHeard;
    await free.close();
    const { page, context } = await openPage(browser, television);
    await page.addInitScript(tellSound);
    await page.addInitScript(() => {
      const says = { state: 'running', close: () => Promise.resolve(Object.assign(window, { wasAsked: true })) };
      // What is called with `new` is no arrow function.
      Object.assign(window, {
        AudioContext: function () {
          return says;
        },
      });
    });
    const isAsked = told(page, 'asked about sound');
    await page.goto(`${demo().address}/station/`);
    await isAsked;
    await told(page, 'is silent and moves, untouched');
    await context.close();
  });

  it('is silent where a browser wants a key first, and heard from then on', async () => {
    const { page, context } = await openPage(browser, television);
    await page.addInitScript(tellSound);
    const isSilent = told(page, 'is silent and moves, untouched');
    await page.goto(`${demo().address}/station/`);
    await isSilent;
    await press(page, 'ArrowUp');
    await told(page, 'sounds and moves, touched');
    await context.close();
  });
});
