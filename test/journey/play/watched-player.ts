import { join } from 'node:path';
import type HlsPlayer from 'hls.js';
import type { Page } from 'playwright-core';

/** What the page has seen since it began to play. */
export interface Watched {
  readonly playedS: number;
  /** Times in which the picture stood still for more than 500 ms, in ms, with the seconds after the start. */
  readonly stalls: readonly { readonly atS: number; readonly ms: number }[];
  /** Longest time in which the page itself did not run: a machine that is too busy, not the channel. */
  readonly longestAbsenceMs: number;
  /** Discontinuities that the picture has gone over. */
  readonly boundaries: number;
  readonly lists: number;
  /** Lists that contradict an earlier one. */
  readonly contradictions: readonly string[];
  readonly fatal: readonly string[];
  /** Errors that hls.js got over by itself, by kind. */
  readonly mended: Readonly<Record<string, number>>;
}

/** hls.js as it comes, on a bare page: a foreign player, which no push tells anything. */
export async function watchChannel(page: Page, address: string, live: string): Promise<void> {
  await page.route(`${address}/bare-player`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><video muted playsinline width="480"></video>' }),
  );
  await page.goto(`${address}/bare-player`);
  await page.addScriptTag({ path: join(import.meta.dirname, '../../../node_modules/hls.js/dist/hls.min.js') });
  await page.evaluate(play, live);
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0, undefined, {
    timeout: 60_000,
  });
}

/** The figures up to now. */
export const watched = (page: Page): Promise<Watched> =>
  page.evaluate(() => (window as unknown as { watched: () => Watched }).watched());

/** UTC ms of the cell on screen by the list's own dates; undefined before the first picture. */
export const dateOnScreen = (page: Page): Promise<number | undefined> =>
  page.evaluate(() => (window as unknown as { hls: HlsPlayer }).hls.playingDate?.getTime());

/** Runs in the page. */
function play(live: string): void {
  const { Hls: Player } = window as unknown as { Hls: typeof HlsPlayer };
  const video = document.querySelector('video');
  if (video === null) throw new Error('There is no video.');
  const hls = new Player({ liveSyncDuration: 12, capLevelToPlayerSize: true });
  const stalls: { atS: number; ms: number }[] = [];
  const contradictions: string[] = [];
  const fatal: string[] = [];
  const mended: Record<string, number> = {};
  const listed = new Map<number, string>();
  let lists = 0;
  let boundaries = 0;
  let playingCc: number | undefined;
  let newest = { sn: 0, cc: 0 };
  hls.on(Player.Events.LEVEL_LOADED, (_event, { details }) => {
    lists += 1;
    if (details.startSN < newest.sn) contradictions.push(`media sequence ${details.startSN} after ${newest.sn}`);
    if (details.startCC < newest.cc)
      contradictions.push(`discontinuity sequence ${details.startCC} after ${newest.cc}`);
    newest = { sn: details.startSN, cc: details.startCC };
    for (const { sn, cc, relurl = '' } of details.fragments) {
      if (typeof sn !== 'number') continue;
      // Rungs differ in their folder: what a cell shows is the revision and its segment.
      const shown = `${cc} ${relurl.split('/').slice(-2).join('/')}`;
      const before = listed.get(sn) ?? shown;
      if (before !== shown) contradictions.push(`cell ${sn} is ${shown}, was ${before}`);
      listed.set(sn, shown);
    }
  });
  hls.on(Player.Events.FRAG_CHANGED, (_event, { frag }) => {
    if (playingCc !== undefined && frag.cc !== playingCc) boundaries += 1;
    playingCc = frag.cc;
  });
  hls.on(Player.Events.ERROR, (_event, { fatal: isFatal, details, error }) => {
    if (isFatal) fatal.push(`${details}: ${error.message}`);
    else mended[details] = (mended[details] ?? 0) + 1;
  });
  const lookEveryMs = 50;
  let beganMs: number | undefined;
  let longestAbsenceMs = 0;
  let position = 0;
  let movedMs = 0;
  let awayMs = 0;
  let ranMs = 0;
  setInterval(() => {
    const nowMs = performance.now();
    const at = video.currentTime;
    if (at === 0) return;
    beganMs ??= nowMs;
    if (ranMs > 0) {
      longestAbsenceMs = Math.max(longestAbsenceMs, nowMs - ranMs);
      awayMs += Math.max(0, nowMs - ranMs - lookEveryMs);
    }
    if (at !== position) {
      // While the page itself did not run, other processes drew the picture on: no more is forgiven than it moved on meanwhile.
      const seenMs = Math.min(awayMs, Math.max(0, at - position) * 1000);
      const ms = Math.round(nowMs - movedMs - seenMs);
      if (movedMs > 0 && ms > 500) stalls.push({ atS: Math.round((nowMs - beganMs - ms) / 1000), ms });
      position = at;
      movedMs = nowMs;
      awayMs = 0;
    }
    ranMs = nowMs;
  }, lookEveryMs);
  Object.assign(window, {
    hls,
    watched: (): Watched => {
      const nowMs = performance.now();
      const still = Math.round(nowMs - movedMs);
      const now = still > 500 ? [{ atS: Math.round((nowMs - (beganMs ?? nowMs) - still) / 1000), ms: still }] : [];
      const playedS = Math.round((nowMs - (beganMs ?? nowMs)) / 1000);
      const all = [...stalls, ...now];
      return { playedS, stalls: all, longestAbsenceMs, boundaries, lists, contradictions, fatal, mended };
    },
  });
  hls.loadSource(live);
  hls.attachMedia(video);
  void video.play();
}
