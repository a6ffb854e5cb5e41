import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './accessible.ts';
import { openBrowser } from './browser.ts';
import { button, consoleOf, dialog, goTo, openConsole, phone } from './console.ts';
import { demo } from './system.ts';

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
const payload = '<img src=x onerror="document.title=1">"\'><script>document.title=1</script>';

describe('looking after the system', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
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
    await button(list, '退出所有登录').focus();
    await page.keyboard.press('Enter');
    await list.getByText('没有登录。').waitFor();
    await guest.getByText('登录已过期').waitFor({ timeout: 10_000 });
    await guest.context().close();
  });
});
