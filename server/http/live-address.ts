import type { IncomingMessage, ServerResponse } from 'node:http';
import { listedToCell } from '../../media/channel/live-window.ts';
import { LONGEST_RANGE_CELLS } from '../../media/channel/playback-view.ts';
import { ceilCell, cellAt } from '../../media/grid/cell.ts';
import { AppError, notFound } from '../errors.ts';
import { openHeaders } from '../media-files/open-headers.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';
import { type OnAir, playableOf } from '../onair/on-air.ts';
import { seenFromGroup } from '../onair/watch-channel.ts';
import { foreignToken, type PlaybackGate } from '../playback/playback-gate.ts';
import { channelLinks, rangeLink } from '../playback/playback-links.ts';

/** What the stable address needs. */
export interface LiveAddressParts {
  readonly gate: PlaybackGate;
  readonly onAir: Pick<OnAir, 'require' | 'seenFrom' | 'parentOf'>;
  /** Days that catch-up is kept. */
  readonly catchUpDays: () => Promise<number>;
}

const dayMs = 86_400_000;

const form = /^\/live\/([a-z][a-z0-9-]{0,31})\.m3u8$/;

/** The playback URL that a stable address stands for now: the channel live, or its cells in [from, to) (UTC seconds). */
async function targetOf(
  parts: LiveAddressParts,
  onAir: ChannelOnAir,
  query: URLSearchParams,
  atMs: number,
): Promise<string> {
  const playable = playableOf(onAir);
  const [from, to] = [query.get('from'), query.get('to')];
  if (from === null) return channelLinks(parts.gate, playable, atMs).live;
  if (!/^\d{9,10}$/.test(from) || (to !== null && !/^\d{9,10}$/.test(to))) {
    throw new AppError('bad_request', 'from and to are UTC seconds.');
  }
  const fromMs = Number(from) * 1000;
  if (fromMs < atMs - (await parts.catchUpDays()) * dayMs) {
    throw new AppError('expired', 'This is no longer kept for catch-up. Look for the film in the library.');
  }
  if (to !== null && Number(to) <= Number(from))
    throw new AppError(
      'invalid',
      'to is not after from: nothing lies between them. Ask for what begins before it ends.',
    );
  const tooEarly = new AppError('not_yet', 'This has not aired yet. Wait until it has.');
  if (fromMs > atMs) throw tooEarly;
  const fromCell = cellAt(fromMs);
  const wantedCell = to === null ? fromCell + LONGEST_RANGE_CELLS : ceilCell(Number(to) * 1000);
  const toCell = Math.min(wantedCell, listedToCell(atMs), fromCell + LONGEST_RANGE_CELLS);
  if (toCell <= fromCell) throw tooEarly;
  return rangeLink(parts.gate, playable, { fromCell, toCell, view: 'range' }, atMs).url;
}

/**
 * Answers `/live/{channel}.m3u8`, the address that stands in M3U lists: players keep it for months, so it leads to a playback
 * URL of today (302). Channels for members need the list's `key`.
 */
export async function answerLiveAddress(
  parts: LiveAddressParts,
  request: IncomingMessage,
  response: ServerResponse,
  atMs: number,
): Promise<void> {
  const url = request.url ?? '';
  const [path = '', search = ''] = url.split('?', 2);
  const code = form.exec(path)?.[1];
  if (code === undefined) throw notFound('channel');
  const query = new URLSearchParams(search);
  const onAir = parts.onAir.require(code, atMs);
  if (onAir.channel.audience !== 'public') {
    const claims = parts.gate.check(query.get('key') ?? '', atMs);
    if (claims.kind !== 'guide' || claims.scope !== code) throw foreignToken();
  }
  const seen = seenFromGroup(parts, onAir, query.get('group') ?? undefined);
  const target = await targetOf(parts, seen, query, atMs);
  response.writeHead(302, ['Location', target, 'Cache-Control', 'no-store', 'Content-Length', '0', ...openHeaders]);
  response.end();
}
