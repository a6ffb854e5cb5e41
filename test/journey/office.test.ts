import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { civilDateOf, formatCivilTime } from '../../media/grid/civil-time.ts';
import { openBrowser } from './browser.ts';
import { button, confirm, consoleOf, goTo } from './console.ts';
import { api, demo, eventually, guide, onAir, tokenOf, isUnproven } from './system.ts';

const zone = 'Asia/Shanghai';
const title = `村里的新片 <b>${Date.now() % 10_000}</b>`;

/** A small film with a moving picture and a tone. */
function makeFilm(folder: string): string {
  const file = join(folder, 'village.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=14', '-f', 'lavfi', '-i', 'sine=f=330:d=14'];
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    ...source,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-c:a',
    'aac',
    '-shortest',
    file,
  ]);
  return file;
}

describe.skipIf(isUnproven)('the office', () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-office-'));
  beforeAll(async () => {
    await onAir();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('takes a producer from a film file to a film that waits for review, and a text file to a plain refusal', async () => {
    const page = await consoleOf(browser, 'producer');
    await goTo(page, 'upload');
    await page.setInputFiles('input[type="file"] >> nth=0', makeFilm(folder));
    await page.getByLabel('片名', { exact: true }).fill(title);
    await button(page, '上传').click();
    await page.waitForSelector('text=上传完成', { timeout: 60_000 });
    await page.getByText('查看影片').click();
    // What is written there is shown literally, markup and all.
    await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), title);
    await page.waitForFunction(() => /正在|检查|制作|核对|等待审核/.test(document.body.innerText));
    await page.waitForFunction(() => document.body.innerText.includes('等待审核'), undefined, { timeout: 480_000 });
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, undefined, {
      timeout: 60_000,
    });

    await goTo(page, 'upload');
    await page.setInputFiles('input[type="file"] >> nth=0', {
      name: 'film.mp4',
      mimeType: 'video/mp4',
      buffer: Buffer.from('this is no film\n'.repeat(500)),
    });
    await button(page, '上传').click();
    await page.waitForSelector('text=上传完成', { timeout: 60_000 });
    await page.getByText('查看影片').last().click();
    await page.waitForFunction(() => document.body.innerText.includes('未通过'), undefined, { timeout: 120_000 });
    await page.context().close();
  });

  it('has a reviewer watch the film and pass it', async () => {
    const page = await consoleOf(browser, 'reviewer');
    await goTo(page, 'review');
    await page.getByText(title).first().click();
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, undefined, {
      timeout: 60_000,
    });
    await button(page, '通过').click();
    await confirm(page, '通过');
    const film = await eventually(async () => {
      const reply = await api<{ items: { title: string; state: string; id: string }[] }>('/api/films?state=ready', {
        token: await tokenOf('reviewer'),
      });
      return reply.items.find((each) => each.title === title);
    }, 30_000);
    await api(`/api/films/${film.id}`, {
      method: 'PATCH',
      body: { audience: 'public' },
      token: await tokenOf('producer'),
    });
    await page.context().close();
  });

  it('takes a scheduler from a list with findings over approval by somebody else to the channel and the board', async () => {
    const page = await consoleOf(browser, 'scheduler');
    await goTo(page, 'plans');
    await page.getByRole('button', { name: '新建计划' }).first().click();
    const today = civilDateOf(Date.now(), zone);
    for (const field of ['from', 'last']) {
      await page.fill(`.ant-modal #${field}`, today);
      await page.keyboard.press('Enter');
    }
    await confirm(page, '新建计划');
    await page.getByRole('button', { name: '添加节目' }).first().click();
    const startAtMs = Math.ceil((Date.now() + 75_000) / 60_000) * 60_000;
    const clock = formatCivilTime(startAtMs, zone).slice(11, 16);
    await page.getByLabel('开始', { exact: true }).first().fill(clock);
    await page.keyboard.press('Tab');
    await page.getByLabel('节目', { exact: true }).first().click();
    await page.keyboard.type('cldx');
    await page.locator('.ant-select-item-option', { hasText: title }).first().click();
    await button(page, '保存').click();
    await page.waitForSelector('text=已保存', { timeout: 20_000 });
    await button(page, '提交批准').click();
    await page
      .locator('.ant-modal:visible textarea')
      .fill('今天临时加播')
      .catch(() => undefined);
    await page.locator('.ant-modal:visible .ant-btn-primary').last().click();
    await page.waitForSelector('text=已提交', { timeout: 20_000 });
    const planId = /#\/plans\/([0-9a-z]{26})/.exec(page.url())?.[1] ?? '';
    expect(await button(page, '批准').count()).toBe(0);

    const approver = await consoleOf(browser, 'reviewer2');
    await goTo(approver, `plans/${planId}`);
    await button(approver, '批准').click();
    await approver.locator('.ant-modal:visible .ant-btn-primary').last().click();
    await approver.waitForSelector('text=已批准', { timeout: 20_000 });
    await approver.context().close();

    await page.reload();
    await button(page, '发布').click({ timeout: 20_000 });
    await page.locator('.ant-modal:visible .ant-btn-primary').last().click();
    await page.waitForSelector('text=已发布', { timeout: 20_000 });

    const board = await page.context().newPage();
    await board.goto(`${demo().address}/board/county`);
    await board.waitForFunction((wanted) => document.body.innerText.includes(wanted), title, { timeout: 60_000 });
    const item = (await guide(startAtMs, startAtMs + 4000)).find((each) => each.title === title);
    expect(item?.startAtMs).toBe(startAtMs);

    const films = await api<{ items: { title: string; revision: string }[] }>('/api/films?state=ready');
    const revision = films.items.find((each) => each.title === title)?.revision ?? 'none';
    await eventually(
      async () => ((await livePlaylist()).includes(revision) ? true : undefined),
      startAtMs - Date.now() + 30_000,
      1000,
    );
    await page.context().close();
  });
});

/** The media playlist of the first variant of the live channel. */
async function livePlaylist(): Promise<string> {
  const { live } = await api<{ live: string }>('/api/channels/county/playback');
  const multivariant = await (await fetch(demo().address + live)).text();
  const variant = multivariant.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
  return (await fetch(new URL(variant, demo().address + live))).text();
}
