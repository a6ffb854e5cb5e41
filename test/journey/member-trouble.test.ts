import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './accessible.ts';
import { openBrowser, openPage, throttle } from './browser.ts';
import { giveShortTokens } from './short-tokens.ts';
import { api, demo, eventually, onAir } from './system.ts';

const phone = { width: 390, height: 844 };
const secondMs = 1000;

let browser: Browser;
let film: { readonly id: string; readonly title: string };
beforeAll(async () => {
  await onAir();
  [browser, film] = await Promise.all([
    openBrowser(),
    eventually(async () => {
      const found = await api<{ items: { id: string; title: string }[] }>('/api/films?query=sdyy');
      return found.items[0];
    }, 60_000),
  ]);
});
afterAll(() => browser.close());

const positionS = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
const playsFrom = (page: Page, seconds: number) =>
  page.waitForFunction((from) => (document.querySelector('video')?.currentTime ?? 0) > from, seconds, {
    timeout: 60_000,
  });

/** A page of its own that something is the matter with; closed with its context. */
async function opened(prepare: (page: Page) => Promise<unknown>, path: string) {
  const { page, context } = await openPage(browser, phone);
  await prepare(page);
  await page.goto(demo().address + path);
  return { page, context };
}

describe.concurrent('a member whom something keeps from watching', () => {
  it('sees the lowest rung over 512 kbit/s with 300 ms of delay', async () => {
    const { page, context } = await opened(async (page) => {
      await page.addInitScript(() => localStorage.setItem('yuanbo.picture', 'saver'));
      await throttle(page);
      await page.addInitScript(() => {
        addEventListener('waiting', noteDry, true);
        function noteDry() {
          const { buffered, currentTime } = document.querySelector('video') ?? { buffered: undefined, currentTime: 0 };
          const ends = Array.from({ length: buffered?.length ?? 0 }, (_none, at) => buffered?.end(at) ?? 0);
          const isDry = !ends.some((end) => end > currentTime + 0.3);
          document.documentElement.setAttribute('data-waits', isDry ? 'for the link' : 'for the decoder');
        }
      });
    }, `/film/${film.id}`);
    await page.click('.big-play');
    const beganMs = Date.now();
    await playsFrom(page, 0.1);
    const startMs = Date.now() - beganMs;
    await page.evaluate(() => document.documentElement.removeAttribute('data-waits'));
    await playsFrom(page, 5);
    const shown = await page.evaluate(() => ({
      height: document.querySelector('video')?.videoHeight,
      waited: document.documentElement.getAttribute('data-waits'),
    }));
    console.log(
      `512 kbit/s, 300 ms: ${shown.height ?? 0} lines after ${startMs} ms, ${shown.waited === null ? 'no stall' : `stood still ${shown.waited}`} in 5 s`,
    );
    expect(shown.height).toBe(216);
    await context.close();
  });

  it('loads no part of a film twice, neither at the start nor after a rest', async () => {
    const parts: string[] = [];
    const { page, context } = await opened(async (page) => {
      await page.addInitScript(() => localStorage.setItem('yuanbo.picture', 'saver'));
      page.on('request', (request) => {
        const part = /[^/]+\/\d+\.ts$/.exec(new URL(request.url()).pathname);
        if (part !== null) parts.push(part[0]);
      });
    }, `/film/${film.id}`);
    await page.click('.big-play');
    await playsFrom(page, 3);
    await page.evaluate(() => document.querySelector('video')?.pause());
    await page.waitForTimeout(secondMs);
    await page.evaluate(() => document.querySelector('video')?.play());
    await playsFrom(page, 6);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts).toEqual([...new Set(parts)]);
    expect(parts.filter((part) => !part.startsWith('216p/'))).toEqual([]);
    await context.close();
  });

  it('begins with what the link carried before', async () => {
    let first = '';
    const { page, context } = await opened(async (page) => {
      await page.addInitScript(() => {
        if (location.protocol === 'http:') localStorage['yuanbo.bandwidth'] ??= '420000';
      });
      page.on('request', (request) => {
        first ||= /([^/]+)\/\d+\.ts$/.exec(new URL(request.url()).pathname)?.[1] ?? '';
      });
    }, `/film/${film.id}`);
    await page.click('.big-play');
    await playsFrom(page, 0.1);
    expect(first).toBe('216p');
    // Most people leave by closing the page.
    await page.goto('about:blank');
    await page.goto(demo().address);
    expect(Number(await page.evaluate(() => localStorage.getItem('yuanbo.bandwidth')))).not.toBe(420_000);
    await context.close();
  });

  it('hears sound alone, from where the picture was', async () => {
    const { page, context } = await opened(() => Promise.resolve(), `/film/${film.id}`);
    await page.click('.big-play');
    await playsFrom(page, 2);
    await page.getByLabel('画质').selectOption('sound');
    await page.locator('.sound-only').waitFor();
    await page.waitForFunction(() => {
      const video = document.querySelector('video');
      return video !== null && video.videoHeight === 0 && video.currentTime > 2.5;
    });
    await context.close();
  });

  it('goes on without a break when the playback token is renewed', async () => {
    const { page, context } = await openPage(browser, phone);
    const { tokens, refused } = await giveShortTokens(page);
    await page.goto(demo().address);
    await page.click('.big-play');
    await playsFrom(page, 0.5);
    const [fromS, fromMs] = [await positionS(page), Date.now()];
    await eventually(() => Promise.resolve(tokens.size >= 3 ? true : undefined), 30_000);
    const lateS = (Date.now() - fromMs) / secondMs - ((await positionS(page)) - fromS);
    console.log(`${tokens.size} playback tokens of 8 s in turn: ${refused.length} refused, ${lateS.toFixed(1)} s late`);
    expect(refused).toEqual([]);
    expect(lateS).toBeLessThan(5);
    // A question for the next token may be under way.
    await page.unrouteAll({ behavior: 'wait' });
    await context.close();
  });

  it('reads that a film is for members, signs in, is back and sees it', async () => {
    const { page, context } = await opened(
      (page) =>
        page.route(`**/api/films/${film.id}/playback`, async (route) => {
          const isIn = 'cookie' in (await route.request().allHeaders());
          await (isIn ? route.fallback() : route.fulfill({ status: 401, json: { code: 'sign_in', status: 401 } }));
        }),
      `/film/${film.id}`,
    );
    await page.click('.big-play');
    await page.locator('.callout a', { hasText: '登录' }).click();
    await page.fill('[name="username"]', 'member');
    await page.fill('[name="password"]', demo().password);
    await page.click('.sign-in button');
    await page.locator('h1', { hasText: film.title }).waitFor();
    await page.click('.big-play');
    await playsFrom(page, 0.1);
    // The browser may be closed for weeks.
    const [cookie] = (await context.cookies()).filter(({ httpOnly }) => httpOnly);
    expect((cookie?.expires ?? 0) * secondMs - Date.now()).toBeGreaterThan(29 * 24 * 3600 * secondMs);
    await context.close();
  });

  it('reads in the language of the page why signing in is refused', async () => {
    const { page, context } = await opened(
      (page) => page.route('**/api/sessions', (route) => route.fulfill({ status: 403, json: { code: 'forbidden' } })),
      '/sign-in',
    );
    await page.fill('[name="username"]', 'member');
    await page.fill('[name="password"]', 'x');
    await page.click('.sign-in button');
    await page.locator('.problem', { hasText: '请改用 https 开头的网址' }).waitFor();
    await context.close();
  });

  it('reads of a film that was withdrawn while it played', async () => {
    let withdraw = (): void => undefined;
    const withdrawn = new Promise<void>((resolve) => (withdraw = resolve));
    // Its end is not loaded before: a whole film would play on without asking anybody.
    const { page, context } = await opened(
      (page) =>
        page.route(/\/0000[4-9]\.ts$/, async (route) => {
          await withdrawn;
          await route.fulfill({ status: 410, json: { code: 'withdrawn' } });
        }),
      `/film/${film.id}`,
    );
    await page.click('.big-play');
    await playsFrom(page, 0.5);
    withdraw();
    await page.locator('.phase', { hasText: '已经撤下' }).waitFor({ timeout: 30_000 });
    await context.close();
  });

  it('reads that the browser cannot play where it has no Media Source Extensions', async () => {
    const { page, context } = await opened(
      (page) =>
        page.addInitScript(() => {
          Reflect.deleteProperty(window, 'MediaSource');
          Reflect.deleteProperty(window, 'ManagedMediaSource');
        }),
      `/film/${film.id}`,
    );
    await page.click('.big-play');
    await page.locator('.phase', { hasText: '不能播放视频' }).waitFor();
    await context.close();
  });

  it('sees the least there is by the HLS of an iPhone, goes on where it was after a lost link, and reads of a withdrawal', async () => {
    const { page, context } = await opened(
      (page) =>
        page.addInitScript(() => {
          for (const name of ['MediaSource', 'ManagedMediaSource', 'chrome']) Reflect.deleteProperty(window, name);
          localStorage.setItem('yuanbo.picture', 'saver');
        }),
      `/film/${film.id}`,
    );
    await page.click('.big-play');
    await playsFrom(page, 4);
    expect(await page.evaluate(() => document.querySelector('video')?.videoHeight)).toBe(216);
    await page.evaluate(() => document.querySelector('video')?.dispatchEvent(new Event('error')));
    const leftS = await positionS(page);
    await page.locator('.phase', { hasText: '正在自动恢复' }).waitFor();
    await page.locator('.stage[data-phase="playing"]').waitFor();
    const backS = await positionS(page);
    expect(backS).toBeGreaterThan(leftS - 1);
    await playsFrom(page, backS + 1);
    await page.route('**/vod/**', (route) => route.fulfill({ status: 410, json: { code: 'withdrawn' } }));
    await page.evaluate(() => document.querySelector('video')?.dispatchEvent(new Event('error')));
    await page.locator('.phase', { hasText: '已经撤下' }).waitFor();
    await context.close();
  });

  it('goes on with films as long as the page is open where the device keeps nothing', async () => {
    const { page, context } = await opened(
      (page) =>
        page.addInitScript(() => {
          Storage.prototype.setItem = () => {
            throw new DOMException('full', 'QuotaExceededError');
          };
        }),
      `/film/${film.id}`,
    );
    await page.click('.big-play');
    await playsFrom(page, 0.5);
    await page.evaluate(() => {
      const video = document.querySelector('video');
      if (video !== null) video.currentTime = 25;
    });
    await playsFrom(page, 25.2);
    await page.click('.tabs a[href="/"]');
    await page.locator('.shelf li', { hasText: film.title }).waitFor();
    await context.close();
  });

  it('reads titles with markup literally, of an empty library that it is empty, and of an empty day that it is', async () => {
    const title = '<b onclick=alert(1)>&amp;</b>';
    const { page, context } = await opened(async (page) => {
      await page.route(`**/api/films/${film.id}`, async (route) => {
        const reply = await route.fetch();
        await route.fulfill({ response: reply, json: { ...((await reply.json()) as object), title } });
      });
      await page.route('**/api/films?*', (route) => route.fulfill({ json: { items: [] } }));
      await page.route('**/guide?*', (route) => route.fulfill({ json: { items: [], serverAtMs: Date.now() } }));
    }, `/film/${film.id}`);
    await page.locator('h1', { hasText: title }).waitFor();
    expect(await page.locator('main b').count()).toBe(0);
    await page.click('.tabs a[href="/library"]');
    await page.locator('.empty', { hasText: '还没有片' }).waitFor();
    await page.click('.tabs a[href="/"]');
    await page.locator('.empty', { hasText: '没有安排节目' }).waitFor();
    await context.close();
  });
});

describe.concurrent('every screen of a member', () => {
  it('has no serious finding of axe, and the first plays by the keyboard alone', async () => {
    const { page, context } = await opened(() => Promise.resolve(), '/');
    for (const [path, content] of [
      ['/', '.guide li, .empty'],
      ['/library', '.films li'],
      [`/film/${film.id}`, '.facts'],
      ['/notices', '.places li'],
      ['/notices?code=t1', '.guide li, .empty'],
      ['/sign-in', 'form'],
    ] as const) {
      await page.goto(demo().address + path);
      await page.locator(content).first().waitFor();
      expect(await seriousFindings(page), path).toEqual([]);
    }
    await page.goto(demo().address);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await playsFrom(page, 0.3);
    await context.close();
  });
});
