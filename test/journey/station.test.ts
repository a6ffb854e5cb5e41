import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels } from '../../media/contract/channels.ts';
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

/** The offer has the only focus that counts: the screen below it does not hear the remote. */
const onlyOffered = (page: Page, choice: string) => page.locator('.offer .focus', { hasText: choice }).waitFor();

const dayInWords = { month: 'long', day: 'numeric', weekday: 'long' } as const;

let browser: Browser;
/** The page on an old engine, and what went wrong in it. */
let page: Page;
let errors: string[];
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
  ({ page, errors } = await openPage(browser, television));
  await page.addInitScript(takeAwayNewerNames);
});
afterAll(() => browser.close());

describe('the station page, on an engine that lacks what came after Chrome 51', () => {
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
  });

  it('reaches every screen by arrows, OK and BACK', async () => {
    const seen: string[] = [];
    /** Opens what is focused, looks at it, and does the rest of a walk there before it goes back. */
    const visit = async (selector: string, inside: () => Promise<void> = () => Promise.resolve()) => {
      await press(page, 'Enter');
      await page.waitForSelector(selector);
      seen.push(selector);
      expect(await page.locator('.focus').count()).toBeLessThanOrEqual(1);
      await inside();
      await press(page, 'Escape');
    };
    await press(page, 'ArrowLeft', 'ArrowLeft');
    await onlyFocus(page, '.tile-live.focus');
    await press(page, 'ArrowRight');
    await visit('.on-today .row.focus');
    await press(page, 'ArrowRight');
    await onlyFocus(page, '.tile-library.focus');
    await visit('.on-library .card.focus', async () => {
      await visit('.on-film .button.focus', async () => {
        await visit('.on-player .bar.focus', async () => {
          await press(page, 'ArrowDown', 'ArrowRight');
          await onlyFocus(page, '.player .button.focus');
          await press(page, 'Escape');
          await onlyFocus(page, '.player .bar.focus');
        });
        await onlyFocus(page, '.on-film .button.focus');
      });
      await onlyFocus(page, '.on-library .card.focus');
    });
    await press(page, 'ArrowRight');
    await onlyFocus(page, '.tile-board.focus');
    await visit('.on-board .row');
    await press(page, 'ArrowRight');
    await onlyFocus(page, '.tile-help.focus');
    await visit('.on-help .button.focus', async () => {
      await visit('.on-probe [data-probe="running"] .button.focus');
      await onlyFocus(page, '.on-help .button.focus');
      await press(page, 'ArrowRight');
      await visit('.pin .button.focus', async () => {
        expect(await page.innerText('.pin')).toContain('还没有设过密码，请输入 0000');
        // The zero of the pad, four times.
        await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter', 'Enter', 'Enter', 'Enter');
        await onlyFocus(page, '.settings .row.focus');
        await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
        await visit('.settings .empty');
      });
    });
    await onlyFocus(page, '.home .tile.focus');
    expect(seen).toHaveLength(9);
  });

  it('learns a remote whose BACK is code 4, and keeps its keys', async () => {
    await press(page, '5');
    await page.waitForSelector('.on-help .button.focus');
    await press(page, 'ArrowRight', 'Enter', '0', '0', '0', '0', 'Enter');
    const send = (keyCode: number) =>
      page.evaluate((code) => {
        const event = new KeyboardEvent('keydown', { bubbles: true });
        Object.defineProperty(event, 'keyCode', { value: code });
        document.dispatchEvent(event);
      }, keyCode);
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
});

const refuse = (page: Page, path: string, status: number, code: string) =>
  page.route(path, (route) =>
    route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code }) }),
  );

/** A page of its own that something is missing in; closed with its context. */
const opened = () => openPage(browser, { width: 1280, height: 720 });

/** Goes to the first film of the library. */
async function toFirstFilm(page: Page): Promise<void> {
  await page.goto(`${demo().address}/station/`);
  await press(page, '3');
  await page.waitForSelector('.card.focus');
  await press(page, 'Enter');
  await page.waitForSelector('.film .button.focus');
}

