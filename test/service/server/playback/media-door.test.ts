import { connect } from 'node:net';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenExpiry, writeToken } from '../../../../server/playback/playback-token.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp } from '../../start-app.ts';

let yuanbo: TestApp;
let server: Server;
let film: MadeFilm;
let other: MadeFilm;
let slate: MadeFilm;
/** A film's and a channel's playback, and a past item's. */
let vod: string;
let live: string;
let catchUp: string;

beforeAll(async () => {
  yuanbo = await startApp();
  server = createServer(yuanbo.listener).listen(0, '127.0.0.1');
  slate = await makeSlate(yuanbo.parts);
  film = await makeReadyFilm(yuanbo.parts, { title: '果树剪枝', segments: 6 });
  other = await makeReadyFilm(yuanbo.parts, { title: '测土配方', segments: 6 });
  await yuanbo.parts.tend();
  const office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  const plan = await approvedPlan(yuanbo.app, office, {
    from: '2026-12-01',
    to: '2026-12-02',
    items: [
      { filmId: film.id, start: '2026-12-01T08:05:00+08:00' },
      { filmId: other.id, start: '2026-12-01T12:00:00+08:00' },
    ],
  });
  expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
  yuanbo.time.nowMs += 6 * 60_000;
  vod = String((await request(server).get(`/api/films/${film.id}/playback`)).body.hls);
  live = String((await request(server).get('/api/channels/county/playback')).body.live);
  const range = `from=${yuanbo.time.nowMs - 600_000}&to=${yuanbo.time.nowMs}`;
  const guide = await request(server).get(`/api/channels/county/guide?${range}`);
  const items = guide.body.items as { filmId?: string; catchUp?: string }[];
  catchUp = items.find(({ filmId }) => filmId === film.id)?.catchUp ?? '';
});
afterAll(async () => {
  server.close();
  await yuanbo.stop();
});

const tokenOf = (url: string): string => url.split('/')[2] ?? '';
const swap = (url: string, token: string): string => url.replace(tokenOf(url), token);
const segmentOf = (url: string): string => url.replace('ts/multivariant.m3u8', 'ts/360p/00001.ts');
const liveSegment = (revision: string, from = live): string =>
  from.replace(/\/ts\/.*/, `/ts/360p/${revision}/00001.ts`);
const sign = (kind: 'film' | 'live', scope: string, change: object = {}): string =>
  writeToken(yuanbo.parts.secret, {
    kind,
    scope,
    epoch: 0,
    expiresAtMs: tokenExpiry(yuanbo.time.nowMs, 1000),
    ...change,
  });

/** Sends a request line as it is: clients would tidy the path. */
function raw(path: string, method = 'GET'): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}
const statusOf = (reply: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1]);

describe('playback tokens', () => {
  const kinds = () => ({
    'multivariant playlist of a film': vod,
    'media playlist of a film': vod.replace('multivariant', '360p/media'),
    'segment of a film': segmentOf(vod),
    'live multivariant playlist': live,
    'live media playlist': live.replace('live/multivariant', '360p/live'),
    'live segment': liveSegment(film.revision),
    'catch-up playlist': catchUp,
  });

  it('open what they were made for', async () => {
    for (const [what, url] of Object.entries(kinds())) {
      expect((await request(server).get(url)).status, what).toBe(200);
    }
  });

  it('are refused altered, expired, for ever, empty, of 8 kB, by another key and of a revoked generation', async () => {
    const expired = sign('film', `${film.id}-${film.revision}`, { expiresAtMs: yuanbo.time.nowMs - 1000 });
    for (const [what, url] of Object.entries(kinds())) {
      const token = tokenOf(url);
      const bad = {
        altered: token.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
        expired: url === vod ? expired : token.replace(/^\d+/, '1700000100'),
        'for ever': token.replace(/^\d+/, '9000000000000000'),
        empty: '',
        long: token + 'x'.repeat(8000),
        'of nobody': token.slice(0, token.lastIndexOf('.')) + `.${'A'.repeat(22)}`,
        'of another generation': token.replace(/\.0\.([^.]+)$/, '.7.$1'),
      };
      for (const [how, broken] of Object.entries(bad)) {
        const reply = await raw(swap(url, broken));
        expect(statusOf(reply), `${what}, ${how}`).toBe(403);
        expect(reply).toContain('"code":"token"');
        expect(reply).toContain('Cache-Control: no-store');
      }
    }
  });

  it('open nothing else: another film, another revision, another channel, a film by a channel’s token', async () => {
    const foreign = [
      swap(vod, sign('film', `${other.id}-${other.revision}`)),
      swap(segmentOf(vod), sign('film', `${film.id}-${other.revision}`)),
      swap(live, sign('live', 'elsewhere')),
      swap(vod, tokenOf(live)),
      swap(live, tokenOf(vod)),
      // Not on the channel in its DVR window: planned for noon.
      liveSegment(other.revision),
      // A live token opens no catch-up, and a catch-up token no live list and no other range.
      swap(catchUp, tokenOf(live)),
      swap(live, tokenOf(catchUp)),
      catchUp.replace(/range-(\d+)-(\d+)/, (_all, from: string, to: string) => `range-${from}-${Number(to) + 1}`),
      liveSegment(other.revision, catchUp),
      liveSegment(slate.revision, catchUp),
    ];
    for (const url of foreign) {
      const reply = await request(server).get(url);
      expect(reply.status, url).toBe(403);
      expect(reply.body.code).toBe('token');
    }
  });

  it('end for everybody when their generation is revoked', async () => {
    const mine = swap(vod, tokenOf(vod));
    await yuanbo.parts.tokenEpochs.revoke(film.id);
    await yuanbo.parts.onAir.refresh();
    expect((await request(server).get(mine)).status).toBe(403);
    vod = String((await request(server).get(`/api/films/${film.id}/playback`)).body.hls);
    expect((await request(server).get(vod)).status).toBe(200);
  });

  it('are the same for all who ask within a quarter of an hour, and change only the prefix', async () => {
    const ask = async () => String((await request(server).get('/api/channels/county/playback')).body.live);
    const before = await ask();
    expect(await ask()).toBe(before);
    yuanbo.time.nowMs += 16 * 60_000;
    const after = await ask();
    yuanbo.time.nowMs -= 16 * 60_000;
    expect(after).not.toBe(before);
    expect(swap(after, tokenOf(before))).toBe(before);
  });
});

