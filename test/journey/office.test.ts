import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels } from '../../media/contract/channels.ts';
import { civilDateOf, formatCivilTime } from '../../media/grid/civil-time.ts';
import { CELL_MS } from '../../media/grid/cell.ts';
import { seriousFindings } from './accessible.ts';
import { openBrowser, openPage } from './browser.ts';
import { button, choose, consoleOf, dialog, enterByTab, goTo, signIn } from './console.ts';
import { phaseIs } from './station.ts';
import { api, demo, eventually, tokenOf } from './system.ts';

const zone = 'Asia/Shanghai';
const mark = Date.now() % 10_000;
const title = `村里的新片 <b>${mark}</b>`;
/** A channel of its own for one township, so that the county's stays as the other journeys know it. */
const channel = { code: `east-${mark}`, name: '东片频道', audience: 'public', groups: ['t3'] };

/** A small film with a moving picture and a tone. */
function makeFilm(folder: string): string {
  const file = join(folder, 'village.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=14', '-f', 'lavfi', '-i', 'sine=f=330:d=14'];
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-shortest'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...source, ...encoder, file]);
  return file;
}

/** Uploads one file on the page that is open and goes to its film, by the keyboard alone. */
async function upload(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
  filmTitle: string,
) {
  await goTo(page, 'upload');
  const chooser = page.waitForEvent('filechooser');
  await enterByTab(page, button(page, '选择影片'));
  await (await chooser).setFiles(file);
  await page.getByLabel('片名', { exact: true }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(filmTitle);
  await enterByTab(page, button(page, '上传'));
  const row = page.locator('.upload-row', { hasText: filmTitle });
  await row.getByText('上传完成').waitFor({ timeout: 60_000 });
  await enterByTab(page, row.getByText('查看影片'));
  // What is written there is shown literally, markup and all.
  await page.getByRole('heading', { name: filmTitle, exact: true }).waitFor();
}

const shows = (page: Page) =>
  page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2, undefined, { timeout: 60_000 });

