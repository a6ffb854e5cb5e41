import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quality } from '../../media/contract/quality.ts';
import { DEMO_FILMS } from '../../media/film/demo-films.ts';
import { markOnScreen, numberOf, openBrowser, openPage } from './browser.ts';
import { api, demo, eventually, guide, onAir, tokenOf } from './system.ts';

const phone = { width: 390, height: 844 };

/** Waits until a picture whose source begins so has moved for a moment. */
const moving = (page: Page, source: string) =>
  page.waitForFunction(
    (wanted) => (document.querySelector<HTMLVideoElement>(`video[data-source^="${wanted}"]`)?.currentTime ?? 0) > 1.5,
    source,
    { timeout: 60_000 },
  );

/** A portrait film's mark is small on a phone: any other film will do. */
async function landscapeOnAir(): Promise<true | undefined> {
  const [item] = await guide(Date.now(), Date.now() + 4000);
  const film = DEMO_FILMS.find(({ title }) => title === item?.title);
  return film !== undefined && film.width > film.height ? true : undefined;
}

/** The member's own clock is years behind: what is on is told by the server's. */
function setClockBack(): void {
  const now = Date.now.bind(Date);
  const behindMs = now() - Date.UTC(2015, 0, 1);
  Date.now = () => now() - behindMs;
}

