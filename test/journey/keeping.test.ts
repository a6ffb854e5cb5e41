import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './accessible.ts';
import { openBrowser } from './browser.ts';
import { button, consoleOf, dialog, goTo, openConsole, phone } from './console.ts';
import { answerWithPayloads } from './payload-replies.ts';
import { press } from './station.ts';
import { api, demo, onAir, tokenOf } from './system.ts';

/** Every screen of the console by its address, with its heading. */
const screens = [
  ['films', '片库'],
  ['review', '待审核影片'],
  ['today', '今日播出'],
  ['plans', '节目计划'],
  ['upload', '上传影片'],
  ['office/places', '地区与站点'],
  ['office/users', '人员'],
  ['office/categories', '栏目'],
  ['office/channels', '频道'],
  ['office/settings', '县级设置'],
  ['office/audit', '操作记录'],
  ['office/queue', '制作队列'],
  ['office/status', '运行状态'],
] as const;
/** Those that are laid out otherwise on a phone. */
const otherwiseOnPhones: ReadonlySet<string> = new Set(['films', 'today', 'plans', 'office/users', 'office/status']);
const payload = '<img src=x onerror="document.title=1">"\'><script>document.title=1</script>';

describe('looking after the system', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    // Screens that show films and plans have some.
    await onAir();
    browser = await openBrowser();
    page = await consoleOf(browser, 'admin');
  });
  afterAll(() => browser.close());

  it('is open to people who cannot see well or hold a mouse, on a desk and on a phone', async () => {
    const found: string[] = [];
    for (const [address, heading] of screens) {
      await goTo(page, address);
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      found.push(...(await seriousFindings(page)).map((finding) => `${address}: ${finding}`));
      await page.setViewportSize(phone);
      if (otherwiseOnPhones.has(address))
        found.push(...(await seriousFindings(page)).map((finding) => `${address} on a phone: ${finding}`));
      expect([address, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([
        address,
        true,
      ]);
      await page.setViewportSize({ width: 1920, height: 1080 });
    }
    const door = await openConsole(browser, `${demo().address}/console/`);
    await door.getByLabel('用户名').waitFor();
    found.push(...(await seriousFindings(door)));
    await door.context().close();
    expect(found).toEqual([]);
  });

  it('has dialogs that are open to them too', async () => {
    const { items } = await api<{ items: { id: string }[] }>('/api/films?state=ready', {
      token: await tokenOf('admin'),
    });
    await goTo(page, `films/${items[0]?.id ?? ''}`);
    await button(page, '更换封面').click();
    await page.locator('.poster-grid img').first().waitFor();
    const found = [...(await seriousFindings(page))];
    await goTo(page, 'today');
    await page.getByText('快捷键：C 切断').waitFor();
    for (const [key, title] of [
      ['c', '切断频道，改播垫片'],
      ['i', '马上插播一部影片'],
    ] as const) {
      await page.keyboard.press(key);
      await dialog(page, title).waitFor();
      found.push(...(await seriousFindings(page, '[role="dialog"]')));
      await page.keyboard.press('Escape');
      await dialog(page, title).waitFor({ state: 'hidden' });
    }
    expect(found).toEqual([]);
  });

  it('shows of each film and station how pictures start, stand still, fail and fall out, and on which rung', async () => {
    const figures = {
      ...{ plays: 7, failed: 1, watchedMs: 3_600_000, startupP50Ms: 900, startupP95Ms: 2100 },
      ...{ stalls: 3, stallRatio: 0.04, errors: 5, droppedRatio: 0.02, rungs: { '720p': 0.75, '216p': 0.25 } },
    };
    const named = (name: string) => [{ ...figures, id: name, name }];
    const json = { fromMs: 0, toMs: 1, total: figures, films: named('甲片'), channels: [], places: named('乙村') };
    await page.route('**/api/quality?*', (route) => route.fulfill({ json }));
    await goTo(page, 'office/status');
    const row = page.getByRole('row').filter({ hasText: '甲片' });
    await row.waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      ...['甲片', '7', '4.0 %', '1', '2.1 秒', '5', '2.0 %', '720p 75 %、216p 25 %'],
    ]);
    await page.getByText('地方', { exact: true }).click();
    await page.getByRole('row').filter({ hasText: '乙村' }).waitFor();
    await page.unroute('**/api/quality?*');
  });

  it('finds out by keyboard alone that the record is whole', async () => {
    await goTo(page, 'office/audit');
    await button(page, '检查记录链').focus();
    await page.keyboard.press('Enter');
    await page.getByText(/检查了 \d+ 条记录：完整/).waitFor();
  });

  it('invites somebody by keyboard alone, whose name is shown as it was written, and signs them out at once', async () => {
    await goTo(page, 'office/users');
    await button(page, '新增人员').focus();
    await page.keyboard.press('Enter');
    const form = dialog(page, '新增人员');
    await form.waitFor();
    expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
    const username = `keeper-${Date.now() % 100_000}`;
    await form.getByLabel('用户名').focus();
    await page.keyboard.type(username);
    await form.getByLabel('姓名').focus();
    await page.keyboard.insertText(payload.slice(0, 60));
    await form.getByLabel('角色', { exact: true }).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await button(form, '保存').focus();
    await page.keyboard.press('Enter');
    const told = dialog(page, '设置密码的链接');
    const link = await told.getByLabel('设置密码的链接').inputValue();
    await button(told, '复制').focus();
    await page.keyboard.press('Enter');
    await told.getByRole('status').filter({ hasText: /./ }).waitFor();
    await page.keyboard.press('Escape');

    const guest = await openConsole(browser, link);
    await guest.getByLabel('新密码').focus();
    await guest.keyboard.type('three words here');
    await guest.keyboard.press('Tab');
    await guest.getByLabel('再输一遍').focus();
    await guest.keyboard.type('three words here');
    await guest.keyboard.press('Enter');
    await guest.waitForSelector('nav');
    expect(await guest.title()).not.toBe('1');

    const row = page.locator('tr', { hasText: username });
    await row.getByText(payload.slice(0, 60)).waitFor();
    await button(row, '登录').focus();
    await page.keyboard.press('Enter');
    const list = page.getByRole('dialog').filter({ hasText: '的登录' });
    expect(await seriousFindings(page)).toEqual([]);
    // Until the list is there nobody can be signed out, and the button takes no focus.
    await list.locator('tbody').getByRole('button').first().waitFor();
    await button(list, '退出所有登录').focus();
    await page.keyboard.press('Enter');
    await list.getByText('没有登录。').waitFor();
    await guest.getByText('登录已过期').waitFor({ timeout: 10_000 });
    await guest.context().close();
  });

  it('shows what looks like code as the text it is, on every screen of the office, the village and the station', async () => {
    const token = await tokenOf('admin');
    const idOf = async (list: string) => (await api<{ items: { id: string }[] }>(list, { token })).items[0]?.id ?? '';
    const film = await idOf('/api/films?state=ready');
    const { showsText } = await answerWithPayloads(page.context());
    // What was shown before is kept by the page, and would be shown first.
    await page.reload();
    for (const address of [
      ...['films', `films/${film}`, 'plans', `plans/${await idOf('/api/plans')}`, 'today'],
      ...['office/places', 'office/users', 'office/audit'],
    ]) {
      await goTo(page, address);
      await showsText(page, address);
    }
    const outside = await page.context().newPage();
    for (const address of ['/library', `/film/${film}`, '/board/county', '/board/county?print=a4']) {
      await outside.goto(demo().address + address);
      await showsText(outside, address);
    }
    await outside.goto(`${demo().address}/station/?code=s1`);
    await outside.waitForSelector('main');
    for (const [key, screen] of [
      ['3', '.on-library .card.focus'],
      ['Enter', '.on-film'],
      ['2', '.on-today'],
    ] as const) {
      await press(outside, key);
      await outside.waitForSelector(screen);
      await showsText(outside, screen);
    }
    await page.context().unrouteAll({ behavior: 'ignoreErrors' });
    await outside.close();
  });
});