describe('the office', () => {
  let browser: Browser;
  /** When the film begins on its channel; the other journeys of the office go on meanwhile. */
  let airsAtMs = NaN;
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-office-'));
  beforeAll(async () => {
    browser = await openBrowser();
    await eventually(async () => {
      const { items } = await api<{ items: { code: string }[] }>('/api/places');
      return items.find(({ code }) => code === 't3');
    }, 240_000);
    await api('/api/channels', { method: 'POST', body: channel, token: await tokenOf('admin') });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('takes a producer from a film file to a film that waits for review, and a text file to a plain refusal', async () => {
    const page = await consoleOf(browser, 'producer');
    await upload(page, makeFilm(folder), title);
    await page.getByText(/正在检查影片|下一部就制作|前面还有 \d+ 部|正在制作|正在处理声音|正在核对/).waitFor();
    await page.getByText('待审核').waitFor({ timeout: 240_000 });
    await shows(page);

    const text = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.from('this is no film\n'.repeat(500)) };
    await upload(page, text, '不是影片');
    const refusal = page.getByRole('alert').filter({ hasText: '未通过' });
    await refusal.filter({ hasText: '怎么办：' }).waitFor({ timeout: 60_000 });
    await page.context().close();
  });

  it('has a reviewer watch the film and pass it, by the keyboard alone', async () => {
    const page = await consoleOf(browser, 'reviewer');
    await goTo(page, 'review');
    await enterByTab(page, page.getByText(title).first());
    await shows(page);
    await enterByTab(page, button(page, '通过'));
    await enterByTab(page, button(dialog(page, '确认通过审核？'), '通过'));
    await page.getByText('已通过').waitFor();
    const film = await readyFilm();
    await api(`/api/films/${film.id}`, {
      method: 'PATCH',
      body: { audience: 'public' },
      token: await tokenOf('producer'),
    });
    await page.context().close();
  });

  it('takes a scheduler from a list with findings over approval by somebody else to the channel and the board', async () => {
    // Nothing is published before the channel has its slate: 503 `starting` until then.
    const atMs = Date.now();
    await eventually(() => api(`/api/channels/${channel.code}/guide?from=${atMs}&to=${atMs + CELL_MS}`), 240_000);
    const page = await consoleOf(browser, 'scheduler');
    const approver = await consoleOf(browser, 'reviewer2');
    const startAtMs = Math.ceil((Date.now() + 76_000) / CELL_MS) * CELL_MS;
    const start = formatCivilTime(startAtMs, zone).slice(11, 19);
    const planId = await newPlan(page, civilDateOf(startAtMs, zone));
    await button(page, '添加节目').click();
    await page.getByLabel('开始', { exact: true }).fill(start);
    await page.keyboard.press('Tab');
    await choose(page, '节目', { option: title, search: 'cldxp' });
    await page.getByLabel('复制一行').click();
    await page.getByLabel('紧接上一节目').last().uncheck();
    await page.getByLabel('开始', { exact: true }).last().fill(start);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+s');
    const findings = page.locator('.findings');
    await findings.getByText('没有播完。请推迟本节目').waitFor();
    expect(await button(page, '提交批准').isDisabled()).toBe(true);
    await page.getByLabel('删除这一行').last().click();
    await button(page, '保存').click();
    await findings.getByText('公示时间不足').waitFor();
    await button(page, '提交批准').click();
    const submission = dialog(page, '提交计划');
    await submission.getByLabel('还有 1 处提醒，请说明原因：').fill('今天临时加播');
    await button(submission, '确定').click();
    await page.getByText('编排员说明：今天临时加播').waitFor();
    expect(await button(page, '批准').count()).toBe(0);

    await goTo(approver, `plans/${planId}`);
    await button(approver, '批准').click();
    await button(dialog(approver, '批准这份计划？'), '批准').click();
    await approver.getByText('已批准，可以发布').waitFor();
    await approver.context().close();

    await page.reload();
    await button(page, '发布').click();
    const publishing = dialog(page, '发布到频道？');
    await publishing
      .getByText(/个站点/)
      .first()
      .waitFor();
    expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
    await button(publishing, '发布').click();
    await page.getByText(/已发布，.* 生效/).waitFor();

    await goTo(page, 'today');
    await choose(page, '频道', { option: channel.name });
    await page.locator('.desk').getByText(title).first().waitFor();

    const board = await page.context().newPage();
    await board.goto(`${demo().address}/board/t3`);
    await board.getByText(title).first().waitFor({ timeout: 60_000 });
    const reply = await api(`/api/channels/${channel.code}/guide?from=${startAtMs}&to=${startAtMs + CELL_MS}`);
    const item = channels.channelGuide.reply.parse(reply).items.find((each) => each.title === title);
    expect(item?.startAtMs).toBe(startAtMs);
    await page.context().close();
    airsAtMs = startAtMs;
  });

  it('keeps what was typed when the session ends, and says which line is not saved and which time cannot be read', async () => {
    const page = await consoleOf(browser, 'scheduler');
    await newPlan(page, civilDateOf(Date.now() + 86_400_000, zone));
    await button(page, '添加节目').click();
    await page.getByText('还没有选择影片，这一行不会保存。').waitFor();
    await page.getByLabel('开始', { exact: true }).fill('25:99');
    await page.keyboard.press('Tab');
    await page.getByRole('alert').getByText('请写成 19:30 或 19:30:00').waitFor();
    await page.getByLabel('备注', { exact: true }).fill('村口大喇叭通知');
    await page.evaluate(() => fetch('/api/sessions/current', { method: 'DELETE' }));
    await page.keyboard.press('Control+s');
    await page.getByText('没有保存的内容还在本页').waitFor();
    await signIn(page, 'scheduler');
    expect(await page.getByLabel('备注', { exact: true }).inputValue()).toBe('村口大喇叭通知');
    await page.context().close();
  });

  it('says that the network is away where a screen is first opened, and shows the screen once it is back', async () => {
    const page = await consoleOf(browser, 'reviewer');
    await page.context().setOffline(true);
    await goTo(page, 'plans');
    await page.getByRole('alert').getByText('连不上服务器').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: '节目计划' }).waitFor();
    await page.context().close();
  });

  it('lists every cut and insertion of the channel, each to be ended on its own, a cut by two people, with one key', async () => {
    const token = await tokenOf('scheduler');
    const order = (what: string, body: object) => api(`/api/channels/county/${what}`, { method: 'POST', token, body });
    const station = await openPage(browser, { width: 1280, height: 720 });
    await station.page.goto(`${demo().address}/station/?code=t2`);
    await phaseIs(station.page, 'playing');
    const cover = station.page.locator('.cover[data-cover="drill"]');
    const orderedMs = Date.now();
    await order('cut', { scope: 't2', reason: '应急演练', drill: true });
    await cover.waitFor({ timeout: 15_000 });
    console.log(`a cut covered the station's picture after ${Date.now() - orderedMs} ms (deadline 5,000 ms)`);
    const insertion = { filmId: (await readyFilm()).id, durationMs: 600_000, return: 'resume', reason: '防汛' };
    await order('insertions', { ...insertion, scope: 't3' });
    const page = await consoleOf(browser, 'scheduler');
    await goTo(page, 'today');
    const lines = page.locator('.desk-standing li');
    await lines.nth(1).waitFor();
    expect(await lines.getByRole('button').count()).toBe(3);
    await page.keyboard.press('e');
    await page.getByText('插播已延长 5 分钟。').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.press('Enter');
    await lines.getByRole('button').nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('r');
    await lines.getByText('请另一位同事同意').waitFor();
    expect(await lines.getByRole('button').count()).toBe(0);
    await page.context().close();

    const second = await consoleOf(browser, 'reviewer2');
    await goTo(second, 'today');
    await second.locator('.desk-standing').getByRole('button').waitFor();
    await second.keyboard.press('r');
    await second.locator('.desk-standing').getByText('应急演练').locator('..').getByText('至').waitFor();
    await second.context().close();
    await cover.waitFor({ state: 'detached', timeout: 60_000 });
    await station.context.close();
  });

  it('lists the film on its channel at the second that was planned', async () => {
    const { revision } = await readyFilm();
    await eventually(
      async () => ((await livePlaylist()).includes(revision) ? true : undefined),
      airsAtMs - Date.now() + 30_000,
    );
  });
});

