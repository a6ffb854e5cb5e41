import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { channels } from '../../../media/contract/channels.ts';
import { addCivilDays, civilDateOf, parseCivilDate } from '../../../media/grid/civil-time.ts';
import { openBrowser, openPage } from '../browser.ts';
import { publishDates, zone } from '../play/disturb.ts';
import { watchChannel, watched } from '../play/watched-player.ts';
import { api, demo, eventually, guide, onAir, tokenOf } from '../system.ts';

/** Nobody else publishes on it. */
const channel = { code: 'seam', name: '跨月频道', audience: 'public', groups: ['t2'], gapCardHours: 0 };
const itemMs = 20_000;
/** Played before and after the seam. */
const aroundMs = 60_000;

it('plays from one month into the next without a stall and with no discontinuity but those of its films', async () => {
  await onAir();
  const token = await tokenOf('admin');
  await api('/api/channels', { method: 'POST', body: channel, token });
  await eventually(() => guide(Date.now(), Date.now() + 4000, channel.code), 60_000);
  const lastDay = civilDateOf(Date.now(), zone);
  const first = addCivilDays(lastDay, 1);
  expect(first.slice(8)).toBe('01');
  const seam = parseCivilDate(first, zone);
  if (!seam.ok) throw new Error(seam.code);
  const seamMs = seam.atMs;
  const count = Math.floor((seamMs - Date.now() - 40_000) / itemMs);
  expect(count, 'the sample county was on air too late').toBeGreaterThanOrEqual(aroundMs / itemMs + 1);
  const at = { channel: channel.code, itemMs };
  await publishDates({ ...at, from: lastDay, to: first, startAtMs: seamMs - count * itemMs, count });
  await publishDates({ ...at, from: first, to: addCivilDays(first, 2), startAtMs: seamMs, count: 12 });

  await pause(seamMs - aroundMs - Date.now());
  const browser = await openBrowser();
  const { page } = await openPage(browser, { width: 1280, height: 720 });
  const { live } = channels.channelPlayback.reply.parse(await api(`/api/channels/${channel.code}/playback`));
  const beganMs = Date.now();
  await watchChannel(page, demo().address, demo().address + live);
  await pause(seamMs + aroundMs - Date.now());
  const seen = await watched(page);
  await browser.close();

  const aired = await guide(beganMs - 2 * itemMs, seamMs + aroundMs, channel.code);
  const starts = aired.map(({ startAtMs }) => startAtMs - seamMs);
  console.log(
    `played ${seen.playedS} s, ${seen.lists} lists, ${seen.boundaries} boundaries; items at ${starts.join(', ')} ms of the seam`,
  );
  expect(starts).toContain(0);
  expect([seen.fatal, seen.contradictions, seen.stalls]).toEqual([[], [], []]);
  expect(seen.boundaries).toBeGreaterThanOrEqual((2 * aroundMs) / itemMs - 2);
  expect(seen.boundaries).toBeLessThanOrEqual((2 * aroundMs) / itemMs);
});
