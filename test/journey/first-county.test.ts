import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { button, choose, consoleOf, dialog, goTo, openConsole, phone } from './console.ts';
import { ended, freePort } from './start-demo.ts';

describe('an empty npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yuanbo-first-'));
  let system: ChildProcess;
  let browser: Browser;
  let address = '';
  let password = '';
  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    system = spawn(process.execPath, ['dist/server/main.js', 'start'], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn', WORKERS: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    password = await new Promise<string>((resolve, reject) => {
      let said = '';
      system.stdout?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        const found = /password (\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      system.on('exit', () => reject(new Error(`npm start ended: ${said}`)));
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await ended(system);
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('lets the administrator make township, station, channel, category and person in the console', async () => {
    const page = await consoleOf(browser, 'admin', password, address);
    const add = async (hash: string, heading: string, fill: (form: Locator) => Promise<void>) => {
      await goTo(page, `office/${hash}`);
      await button(page, heading).click();
      const form = dialog(page, heading);
      await fill(form);
      await button(form, '保存').click();
      await form.waitFor({ state: 'hidden', timeout: 20_000 });
    };
    await add('places', '新增地区或站点', async (form) => {
      await form.getByLabel('名称').fill('东山镇');
      await form.getByLabel('代码').fill('t9');
      await choose(form, '类型', { option: '乡镇' });
    });
    await page.getByText('东山镇').first().waitFor();
    await add('places', '新增地区或站点', async (form) => {
      await form.getByLabel('名称').fill('东山村站');
      await form.getByLabel('代码').fill('s9');
      await choose(form, '上级', { option: '东山镇', search: '东山' });
      await choose(form, '类型', { option: '站点' });
    });
    await add('categories', '新增栏目', async (form) => {
      await form.getByLabel('名称').fill('防灾减灾');
      await form.getByLabel('代码').fill('disaster');
    });
    await page.getByText('防灾减灾').first().waitFor();
    await add('channels', '新增频道', async (form) => {
      await form.getByLabel('名称').fill('备用频道');
      await form.getByLabel('代码').fill('spare');
    });
    await page.getByText('备用频道').first().waitFor();
    await add('users', '新增人员', async (form) => {
      await form.getByLabel('姓名').fill('刘制播');
      await form.getByLabel('用户名').fill('liu');
      await choose(form, '角色', { option: '制播员' });
      await choose(form, '单位', { option: '东山镇', search: '东山' });
    });
    const link = await page.getByRole('textbox', { name: '设置密码的链接' }).inputValue();

    const invited = await openConsole(browser, link, phone);
    await invited.getByLabel('新密码').fill('liu-has-a-password');
    await invited.getByLabel('再输一遍').fill('liu-has-a-password');
    await invited.keyboard.press('Enter');
    await invited.getByRole('heading', { name: '刘制播，您好' }).waitFor({ timeout: 20_000 });

    const codes = ((await (await fetch(`${address}/api/places`)).json()) as { items: { code: string }[] }).items.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(expect.arrayContaining(['county', 't9', 's9']));
  });
});