describe('addresses that are none', () => {
  const ways = [
    '../../../../../etc/passwd',
    '..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '..%5c..%5cetc%5cpasswd',
    '%252e%252e%252fetc%252fpasswd',
    '....//....//etc/passwd',
    './.././../etc/passwd',
    '/etc/passwd',
    '//etc/passwd',
    '00001.ts%00.m3u8',
    '%00',
    '%c0%ae%c0%ae/etc/passwd',
    '%E0%A4%A',
    '..\\..\\etc\\passwd',
    '00001.ts/../../../manifest.json',
    'manifest.json',
    '.env',
    '00001.TS',
    '1.ts',
    '000001.ts',
    '00001.ts/',
    '00001.ts;x',
    '~root',
    'constructor',
    '__proto__',
  ];

  it('answer 400 or 404 as a problem document, on every media route, and name no file', async () => {
    const routes = [
      (way: string) => vod.replace('ts/multivariant.m3u8', way),
      (way: string) => segmentOf(vod).replace('00001.ts', way),
      (way: string) => live.replace(/ts\/live\/.*/, way),
      (way: string) => liveSegment(film.revision).replace('00001.ts', way),
      (way: string) => liveSegment(film.revision).replace(/[^/]+\/00001\.ts/, way),
      (way: string) => catchUp.replace('multivariant.m3u8', way),
      (way: string) => `/p/${tokenOf(vod)}/${way}`,
      (way: string) => `/live/${way}`,
    ];
    for (const route of routes) {
      for (const way of ways) {
        const reply = await raw(route(way));
        expect([400, 404], `${route(way)}: ${reply.slice(0, 200)}`).toContain(statusOf(reply));
        expect(reply).toContain('application/problem+json');
        expect(reply).not.toContain('root:');
        expect(reply).not.toContain(yuanbo.dataDir);
      }
    }
  });

  it('answer 404 for segments, rungs and playlists that the film does not have', async () => {
    for (const file of ['ts/360p/00006.ts', 'ts/2160p/00001.ts', 'ts/480p/media.m3u8', 'cmaf/multivariant.m3u8']) {
      const reply = await request(server).get(vod.replace('ts/multivariant.m3u8', file));
      expect(reply.status, file).toBe(404);
    }
  });
});

