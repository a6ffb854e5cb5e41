import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Film } from '../../media/contract/library.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import { openBrowser } from './browser.ts';
import { button, consoleOf, goTo } from './console.ts';
import { startReplica, type Replica } from './start-replica.ts';
import { api, demo, eventually, tokenOf } from './system.ts';

const mebibyte = 1_048_576;
const filename = `uplink-${Date.now()}.mp4`;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes on the server of the film that is uploaded. */
const received = async (): Promise<{ film: Film; bytes: number } | undefined> => {
  const { items } = await api<{ items: Film[] }>('/api/films?limit=20', { token: await tokenOf('producer') });
  const film = items.find((one) => one.filename === filename);
  return film && { film, bytes: film.receivedBytes ?? film.sourceBytes ?? 0 };
};
const beyond = (bytes: number) =>
  eventually(async () => ((await received())?.bytes ?? 0) > bytes || undefined, 40_000, 50);

/** A line on which an upload has a middle to be killed in, on the slowest machine. */
async function thinUplink(page: Page, uploadThroughput: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const line = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput };
  await session.send('Network.emulateNetworkConditions', line);
}

describe('an upload', () => {
  let browser: Browser;
  let server: Replica;
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-uplink-'));
  const file = join(folder, filename);
  const content = randomBytes(10 * mebibyte);
  beforeAll(async () => {
    writeFileSync(file, content);
    browser = await openBrowser();
    await eventually(() => tokenOf('producer'), 240_000);
    server = await startReplica();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('goes on after its tab and then its server were killed, with the words of meanwhile and every byte', async () => {
    const killed = await consoleOf(browser, 'producer', undefined, server.address);
    await thinUplink(killed, mebibyte / 4);
    await goTo(killed, 'upload');
    await killed.getByLabel('选择影片').setInputFiles(file);
    await button(killed, '上传').click();
    await beyond(mebibyte);
    const begun = await received();
    await killed.getByLabel('片名', { exact: true }).fill('断线也不怕');
    await killed.getByText('已保存').waitFor();
    await killed.close();

    const page = await killed.context().newPage();
    await page.goto(`${server.address}/console/#/upload`);
    await thinUplink(page, 2 * mebibyte);
    await page.getByText('没有传完的影片').waitFor();
    await page.getByLabel('选择影片').setInputFiles(file);
    await page.getByText('将从上次断开的地方接着传').waitFor();
    expect(await page.getByLabel('片名', { exact: true }).inputValue()).toBe('断线也不怕');
    await button(page, '上传').click();
    await beyond(4 * mebibyte);
    server.kill();
    await page.getByText('网络中断，恢复后自动继续').waitFor();
    server = await startReplica(server.port);
    await page.getByText('上传完成').waitFor({ timeout: 40_000 });

    const film = (await received())?.film;
    expect([film?.id, film?.title]).toEqual([begun?.film.id, '断线也不怕']);
    const stored = readFileSync(join(demo().dataDir, 'media', sourceKey(film?.id ?? '')));
    expect(sha256(stored)).toBe(sha256(content));
    await page.context().close();
  });
});
