import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp } from '../../start-app.ts';

const hostile = '<script>alert(1)</script> & "合作社"; a,b\\c';
let yuanbo: TestApp;
let office: Office;
let films: MadeFilm[];

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  films = [];
  for (const title of ['病虫防治', hostile]) films.push(await makeReadyFilm(yuanbo.parts, { title, segments: 15 }));
  await yuanbo.parts.tend();
  await yuanbo.parts.places.change('t1', { operators: ['王一', '李二'], hotline: '0571-8888' });
});
beforeEach(async () => {
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
});
afterAll(() => yuanbo.stop());

const get = (path: string) => request(yuanbo.listener).get(path);
const day = (items: readonly object[]) => ({ from: '2026-12-01', to: '2026-12-03', items });
const linesOf = (calendar: string): string[] => calendar.replaceAll('\r\n ', '').split('\r\n');

/** Publishes the day's plan and answers when it did. */
async function publishDay(items: readonly object[]): Promise<number> {
  const published = await publish(yuanbo.app, office, await approvedPlan(yuanbo.app, office, day(items)));
  expect(published.status, JSON.stringify(published.body)).toBe(200);
  return yuanbo.time.nowMs;
}

describe('the notice board', () => {
  it('shows a place with its keepers before anything is planned, and 404 for no place', async () => {
    const board = await get('/board/t1.json');
    expect(board.status).toBe(200);
    expect(board.body).toMatchObject({ place: 't1', channel: 'county', hotline: '0571-8888', items: [] });
    expect(board.body.operators).toEqual(['王一', '李二']);
    for (const kind of ['json', 'xml', 'ics']) expect((await get(`/board/nowhere.${kind}`)).status).toBe(404);
  });

  it('announces what is published, keeps when each item was first announced, and counts what moved', async () => {
    const items = [
      { id: 'morning', filmId: films[0]!.id, start: '2026-12-01T10:00:00', mustWatch: true },
      { id: 'evening', filmId: films[1]!.id, start: '2026-12-01T19:30:00' },
    ];
    const firstMs = await publishDay(items);
    const first = await get('/board/t1.json');
    expect(first.body.items.map((each: { id: string }) => each.id)).toEqual(['morning', 'evening']);
    expect(first.body.items[1]).toMatchObject({ title: hostile, kind: 'item', firstPublishedAtMs: firstMs });
    expect(first.body.items[0].mustWatch).toBe(true);

    yuanbo.time.nowMs += 600_000;
    const moved = [
      { id: 'evening', filmId: films[1]!.id, start: '2026-12-01T20:00:00' },
      { id: 'late', filmId: films[0]!.id, start: '2026-12-01T21:00:00' },
    ];
    const secondMs = await publishDay(moved);
    const second = await get('/board/t1.json');
    expect(second.body.revision).not.toBe(first.body.revision);
    expect(
      second.body.items.map((each: { id: string; firstPublishedAtMs: number }) => [each.id, each.firstPublishedAtMs]),
    ).toEqual([
      ['evening', firstMs],
      ['late', secondMs],
    ]);
    const calendar = await get('/board/t1.ics');
    expect(calendar.headers['content-type']).toBe('text/calendar; charset=utf-8');
    const events = linesOf(calendar.text)
      .join('\n')
      .split('BEGIN:VEVENT')
      .slice(1)
      .map((event) => ['UID', 'SEQUENCE', 'STATUS'].map((name) => new RegExp(`^${name}:(.*)$`, 'm').exec(event)?.[1]));
    expect(events).toEqual([
      ['morning@county.yuanbo', '1', 'CANCELLED'],
      ['evening@county.yuanbo', '1', 'CONFIRMED'],
      ['late@county.yuanbo', '0', 'CONFIRMED'],
    ]);
    expect(linesOf(calendar.text)).toContain('DTSTART;TZID=Asia/Shanghai:20261201T200000');
  });

  it('is XMLTV that other programs read', async () => {
    const reply = await get('/board/t1.xml');
    expect(reply.headers['content-type']).toBe('application/xml; charset=utf-8');
    const read = new XMLParser({ ignoreAttributes: false }).parse(reply.text) as {
      tv: { programme: { '@_start': string; title: { '#text': string } }[] };
    };
    expect(read.tv.programme[0]).toMatchObject({ '@_start': '20261201200000 +0800', title: { '#text': hostile } });
  });

  it('is valid by the DTD of XMLTV, as the guide is', async ({ skip }) => {
    const found = ['/usr/share/xmltv/xmltv.dtd', '/usr/share/sgml/xmltv/dtd/0.5/xmltv.dtd'].find(existsSync);
    if (found === undefined || !existsSync('/usr/bin/xmllint')) {
      console.warn('SKIPPED: XMLTV against its DTD; apt install xmltv-util libxml2-utils.');
      skip('no xmltv.dtd or no xmllint');
    }
    const folder = mkdtempSync(join(tmpdir(), 'yuanbo-xmltv-'));
    for (const path of ['/board/t1.xml', '/guide/county.xml']) {
      const file = join(folder, 'guide.xml');
      writeFileSync(file, (await get(path)).text);
      execFileSync('xmllint', ['--noout', '--nonet', '--dtdvalid', String(found), file], { stdio: 'pipe' });
    }
    rmSync(folder, { recursive: true });
  });
});