describe('requests for a segment', () => {
  it.each([
    ['bytes=0-0', 206, 'bytes 0-0/2000', 1],
    ['bytes=-10', 206, 'bytes 1990-1999/2000', 10],
    ['bytes=1990-', 206, 'bytes 1990-1999/2000', 10],
    [
      Array.from({ length: 1000 }, (_, n) => `${n}-${n}`)
        .join(',')
        .replace(/^/, 'bytes='),
      200,
      undefined,
      2000,
    ],
    ['bytes=abc', 200, undefined, 2000],
  ])('answer Range %.20s', async (range, status, contentRange, length) => {
    // Twice: the first comes from disk, the second from memory.
    for (let n = 0; n < 3; n += 1) {
      const reply = await request(server).get(segmentOf(vod)).set('Range', range);
      expect(reply.status).toBe(status);
      expect(reply.headers['content-range']).toBe(contentRange);
      expect(Number(reply.headers['content-length'])).toBe(length);
    }
  });

  it.each(['bytes=9-1', 'bytes=2000-', 'bytes=-0'])(
    'say what there is where %s is none of it, and no cache keeps that',
    async (range) => {
      // From disk, then from memory.
      for (let n = 0; n < 3; n += 1) {
        const reply = await request(server).get(segmentOf(vod).replace('00001', '00002')).set('Range', range);
        expect([reply.status, reply.headers['content-range']]).toEqual([416, 'bytes */2000']);
        expect(reply.headers['cache-control']).toBe('no-store');
        expect(reply.body).toMatchObject({ code: 'range', status: 416 });
      }
      expect((await request(server).get(segmentOf(vod).replace('00001', '00002'))).status).toBe(200);
    },
  );

  it('answer HEAD like GET without a body, OPTIONS for other origins, 405 for the rest', async () => {
    const head = await request(server).head(segmentOf(vod));
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe('2000');
    const options = await request(server).options(segmentOf(vod));
    expect(options.status).toBe(204);
    expect(options.headers['access-control-allow-methods']).toContain('GET');
    for (const method of ['TRACE', 'PROPFIND', 'POST', 'PUT', 'DELETE']) {
      const reply = await raw(segmentOf(vod), method);
      expect(statusOf(reply), method).toBe(405);
      expect(reply).toContain('Allow: GET, HEAD, OPTIONS');
    }
  });

  it('are open to every origin, never with credentials, and never sniffed', async () => {
    for (const url of [segmentOf(vod), live, liveSegment(film.revision)]) {
      const reply = await request(server).get(url).set('Origin', 'https://elsewhere.example');
      expect(reply.headers['access-control-allow-origin']).toBe('*');
      expect(reply.headers['access-control-allow-credentials']).toBeUndefined();
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('answer 304 for a validator that is known and 200 for garbage', async () => {
    const first = await request(server).get(segmentOf(vod));
    const etag = String(first.headers['etag']);
    expect((await request(server).get(segmentOf(vod)).set('If-None-Match', etag)).status).toBe(304);
    expect((await request(server).get(segmentOf(vod)).set('If-None-Match', '"x", W/garbage,,')).status).toBe(200);
  });
});

describe('live playlists', () => {
  const list = () => live.replace('live/multivariant', '360p/live');

  it('are validated, gzipped where the client takes it, at most 2 s old, and relative throughout', async () => {
    const plain = await request(server).get(list()).set('Accept-Encoding', 'identity');
    const packed = await request(server).get(list()).set('Accept-Encoding', 'gzip');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.text).toBe(plain.text);
    expect(packed.headers['etag']).not.toBe(plain.headers['etag']);
    expect(packed.headers['vary']).toBe('Accept-Encoding');
    const age = Number(/max-age=(\d+)/.exec(String(plain.headers['cache-control']))?.[1]);
    expect(age).toBeLessThanOrEqual(2);
    const again = await request(server)
      .get(list())
      .set('Accept-Encoding', 'gzip')
      .set('If-None-Match', String(packed.headers['etag']));
    expect(again.status).toBe(304);
    for (const line of plain.text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
      expect(line).not.toMatch(/^(\/|https?:)|\?/);
    }
  });

  it('change with the cell and not within it', async () => {
    const at = async (ms: number) => {
      yuanbo.time.nowMs += ms;
      return (await request(server).get(list())).headers['etag'];
    };
    const start = yuanbo.time.nowMs;
    yuanbo.time.nowMs = Math.ceil(start / 4000) * 4000;
    const first = await at(0);
    expect(await at(3999)).toBe(first);
    expect(await at(1)).not.toBe(first);
    yuanbo.time.nowMs = start;
  });
});

describe('the stable address of a channel', () => {
  it('leads list players to the token of today, live and catch-up', async () => {
    const now = await request(server).get('/live/county.m3u8');
    expect(now.status).toBe(302);
    expect(now.headers['location']).toBe(live);
    const seconds = Math.floor(yuanbo.time.nowMs / 1000);
    const past = await request(server).get(`/live/county.m3u8?from=${seconds - 120}&to=${seconds - 60}`);
    expect(past.status).toBe(302);
    expect((await request(server).get(String(past.headers['location']))).status).toBe(200);
    const asked = async (from: number, to: number) => {
      const { status, body } = await request(server).get(`/live/county.m3u8?from=${from}&to=${to}`);
      return [status, body.code];
    };
    for (const ahead of [1, 600]) expect(await asked(seconds + ahead, seconds + 1200)).toEqual([404, 'not_yet']);
    for (const length of [0, -60]) expect(await asked(seconds - 120, seconds - 120 + length)).toEqual([422, 'invalid']);
    // As a player reads the attributes of the list: `catchup-source` with the seconds of an item (M3U of IPTV players).
    const guide = String((await request(server).get('/guide/county.m3u').buffer(true)).body);
    const attribute = (name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(guide)?.[1] ?? '';
    expect([attribute('catchup'), attribute('catchup-days')]).toEqual(['default', '30']);
    const { pathname, search } = new URL(
      attribute('catchup-source')
        .replace('{utc}', String(seconds - 120))
        .replace('{utcend}', String(seconds - 60)),
    );
    const listed = await request(server).get(pathname + search);
    expect([listed.status, listed.headers['location']]).toEqual([302, past.headers['location']]);
    const before = await request(server).get(`/live/county.m3u8?from=${seconds - 31 * 86_400}&to=${seconds - 60}`);
    expect([before.status, before.body.code]).toEqual([410, 'expired']);
  });
});
