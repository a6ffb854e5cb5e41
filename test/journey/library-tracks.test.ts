import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Film } from '../../media/contract/library.ts';
import type { Track } from '../../media/contract/tracks.ts';
import { createApp, createListener } from '../../server/app.ts';
import { everyDoor } from '../../server/doors.ts';
import { detectSandbox } from '../../transcoder/ffmpeg/sandbox.ts';
import { type RunningWorker, startWorker } from '../../transcoder/worker.ts';
import { startApp, type TestApp, type TestPerson } from '../service/start-app.ts';
import { startRedis, type TestRedis } from '../service/start-redis.ts';
import { openBrowser, openPage } from './browser.ts';
import { desk, dialog, phone } from './console.ts';
import { ffmpeg, makeSource } from './transcoder-fixture.ts';

let folder: string;
let redis: TestRedis;
let yuanbo: TestApp;
let producer: TestPerson;
let worker: RunningWorker;
let workerRedis: Redis;
let server: Server;
let address: string;
let browser: Browser;
let filmId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'library-tracks-'));
  redis = await startRedis();
  yuanbo = await startApp({ settings: { REDIS_URL: redis.address }, atMs: Date.now() });
  producer = await yuanbo.signInAs('producer');
  workerRedis = new Redis(redis.address, { maxRetriesPerRequest: null });
  worker = await startWorker({
    parts: { storage: yuanbo.parts.storage, sandbox: detectSandbox(), log: pino({ level: 'silent' }) },
    redis: workerRedis,
    concurrency: 1,
    workFolder: join(folder, 'work'),
    bookFolder: join(folder, 'book'),
  });
  const replica = await yuanbo.replica();
  const parts = { ...replica.parts, metrics: new Registry() };
  const doors = { ...everyDoor(parts), pagesFolder: resolve('dist/player') };
  server = createServer(createListener(createApp(parts, doors), doors.mediaDoor));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  for (const start of parts.starters) await start();
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
  makeSource(join(folder, 'film.mp4'), 's=384x216:r=25', 16);
  ffmpeg('-f', 'lavfi', '-i', 'sine=f=880:d=16', join(folder, 'english.mp3'));
  await writeFile(join(folder, 'words.srt'), '1\n00:00:01,000 --> 00:00:14,000\n把种子泡好\n');
  await writeFile(join(folder, 'bad.srt'), '1\n00:00:09,000 --> 00:00:02,000\n把种子泡好\n');
  filmId = await uploaded();
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await worker.stop();
  workerRedis.disconnect();
  await yuanbo.stop();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

async function api<T>(path: string, who: TestPerson, method = 'GET', body?: object): Promise<T> {
  const headers = { ...who.headers, 'Content-Type': 'application/json' };
  const reply = await fetch(address + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return (await reply.json()) as T;
}
const inState = (id: string, state: string) =>
  vi.waitFor(async () => expect((await api<Film>(`/api/films/${id}`, producer)).state).toBe(state), {
    timeout: 60_000,
    interval: 100,
  });
const pass = async (id: string): Promise<Film> =>
  api(`/api/films/${id}/reviews`, await yuanbo.signInAs('reviewer'), 'POST', { decision: 'pass' });

/** A public film of the producer that was passed. */
async function uploaded(): Promise<string> {
  const bytes = await readFile(join(folder, 'film.mp4'));
  const reply = await fetch(`${address}/api/uploads`, {
    method: 'POST',
    headers: {
      ...producer.headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(bytes.length),
      'Upload-Metadata': `filename ${Buffer.from('水稻育秧.mp4').toString('base64')}`,
      'Content-Type': 'application/offset+octet-stream',
    },
    body: bytes,
  });
  const id = reply.headers.get('Location')?.split('/').at(-1) ?? '';
  await inState(id, 'review');
  await api(`/api/films/${id}`, producer, 'PATCH', { audience: 'public' });
  await pass(id);
  return id;
}

/** The film's page in the console, as its producer. */
async function filmPage(): Promise<Page> {
  const { page, context } = await openPage(browser, desk, { reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'sid', value: producer.token, url: address }]);
  await page.goto(`${address}/console/#/films/${filmId}`);
  await page.getByText('音轨和字幕').waitFor();
  return page;
}