/** Makes a plan of one day for our channel and gives its id. */
async function newPlan(page: Page, day: string): Promise<string> {
  await goTo(page, 'plans');
  await button(page, '新建计划').click();
  const form = dialog(page, '新建计划');
  await choose(form, '频道', { option: channel.name });
  for (const field of ['开始日期', '结束日期（含）']) {
    await form.getByLabel(field).fill(day);
    await page.keyboard.press('Enter');
    // Leaving the field closes a calendar that stays open where the date was that one already.
    await page.keyboard.press('Tab');
  }
  await button(form, '新建计划').click();
  await page.waitForURL(/#\/plans\/[0-9a-z]{26}$/);
  return page.url().slice(-26);
}

/** Our film once it is ready, as everybody sees it. */
const readyFilm = (): Promise<{ id: string; revision: string }> =>
  eventually(async () => {
    const reply = await api<{ items: { id: string; title: string; revision: string }[] }>('/api/films?state=ready', {
      token: await tokenOf('reviewer'),
    });
    return reply.items.find((each) => each.title === title);
  }, 30_000);

/** The media playlist of the first variant of the live channel. */
async function livePlaylist(): Promise<string> {
  const { live } = await api<{ live: string }>(`/api/channels/${channel.code}/playback`);
  const multivariant = await (await fetch(demo().address + live)).text();
  const variant = multivariant.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
  return (await fetch(new URL(variant, demo().address + live))).text();
}
