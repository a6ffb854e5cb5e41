import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { channels } from '../../../../media/contract/channels.ts';
import { markOnScreen, numberOf, openBrowser, openPage } from '../../browser.ts';
import { type Replica, startReplica } from '../../start-replica.ts';
import { api, demo, guide, onAir } from '../../system.ts';
import { type AlternatingProxy, startProxy } from './alternating-proxy.ts';
import { cutChannel, editPlan, killServer } from './disturb.ts';
import { dateOnScreen, watchChannel, watched } from './watched-player.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const seed = Number(process.env['SOAK_SEED'] ?? 1);
const wholeMs = minutes * 60_000;

let replica: Replica;
let proxy: AlternatingProxy;
let browser: Browser;
let page: Page;
/** What was done, with its second. */
const done: string[] = [];
const pictures = { right: 0, wrong: [] as string[] };
let beganMs = 0;
let cut = { fromMs: Infinity, toMs: -Infinity };

beforeAll(async () => {
  await onAir();
  replica = await startReplica();
  proxy = await startProxy([demo().address, replica.address]);
  browser = await openBrowser();
  ({ page } = await openPage(browser, { width: 1280, height: 720 }));
});
afterAll(async () => {
  await browser.close();
  await proxy.close();
  await replica.stop();
});

const tell = (what: string): void => {
  done.push(what);
  console.log(`${((Date.now() - beganMs) / 1000).toFixed(0).padStart(4)} s  ${what}`);
};

/** Part of the whole at which the n-th disturbance comes: within its own sixth, where the seed says. */
function momentOf(n: number): number {
  const scattered = Math.imul((seed + n) ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return beganMs + wholeMs * ((n + 0.2 + 0.4 * (scattered / 2 ** 32)) / 6);
}

const disturbances: readonly (() => Promise<void>)[] = [
  async () => {
    tell('the second server is killed');
    replica.kill();
    replica = await startReplica(replica.port);
    tell('the second server is back');
  },
  async () => {
    const startAtMs = await editPlan();
    tell(`an edited plan is published, its first film begins in ${((startAtMs - Date.now()) / 1000).toFixed(0)} s`);
  },
  async () => {
    tell('the channel is cut');
    cut = await cutChannel(20_000);
    tell(`the cut ends, it covered ${((cut.toMs - cut.fromMs) / 1000).toFixed(0)} s`);
  },
  async () => {
    tell('the first server is killed');
    await killServer();
    tell('the first server is back');
  },
];

async function disturb(): Promise<void> {
  for (const [n, happen] of disturbances.entries()) {
    await pause(Math.max(0, momentOf(n) - Date.now()));
    await happen();
  }
}

/** Compares the mark burned into the picture with what the guide says for the date of that picture. */
async function lookAtPicture(): Promise<void> {
  const atMs = await dateOnScreen(page);
  const { mark } = await markOnScreen(page);
  if (atMs === undefined || mark === undefined) return;
  const items = await guide(atMs, atMs + 4000).catch(() => []);
  const item = items.find(({ startAtMs, endAtMs }) => startAtMs + 1500 < atMs && atMs < endAtMs - 1500);
  const number = item && numberOf(item.title);
  if (item === undefined || number === undefined) return;
  // Behind a cut an item goes on in its middle, and slate loops.
  const isWhole = item.kind !== 'slate' && item.startAtMs !== cut.toMs;
  const secondsOff = mark.second - (atMs - item.startAtMs) / 1000;
  if (mark.film === number && (!isWhole || Math.abs(secondsOff) < 1.5)) pictures.right += 1;
  else {
    const fromS = ((item.startAtMs - beganMs) / 1000).toFixed(0);
    pictures.wrong.push(
      `at ${((atMs - beganMs) / 1000).toFixed(0)} s film ${mark.film} second ${mark.second}; planned is ${item.kind} ${item.title} from ${fromS} s to ${((item.endAtMs - beganMs) / 1000).toFixed(0)} s`,
    );
  }
}

async function watchPictures(untilMs: number): Promise<void> {
  while (Date.now() < untilMs) {
    await lookAtPicture();
    await pause(4000);
  }
}

it(`plays ${minutes} minutes without a stall while servers are killed and the plan is edited and cut`, async () => {
  const { live } = channels.channelPlayback.reply.parse(await api('/api/channels/county/playback'));
  await watchChannel(page, proxy.address, proxy.address + live);
  beganMs = Date.now();
  await Promise.all([disturb(), watchPictures(beganMs + wholeMs)]);
  const seen = await watched(page);
  console.log(
    [
      `played ${seen.playedS} s, ${seen.lists} lists, ${seen.boundaries} boundaries`,
      `stalls over 500 ms: ${seen.stalls.length === 0 ? 'none' : seen.stalls.map(({ atS, ms }) => `${ms} ms at ${atS} s`).join(', ')}`,
      `longest time without the page itself running: ${seen.longestAbsenceMs.toFixed(0)} ms`,
      `pictures as planned: ${pictures.right}, otherwise: ${pictures.wrong.length === 0 ? 'none' : pictures.wrong.join('; ')}`,
      `answers of the two servers: ${proxy.answered.join(' and ')}, passed on from a dead one: ${proxy.passedOn()}`,
      `errors that hls.js got over: ${JSON.stringify(seen.mended)}`,
    ].join('\n'),
  );
  expect(done).toHaveLength(7);
  expect(seen.fatal).toEqual([]);
  expect(seen.contradictions).toEqual([]);
  expect(pictures.wrong).toEqual([]);
  expect(pictures.right).toBeGreaterThan(0);
  expect(seen.stalls).toEqual([]);
  expect(seen.boundaries).toBeGreaterThanOrEqual(Math.min(10, Math.floor(minutes * 2)));
  expect(Math.min(...proxy.answered)).toBeGreaterThan(0);
});
