import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { choose, confirm, consoleOf, goTo } from './console.ts';
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
    const field = (name: string) => page.locator(`.ant-modal:visible #${name}`);
    const add = async (hash: string, button: string, fill: () => Promise<void>, confirmWith = '保存') => {
      await goTo(page, `office/${hash}`);
      await page.getByRole('button', { name: button }).first().click();
      await fill();
      const dialog = page.locator('.ant-modal:visible').last();
      await dialog.locator('.ant-btn-primary').last().click();
      await dialog.waitFor({ state: 'hidden', timeout: 20_000 }).catch(() => confirm(page, confirmWith));
    };
    await add('places', '新增地区或站点', async () => {
      await field('name').fill('东山镇');
      await field('code').fill('t9');
      await choose(page, '类型', '乡镇');
    });
    await page.getByText('东山镇').first().waitFor();
    await add('places', '新增地区或站点', async () => {
      await field('name').fill('东山村站');
      await field('code').fill('s9');
      await choose(page, '上级', '东山镇');
      await choose(page, '类型', '站点');
    });
    await add('categories', '新增栏目', async () => {
      await field('name').fill('防灾减灾');
      await field('code').fill('disaster');
    });
    await page.getByText('防灾减灾').first().waitFor();
    await add('channels', '新增频道', async () => {
      await field('name').fill('备用频道');
      await field('code').fill('spare');
    });
    await page.getByText('备用频道').first().waitFor();
    await goTo(page, 'office/users');
    await page.getByRole('button', { name: '新增人员' }).first().click();
    await field('name').fill('刘制播');
    await field('username').fill('liu');
    const selects = page.locator('.ant-modal:visible .ant-select');
    await selects.nth(0).click();
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').nth(1).click();
    await selects.nth(1).click();
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
    await page.locator('.ant-modal:visible .ant-btn-primary').last().click();
    const link = await page.waitForFunction(
      () =>
        /\/console\/#\/invitation\/[\w-]+/.exec(
          `${document.body.innerText} ${[...document.querySelectorAll('input')].map((input) => input.value).join(' ')}`,
        )?.[0],
    );
    const path = (await link.jsonValue()) ?? '';

    const { page: invited } = await openPage(browser, { width: 390, height: 844 });
    await invited.goto(address + path);
    for (const input of await invited.locator('input[type="password"]').all()) await input.fill('liu-has-a-password');
    await invited.locator('.ant-btn-primary').last().click();
    await invited.waitForFunction(() => document.body.innerText.includes('刘制播'), undefined, { timeout: 20_000 });

    const codes = ((await (await fetch(`${address}/api/places`)).json()) as { items: { code: string }[] }).items.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(expect.arrayContaining(['county', 't9', 's9']));
  });
});