describe('the guide of a channel', () => {
  const guide = (from: number, to: number, more = '') => get(`/api/channels/county/guide?from=${from}&to=${to}${more}`);

  it('tells the whole day without holes, with start-over once begun and catch-up once over', async () => {
    const startMs = Date.UTC(2026, 11, 1, 12, 0);
    const filmMs = 60_000;
    const [from, to] = [startMs - 600_000, startMs + 600_000];
    const find = async (atMs: number) => {
      yuanbo.time.nowMs = atMs;
      const { body } = await guide(from, to);
      const rows = body.items as {
        id: string;
        startAtMs: number;
        endAtMs: number;
        startOver?: string;
        catchUp?: string;
      }[];
      for (const [n, row] of rows.entries()) if (n > 0) expect(row.startAtMs).toBe(rows[n - 1]!.endAtMs);
      expect(rows[0]!.startAtMs).toBeLessThanOrEqual(from);
      expect(rows.at(-1)!.endAtMs).toBeGreaterThanOrEqual(to);
      return rows.find(({ id }) => id === 'evening')!;
    };
    const before = await find(startMs - 1);
    expect(before.startOver).toBeUndefined();
    const during = await find(startMs + 20_000);
    expect(during.startOver).toBeDefined();
    expect(during.catchUp).toBeUndefined();
    const growing = await listOf(during.startOver!);
    expect(growing.playlist.type).toBe('EVENT');
    expect(growing.playlist.ended).toBeFalsy();
    expect(growing.segments[0]!.uri).toBe(`${films[1]!.revision}/00000.ts`);
    const after = await find(startMs + filmMs);
    const past = await listOf(after.catchUp!);
    expect(past.playlist).toMatchObject({ type: 'VOD', ended: true });
    expect(past.segments).toHaveLength(15);
    const grown = await listOf(after.startOver!);
    expect(grown.segments.map(({ uri }) => uri)).toEqual(past.segments.map(({ uri }) => uri));
    const segment = new URL(past.segments[3]!.uri, `http://x${past.path}`).pathname;
    expect((await get(segment)).status).toBe(200);
  });

  it('ends catch-up with its retention', async () => {
    const startMs = Date.UTC(2026, 11, 1, 12, 0);
    yuanbo.time.nowMs = startMs + 31 * 86_400_000;
    await yuanbo.parts.onAir.refresh();
    const { body } = await guide(startMs - 1000, startMs + 100_000);
    const row = body.items.find(({ id }: { id: string }) => id === 'evening');
    expect(row?.catchUp).toBeUndefined();
    expect(row?.startOver).toBeUndefined();
    yuanbo.time.nowMs = startMs + 600_000;
    await yuanbo.parts.onAir.refresh();
  });

  it('refuses no range, a range backwards and more than 31 days', async () => {
    const now = yuanbo.time.nowMs;
    expect((await get('/api/channels/county/guide')).status).toBe(400);
    expect((await guide(now, now)).status).toBe(400);
    expect((await guide(now, now + 32 * 86_400_000)).status).toBe(400);
    expect((await get(`/api/channels/nowhere/guide?from=${now}&to=${now + 1000}`)).status).toBe(404);
  });

  it('lets only those who plan look ahead', async () => {
    const aheadMs = Date.UTC(2026, 11, 1, 13, 0);
    const path = `/api/channels/county/playback?atMs=${aheadMs}`;
    expect((await get(path)).status).toBe(400);
    expect((await get(path).set((await yuanbo.signInAs('member')).headers)).status).toBe(400);
    const reply = await get(path).set(office.scheduler.headers);
    expect(reply.status).toBe(200);
    const { segments } = await listOf(String(reply.body.live));
    expect(segments[0]!.programDateAtMs).toBe(aheadMs);
    expect(segments[0]!.uri).toBe(`${films[0]!.revision}/00000.ts`);
  });

  it('is for members where the channel is, also by the key of its list', async () => {
    const admin = await yuanbo.signInAs('admin');
    const change = (audience: string) =>
      request(yuanbo.app).patch('/api/channels/county').set(admin.headers).send({ audience });
    const live = String((await get('/api/channels/county/playback')).body.live);
    expect((await change('members')).status).toBe(200);
    await yuanbo.parts.onAir.refresh();
    expect((await get('/api/channels/county/playback')).status).toBe(401);
    expect((await get('/guide/county.xml')).status).toBe(401);
    expect((await get('/guide/county.m3u')).status).toBe(401);
    expect((await get('/live/county.m3u8')).status).toBe(403);
    // What was given out while it was public opens no more.
    expect((await get(live)).status).toBe(403);
    const list = await get('/guide/county.m3u')
      .set((await yuanbo.signInAs('member')).headers)
      .buffer(true);
    expect(list.status).toBe(200);
    const text = String(list.body);
    const [, guideUrl] = /url-tvg="([^"]+)"/.exec(text) ?? [];
    const liveUrl = text.trim().split('\n').at(-1);
    const pathOf = (url: string | undefined) => String(url).replace(/^https?:\/\/[^/]+/, '');
    expect((await get(pathOf(guideUrl))).status).toBe(200);
    const led = await get(pathOf(liveUrl));
    expect(led.status).toBe(302);
    expect((await get(String(led.headers['location']))).status).toBe(200);
    expect((await change('public')).status).toBe(200);
    await yuanbo.parts.onAir.refresh();
  });
});

/** The media playlist of one rung behind a multivariant one. */
async function listOf(url: string) {
  const multivariant = await get(url);
  expect(multivariant.status, multivariant.text).toBe(200);
  const line = multivariant.text.split('\n').find((each) => each.includes('/360p/'));
  const path = new URL(line ?? '', `http://x${url}`).pathname;
  const reply = await get(path);
  expect(reply.status, reply.text).toBe(200);
  const read = readMediaPlaylist(reply.text);
  if (!read.ok) throw new Error(read.message);
  return { ...read, path };
}
