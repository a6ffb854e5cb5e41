import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { channels } from '../../../media/contract/channels.ts';
import { markOnScreen, numberOf, openBrowser, openPage } from '../browser.ts';
import { api, eventually, guide } from '../system.ts';
import { startProxy } from './alternating-proxy.ts';
import { cutChannel, type Programme, publishProgramme } from './disturb.ts';
import { putBrowsersAhead } from './put-ahead.ts';
import { dateOnScreen, type Watched, watchChannel, watched } from './watched-player.ts';

/** One of the two servers that answer the player in turns. */
export interface PlayServer {
  readonly address: string;
  /** Kills it with SIGKILL and waits until it answers again. */
  readonly strike: () => Promise<void>;
}

/** What is played, for how long, and what happens meanwhile. */
interface Play {
  readonly channel: string;
  readonly wholeMs: number;
  /** When within its sixth of the time each disturbance comes. */
  readonly seed: number;
  readonly servers: readonly [PlayServer, PlayServer];
  /** What the edited plan airs. */
  readonly edit: Omit<Programme, 'channel'>;
}

/** What came of it. */
export interface PlayReport extends Watched {
  /** What was done, with its second. */
  readonly done: readonly string[];
  /** Pictures whose burned-in mark is what the guide says for their date, and the others. */
  readonly right: number;
  readonly wrong: readonly string[];
  readonly answered: readonly number[];
  readonly passedOn: number;
}

/** hls.js in Chromium plays a channel from two servers in turns, while both are killed and the plan is edited and cut. */
export async function playThrough(play: Play, tell: (line: string) => void): Promise<PlayReport> {
  const { channel, wholeMs, servers } = play;
  const proxy = await startProxy(servers.map(({ address }) => address));
  const browser = await openBrowser();
  putBrowsersAhead();
  try {
    const { page } = await openPage(browser, { width: 1280, height: 720 });
    const reply = await eventually(() => api<object>(`/api/channels/${channel}/playback`), 60_000);
    const { live } = channels.channelPlayback.reply.parse(reply);
    await watchChannel(page, proxy.address, proxy.address + live);
    const beganMs = Date.now();
    const done: string[] = [];
    const note = (what: string): void => {
      done.push(what);
      tell(`${((Date.now() - beganMs) / 1000).toFixed(0).padStart(4)} s  ${what}`);
    };
    const cut = { toMs: -Infinity };
    const [, pictures] = await Promise.all([
      disturb(play, { beganMs, cut, note }),
      watchPictures(page, { channel, cut, beganMs, untilMs: beganMs + wholeMs }),
    ]);
    return { ...(await watched(page)), ...pictures, done, answered: proxy.answered, passedOn: proxy.passedOn() };
  } finally {
    await browser.close();
    await proxy.close();
  }
}

/** The figures in lines for people. */
export const reportText = (report: PlayReport): string =>
  [
    `played ${report.playedS} s, ${report.lists} lists, ${report.boundaries} boundaries`,
    `stalls over 500 ms: ${report.stalls.length === 0 ? 'none' : report.stalls.map(({ atS, ms }) => `${ms} ms at ${atS} s`).join(', ')}`,
    `longest time without the page itself running: ${report.longestAbsenceMs.toFixed(0)} ms`,
    `pictures as planned: ${report.right}, otherwise: ${report.wrong.length === 0 ? 'none' : report.wrong.join('; ')}`,
    `answers of the two servers: ${report.answered.join(' and ')}, passed on from a dead one: ${report.passedOn}`,
    `errors that hls.js got over: ${JSON.stringify(report.mended)}`,
  ].join('\n');

interface Course {
  readonly beganMs: number;
  /** End of the cut, once there was one. */
  readonly cut: { toMs: number };
  readonly note: (what: string) => void;
}

/** Four things happen, each within its own sixth of the time, where the seed says. */
async function disturb({ channel, wholeMs, seed, servers, edit }: Play, { beganMs, cut, note }: Course) {
  const [first, second] = servers;
  const momentOf = (n: number): number => {
    const scattered = Math.imul((seed + n) ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
    return beganMs + wholeMs * ((n + 0.2 + 0.4 * (scattered / 2 ** 32)) / 6);
  };
  const disturbances: readonly (() => Promise<void>)[] = [
    async () => {
      note('the second server is killed');
      await second.strike();
      note('the second server is back');
    },
    async () => {
      const startAtMs = await publishProgramme({ ...edit, channel });
      note(`an edited plan is published, its first film begins in ${((startAtMs - Date.now()) / 1000).toFixed(0)} s`);
    },
    async () => {
      note('the channel is cut');
      const { fromMs, toMs } = await cutChannel(channel, Math.min(20_000, wholeMs / 15));
      cut.toMs = toMs;
      note(`the cut ends, it covered ${((toMs - fromMs) / 1000).toFixed(0)} s`);
    },
    async () => {
      note('the first server is killed');
      await first.strike();
      note('the first server is back');
    },
  ];
  for (const [n, happen] of disturbances.entries()) {
    await pause(Math.max(0, momentOf(n) - Date.now()));
    await happen();
  }
}

interface Watch extends Omit<Course, 'note'> {
  readonly channel: string;
  readonly untilMs: number;
}

/** Compares the mark burned into the picture with what the guide says for the date of that picture, every 4 s. */
async function watchPictures(page: Page, watch: Watch): Promise<Pick<PlayReport, 'right' | 'wrong'>> {
  let right = 0;
  const wrong: string[] = [];
  while (Date.now() < watch.untilMs) {
    const fault = await faultOfPicture(page, watch);
    if (fault === 'none') right += 1;
    else if (fault !== undefined) wrong.push(fault);
    await pause(4000);
  }
  return { right, wrong };
}

/** What is wrong with the picture; undefined where nothing can be said of it. */
async function faultOfPicture(page: Page, { channel, cut, beganMs }: Watch): Promise<string | undefined> {
  const atMs = await dateOnScreen(page);
  const { mark } = await markOnScreen(page);
  if (atMs === undefined || mark === undefined) return undefined;
  const items = await guide(atMs, atMs + 4000, channel).catch(() => []);
  const item = items.find(({ startAtMs, endAtMs }) => startAtMs + 1500 < atMs && atMs < endAtMs - 1500);
  const number = item && numberOf(item.title);
  if (item === undefined || number === undefined) return undefined;
  // Behind a cut an item goes on in its middle, and slate loops.
  const isWhole = item.kind !== 'slate' && item.startAtMs !== cut.toMs;
  const secondsOff = mark.second - (atMs - item.startAtMs) / 1000;
  if (mark.film === number && (!isWhole || Math.abs(secondsOff) < 1.5)) return 'none';
  const secondOf = (at: number): string => ((at - beganMs) / 1000).toFixed(0);
  return `at ${secondOf(atMs)} s film ${mark.film} second ${mark.second}; planned is ${item.kind} ${item.title} from ${secondOf(item.startAtMs)} s to ${secondOf(item.endAtMs)} s`;
}