/** Chooses kind and file in the window that adds a track. */
async function addTrack(page: Page, kind: string, language: string, file: string): Promise<void> {
  if (!(await dialog(page, '添加音轨或字幕').isVisible())) {
    await page.getByRole('button', { name: '添加音轨或字幕' }).click();
  }
  const window = dialog(page, '添加音轨或字幕');
  await window.getByText(kind, { exact: true }).click();
  await window.getByRole('combobox').click();
  await page.keyboard.type(language);
  await page.keyboard.press('Enter');
  await window.locator('input[type=file]').setInputFiles(join(folder, file));
  await window.getByRole('button', { name: '添加音轨或字幕' }).click();
}
const tracks = async (): Promise<Track[]> =>
  (await api<{ items: Track[] }>(`/api/films/${filmId}/tracks`, producer)).items;

describe('a language and subtitles that a producer adds later', () => {
  it('are refused with line and cure, made while the film stays, edited, passed, and chosen by a member', async () => {
    const page = await filmPage();
    await addTrack(page, '字幕', '中文', 'bad.srt');
    await page.getByText('第 2 行：结束时间不在开始时间之后').waitFor();
    await addTrack(page, '字幕', '中文', 'words.srt');
    await dialog(page, '添加音轨或字幕').waitFor({ state: 'hidden' });
    await page.getByText('等待审核，通过后换入').waitFor({ timeout: 20_000 });
    await addTrack(page, '音轨', '英语', 'english.mp3');
    await page.getByText('已收到，正在制作新版本').waitFor({ timeout: 20_000 });
    await vi.waitFor(
      async () => expect((await tracks()).map(({ state }) => state)).toEqual(['ready', 'review', 'review']),
      {
        timeout: 30_000,
      },
    );
    expect(await api<Film>(`/api/films/${filmId}`, producer)).toMatchObject({ state: 'ready', languages: ['zh-CN'] });
    await pass((await tracks())[2]?.filmId ?? '');

    // The words are mended beside the picture, with the keyboard, and saved as a new version.
    await page.reload();
    await page.getByRole('button', { name: '编辑字幕' }).click();
    const words = page.getByLabel('文字');
    await words.fill('把种子泡透');
    await page.keyboard.press('Alt+e');
    expect(await page.getByLabel('结束').inputValue()).toBe('00:00:00.000');
    await page.getByText('结束时间要在开始时间之后').waitFor();
    await page.getByLabel('结束').fill('00:00:15.000');
    await page.keyboard.press('Control+s');
    await page.getByText('等待审核，通过后换入').waitFor({ timeout: 20_000 });
    const renewed = await pass((await tracks()).find(({ state }) => state === 'review')?.filmId ?? '');
    expect(renewed).toMatchObject({ id: filmId, languages: ['zh-CN', 'en'], subtitles: ['zh-CN'] });
    await page.context().close();

    const { page: member, context } = await openPage(browser, phone);
    await member.goto(`${address}/#/film/${filmId}`);
    await member.locator('.big-play').click();
    await member.getByLabel('字幕').selectOption('zh-CN');
    await member.getByLabel('声音').selectOption('en');
    await member.waitForFunction(
      () => [...(document.querySelector('video')?.textTracks[0]?.activeCues ?? [])].length > 0,
      undefined,
      { timeout: 20_000 },
    );
    const shown = await member.evaluate(() =>
      [...(document.querySelector('video')?.textTracks[0]?.activeCues ?? [])].map((cue) => (cue as VTTCue).text),
    );
    expect(shown).toEqual(['把种子泡透']);
    const heard = await member.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(heard.some((name) => name.includes('/cmaf/audio-en/'))).toBe(true);
    await context.close();
  });
});
