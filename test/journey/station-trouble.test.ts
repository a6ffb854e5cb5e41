import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels } from '../../media/contract/channels.ts';
import { openBrowser, openPage, throttle } from './browser.ts';
import { takeAwayNewerNames } from './old-engine.ts';
import { addChannel, plays, toSecondChannel } from './second-channel.ts';
import { giveShortTokens } from './short-tokens.ts';
import { onPlan, phaseIs, press } from './station.ts';
import { demo, eventually, onAir } from './system.ts';

/** The offer has the only focus that counts: the screen below it does not hear the remote. */
const onlyOffered = (page: Page, choice: string) => page.locator('.offer .focus', { hasText: choice }).waitFor();

const dayInWords = { month: 'long', day: 'numeric', weekday: 'long' } as const;

let browser: Browser;
beforeAll(async () => {
  await onAir();
  browser = await openBrowser();
});
afterAll(() => browser.close());

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
    const { page, context } = await opened();
    await page.addInitScript(takeAwayNewerNames);
    await page.goto(`${demo().address}/station/`);
    await onPlan(page, 90_000);
    await context.setOffline(true);
    await page.waitForSelector('.link-lost', { timeout: 60_000 });
    await page.locator('.hint', { hasText: '网络断开了，正在自动重连' }).waitFor({ timeout: 60_000 });
    const beganMs = Date.now();
    await context.setOffline(false);
    const off = await onPlan(page, 45_000);
    console.log(
      `back on plan ${((Date.now() - beganMs) / 1000).toFixed(1)} s after the network, ${off.toFixed(2)} s off`,
    );
    await context.close();
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
    const told = page.waitForResponse((reply) => new URL(reply.url()).pathname === '/api/skips');
    await press(page, 'ArrowRight', 'Enter');
    expect((await told).status()).toBe(204);
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
    // It is on the county's channel, and who watches another one is led there.
    await addChannel(page);
    await page.reload({ waitUntil: 'commit' });
    const isTuned = plays(page, 'live-second', 60_000);
    await beginsIn(3000, isTuned);
    await phaseIs(page, 'playing');
    await toSecondChannel(page);
    await page.locator('.offer', { hasText: '秒后自动开始' }).waitFor();
    await plays(page, 'live', 15_000);
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
    await refuse(page, '**/api/films/*', 404, 'not_found');
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
    await page.locator('.hint', { hasText: '正在准备，马上就好' }).waitFor();
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

  it('goes on without a break when its playback token is renewed', async () => {
    const { page, context } = await opened();
    const { tokens, refused } = await giveShortTokens(page);
    await page.goto(`${demo().address}/station/`);
    await phaseIs(page, 'playing');
    const positionS = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    const [fromS, fromMs] = [await positionS(), Date.now()];
    await eventually(() => Promise.resolve(tokens.size >= 3 ? true : undefined), 30_000);
    const lateS = (Date.now() - fromMs) / 1000 - ((await positionS()) - fromS);
    console.log(`${tokens.size} playback tokens in turn: ${refused.length} refused, ${lateS.toFixed(1)} s late`);
    expect([refused, lateS < 5]).toEqual([[], true]);
    // A question for the next token may be under way.
    await page.unrouteAll({ behavior: 'wait' });
    await context.close();
  });

  it('shows the channel and finds a film over 512 kbit/s with 300 ms of delay', async () => {
    const { page, context } = await opened();
    await throttle(page);
    const beganMs = Date.now();
    await page.goto(`${demo().address}/station/`);
    await phaseIs(page, 'playing');
    const startMs = Date.now() - beganMs;
    await press(page, '3');
    await page.waitForSelector('.card.focus', { timeout: 30_000 });
    const libraryMs = Date.now() - beganMs - startMs;
    await press(page, 'Escape');
    await page.waitForSelector('.on-live');
    const fromS = await page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    await page.waitForFunction((from) => (document.querySelector('video')?.currentTime ?? 0) > from + 4, fromS, {
      timeout: 30_000,
    });
    const lines = await page.evaluate(() => document.querySelector('video')?.videoHeight);
    console.log(`station, 512 kbit/s: picture after ${startMs} ms, library after ${libraryMs} ms, ${lines ?? 0} lines`);
    expect([lines, startMs < 30_000]).toEqual([216, true]);
    await page.waitForSelector('.link-good');
    await context.close();
  });
});