// Most of it is waiting: for loaded pictures to run out, for a notice to have been read, for a countdown.
describe.concurrent('the station page, where something is missing', () => {
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

  it('says that a film was withdrawn while it plays, and goes back by itself', async () => {
    const { page, context } = await opened();
    await toFirstFilm(page);
    await page.route('**/vod/**/*.ts', (route) =>
      route.fulfill({ status: 410, contentType: 'application/problem+json', body: '{"code":"withdrawn"}' }),
    );
    await press(page, 'Enter');
    await page.waitForSelector('.player [data-trouble="gone"]');
    await page.unroute('**/vod/**/*.ts');
    await page.waitForSelector('.film .button.focus', { timeout: 15_000 });
    await context.close();
  });

  it('starts what must be watched by itself, unless somebody says why not', async () => {
    const { page, context } = await opened();
    /** The guide is told after `ready`, with what must be watched that long from then. */
    const beginsIn = (ms: number, ready: Promise<unknown> = Promise.resolve()) =>
      page.route('**/api/channels/county/guide?*', async (route) => {
        await ready;
        const reply = await route.fetch();
        const guide = channels.channelGuide.reply.parse(await reply.json());
        const startAtMs = guide.serverAtMs + ms;
        const due = { id: `must-${ms}`, title: '<b>必看</b>', kind: 'item', startAtMs, endAtMs: startAtMs + 60_000 };
        await route.fulfill({ json: { ...guide, items: [...guide.items, { ...due, mustWatch: true }] } });
      });
    await beginsIn(50_000);
    await page.goto(`${demo().address}/station/`);
    await phaseIs(page, 'playing');
    await press(page, '5');
    await page.locator('.offer', { hasText: '秒后自动开始' }).waitFor();
    expect(await page.locator('.offer h2').innerText()).toBe('<b>必看</b>');
    await onlyOffered(page, '现在观看');
    await press(page, 'ArrowRight', 'Enter');
    await onlyOffered(page, '正在开会');
    await press(page, 'ArrowRight', 'Enter');
    await page.locator('.offer').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => localStorage.getItem('yuanbo.skips'))).toContain('"reason":"fault"');
    await page.unroute('**/api/channels/county/guide?*');
    await page.reload({ waitUntil: 'commit' });
    const helpIsOpen = page.waitForSelector('.on-help', { timeout: 60_000 });
    await beginsIn(2000, helpIsOpen);
    await phaseIs(page, 'playing');
    await press(page, '5');
    await helpIsOpen;
    await page.waitForSelector('.on-live', { timeout: 15_000 });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  });

  it('has words for an empty library, an empty day, and a box in 1970 that can neither keep nor play anything', async () => {
    const { page, context } = await opened();
    const answer = (path: string, json: object) => page.route(path, (route) => route.fulfill({ json }));
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      const sinceMs = now();
      Date.now = () => now() - sinceMs;
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      // Chromium goes on to say "maybe" to HLS.
      Reflect.deleteProperty(window, 'MediaSource');
      Reflect.deleteProperty(window, 'ManagedMediaSource');
    });
    await answer('**/api/films?*', { items: [] });
    await page.goto(`${demo().address}/station/`);
    await page.locator('[data-trouble="unsupported"]', { hasText: '这台设备不能播放节目' }).waitFor();
    const year = await page.locator('.status-day').innerText();
    expect(year).toBe(
      new Intl.DateTimeFormat('zh-CN', { ...dayInWords, timeZone: 'Asia/Shanghai' }).format(new Date()),
    );
    await press(page, '3');
    await page.locator('.empty', { hasText: '片库里还没有可以播放的片' }).waitFor();
    await answer('**/api/channels/county/guide?*', { items: [], serverAtMs: Date.now() });
    await press(page, 'Escape', 'Escape', '2');
    await page.locator('.empty', { hasText: '今天还没有安排节目' }).waitFor();
    await page.goto(`${demo().address}/station/probe?code=nowhere`);
    await page.waitForSelector('[data-what="clock"] .link-lost');
    await context.close();
  });

  it('says that the channel is being prepared, not that the network is lost, and opens it by itself', async () => {
    const { page, context } = await opened();
    await refuse(page, '**/api/channels/**', 503, 'starting');
    await page.goto(`${demo().address}/station/`);
    await page.locator('.hint', { hasText: '频道正在准备' }).waitFor();
    expect(await page.locator('.link-lost').count()).toBe(0);
    await page.unroute('**/api/channels/**');
    await phaseIs(page, 'playing');
    await context.close();
  });

  it('says that a station is unknown, and plays the channel all the same', async () => {
    const { page, context } = await opened();
    await page.goto(`${demo().address}/station/?code=nowhere`);
    await phaseIs(page, 'playing');
    await page.locator('.status-place', { hasText: '没有找到这个站点' }).waitFor();
    await press(page, '4');
    await page.locator('.panel .empty', { hasText: '没有找到这个站点' }).waitFor();
    await context.close();
  });

  it('finds films by the keys of their initials, and says where there are none', async () => {
    const { page, context } = await opened();
    await page.goto(`${demo().address}/station/`);
    await press(page, '3');
    await page.waitForSelector('.card.focus');
    await press(page, '7', '3', '9', '9');
    await page.locator('.card.focus', { hasText: '水稻育秧要点' }).waitFor();
    await press(page, '9', '9', '9');
    await page.locator('.empty', { hasText: '没有找到这样的片' }).waitFor();
    for (let digit = 0; digit < 7; digit += 1) await press(page, 'Escape');
    await page.waitForSelector('.card.focus');
    await context.close();
  });

  it('says that a film is gone instead of trying for ever', async () => {
    const { page, context } = await opened();
    await refuse(page, '**/api/films/*/playback', 404, 'not_found');
    await toFirstFilm(page);
    await press(page, 'Enter');
    await page.locator('.player .keys', { hasText: '这部片已经撤下' }).waitFor();
    await press(page, 'Escape');
    await page.waitForSelector('.film .button.focus');
    await context.close();
  });
});

describe('the station page, on the old engine again', () => {
  it('goes on by itself when the server was killed', async () => {
    const [pid] = processesOn(demo().dataDir, 'server/main.js serve ');
    expect(pid).toBeDefined();
    const isOfLiveChannel = (url: string) => /\/p\/[^/]+\/live\/.*\.m3u8$/.test(url);
    const failed = page.waitForEvent('requestfailed', {
      predicate: (request) => isOfLiveChannel(request.url()),
      timeout: 30_000,
    });
    // As the page asks: between two of its questions another server may have begun.
    const killFirst = (route: Route) => {
      process.kill(pid ?? 0, 'SIGKILL');
      return route.continue();
    };
    await page.route(({ href }) => isOfLiveChannel(href), killFirst, { times: 1 });
    await failed;
    await page.waitForResponse((response) => response.ok() && isOfLiveChannel(response.url()), { timeout: 60_000 });
    await onPlan(page, 45_000);
    await page.waitForSelector('.link-good');
  });

  it('has met no error of its own on the way', () => {
    expect(errors).toEqual([]);
  });
});