describe('the member on a phone with a wrong clock', () => {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    await onAir();
    browser = await openBrowser();
    ({ page, errors } = await openPage(browser, phone));
    await page.addInitScript(setClockBack);
    await page.goto(`${demo().address}/`);
  });
  afterAll(() => browser.close());

  it('shows the picture of what is on, and plays it with one tap', async () => {
    await page.locator('.hero[style*="poster"]').waitFor({ timeout: 60_000 });
    await page.click('.hero .big-play');
    await moving(page, 'live');
    // Asked until they agree: an item may change between the looks at plan, page and picture.
    await eventually(async () => {
      const shown = await page.textContent('.now h1');
      const { mark } = await markOnScreen(page);
      const planned = (await guide(Date.now(), Date.now() + 4000))[0]?.title ?? '';
      if (shown === planned && mark?.film === numberOf(planned)) return true;
      throw new Error(`The page says ${shown ?? ''}, the plan ${planned}, the picture is film ${mark?.film ?? 0}.`);
    }, 60_000);
  });

  it('starts the item on air from its beginning', async () => {
    await eventually(landscapeOnAir, 60_000);
    await page.locator('.actions button', { hasText: '从头看' }).click();
    await moving(page, 'startOver-');
    // Position 0 is the item's first second, however far the item has run; reading the mark takes a while.
    const positionS = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
    await eventually(async () => {
      const beforeS = await positionS();
      const { mark } = await markOnScreen(page);
      const afterS = await positionS();
      if (mark !== undefined && beforeS - 1.5 < mark.second && mark.second < afterS + 0.5) return true;
      throw new Error(`The picture is second ${mark?.second ?? 'unknown'}, the position ${afterS.toFixed(1)} s.`);
    }, 20_000);
  });

  it('catches up on an item of yesterday', async () => {
    await page.locator('.days button', { hasText: '昨天' }).click();
    const row = page.locator('.guide li', { hasText: '回看' }).first();
    await row.waitFor({ timeout: 30_000 });
    const title = (await row.locator('.guide-title').innerText()).split('\n')[0] ?? '';
    await row.locator('button').click();
    await moving(page, 'catchUp-');
    expect(await page.textContent('.now h1')).toBe(title);
    await eventually(
      async () => ((await markOnScreen(page)).mark?.film === numberOf(title) ? true : undefined),
      20_000,
    );
  });

  it('looks at days before those that are offered at first', async () => {
    const days = page.locator('.days button');
    const before = await days.count();
    await days.last().click();
    expect(await days.count()).toBe(before + 7);
    await days.nth(before + 5).click();
    await page.locator('.guide li, .empty').first().waitFor();
  });

  it('finds a film by pinyin initials and plays it', async () => {
    await page.click('.tabs a[href="/library"]');
    await page.fill('.search', 'sdyy');
    await page.waitForFunction(() => document.querySelectorAll('.films a').length === 1, undefined, {
      timeout: 30_000,
    });
    await page.locator('.films a', { hasText: '水稻育秧要点' }).click();
    await page.click('.big-play');
    await moving(page, 'film-');
    await eventually(async () => ((await markOnScreen(page)).mark?.film === 1 ? true : undefined), 20_000);
  });

  it('goes on with a film where it was left, also after a reload', async () => {
    const film = page.url();
    await page.evaluate(() => {
      const video = document.querySelector('video');
      if (video !== null) video.currentTime = 21;
    });
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 21.5);
    await page.goBack();
    await page.locator('.films a', { hasText: '水稻育秧要点' }).waitFor();
    expect(page.url()).toContain('query=sdyy');
    await page.click('.tabs a[href="/"]');
    await page.locator('.shelf li', { hasText: '水稻育秧要点' }).waitFor();
    await page.goto(film);
    await page.locator('.big-play', { hasText: '接着看 0:2' }).waitFor();
    await page.getByRole('button', { name: '分享' }).waitFor();
  });

  it('tells the county how well it played', async () => {
    const token = await tokenOf('admin');
    const path = `/api/quality?from=${Date.now() - 3_600_000}&to=${Date.now() + 3_600_000}`;
    await eventually(async () => {
      const { plays, watchedMs, startupP95Ms } = quality.readQuality.reply.parse(await api(path, { token })).total;
      if (plays >= 4 && watchedMs > 4000) {
        console.log(`member: ${plays} plays, first picture within ${startupP95Ms ?? 0} ms (95 %)`);
        return true;
      }
      throw new Error(`The county heard of ${plays} plays and ${watchedMs} ms.`);
    }, 20_000);
  });

  it('chooses a village once, and reads its notices', async () => {
    await page.goto(`${demo().address}/notices`);
    await page.locator('.places button', { hasText: '县' }).first().waitFor();
    // The whole county is a choice too.
    await page.locator('.places button').first().click();
    await page.goto(`${demo().address}/notices`);
    await page.locator('.now button', { hasText: '换一个村' }).click();
    await page.locator('.places button').nth(1).click();
    await page.waitForURL(/code=t1/);
    await page.goto(`${demo().address}/notices`);
    expect(await page.textContent('.now h1')).toContain('远程教育节目公示');
    // Whoever gets a link to an item of the village sees it as the village does.
    expect(await page.locator('.guide-title').first().getAttribute('href')).toMatch(/^\/programme\/\d+\?code=t1$/);
  });

  it('passes a page on in a chat’s browser without https, which has neither a menu nor a clipboard for pages', async () => {
    const userAgent = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile MicroMessenger/8.0.50';
    const chat = await openPage(browser, phone, { userAgent });
    await chat.page.addInitScript(() => {
      for (const name of ['share', 'clipboard']) Reflect.deleteProperty(Navigator.prototype, name);
      document.addEventListener('copy', () => (document.title = String(getSelection())));
    });
    await chat.page.goto(`${demo().address}/notices?code=t1`);
    await chat.page.getByRole('button', { name: '分享' }).click();
    await chat.page.locator('.share-told', { hasText: '链接已复制，可以粘贴给别人。 也可以点右上角' }).waitFor();
    expect(await chat.page.title()).toBe(`${demo().address}/notices?code=t1`);
    await chat.context.close();
  });

  it('names each screen in the title of the page, and takes readers by ear there', async () => {
    for (const [path, title] of [
      ['/library', '点播 | 远播 · 远程教育'],
      ['/sign-in', '登录 | 远播 · 远程教育'],
      ['/nowhere', '远播 · 远程教育'],
    ] as const) {
      await page.goto(demo().address + path);
      await page.waitForFunction((wanted) => document.title === wanted, title);
    }
    await page.click('.tabs a[href^="/library"]');
    await page.waitForFunction(() => document.activeElement?.id === 'content');
    await page.click('.corner button');
    await page.waitForFunction(() => document.title === 'Library | Yuanbo · Distance education');
    await page.click('.corner button');
  });

  it('says that a film does not exist', async () => {
    // A link as it was shared before addresses had no hash.
    await page.goto(`${demo().address}/#/film/00000000000000000000000000`);
    await page.waitForURL('**/film/00000000000000000000000000');
    await page.locator('.empty', { hasText: '没有找到这部片' }).waitFor();
  });

  it('signs in and goes back to where it was, and never out of the pages', async () => {
    const signIn = async () => {
      await page.fill('[name="username"]', 'producer');
      await page.fill('[name="password"]', demo().password);
      await page.click('.sign-in button');
    };
    const signOut = async () => {
      await page.click('.corner a');
      await page.locator('.sign-in button', { hasText: '退出登录' }).click();
      // Leaving the page before its answer would take the question back.
      await page.locator('[name="username"]').waitFor();
    };
    await page.click('.tabs a[href="/library"]');
    await page.click('.corner a');
    await signIn();
    await page.waitForURL('**/library');
    await signOut();
    // Typed, after another page: an address typed twice would be loaded again, with what came before it.
    await page.goto(`${demo().address}/notices`);
    await page.goto(`${demo().address}/sign-in`);
    await signIn();
    await page.waitForURL(`${demo().address}/`);
    await signOut();
  });

  it('fits the phone without scrolling sideways and meets no error', async () => {
    for (const [path, content] of [
      ['/', '.guide li, .empty'],
      ['/library', '.films li'],
      ['/notices?code=t1', '.guide li'],
      ['/sign-in', 'form'],
      ['/board/county', 'table'],
    ] as const) {
      await page.goto(demo().address + path);
      await page.locator(content).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    }
    expect(errors).toEqual([]);
  });
});
