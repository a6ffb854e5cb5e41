import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { LEAD_CELLS } from '../../../../media/channel/live-window.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { createMediaDoor } from '../../../../server/http/media-door.ts';
import { createApp, createListener } from '../../../../server/app.ts';
import { everyHandler } from '../../../../server/handlers.ts';
import { HEAD_LEASE_MS } from '../../../../server/onair/on-air.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp } from '../../start-app.ts';

let yuanbo: TestApp;
let office: Office;
let films: MadeFilm[];

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  films = [];
  for (const [n, title] of ['养蜂', '茶园', '大棚'].entries()) {
    films.push(await makeReadyFilm(yuanbo.parts, { title, segments: 20 + 7 * n }));
  }
  await yuanbo.parts.tend();
});
/** Passwords entered just now: publishing wants them fresh, and the clock of these tests runs. */
const signIn = async () => {
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
};
beforeEach(signIn);
afterAll(() => yuanbo.stop());

/** A plan with something every five minutes from `hour` on (county time of 1 December). */
const busyPlan = (hour: number, first: number) => ({
  from: '2026-12-01',
  to: '2026-12-02',
  items: Array.from({ length: 24 }, (_, n) => ({
    filmId: films[(n + first) % films.length]!.id,
    start: new Date(Date.UTC(2026, 11, 1, hour - 8, 5 * n)).toISOString().slice(0, 19) + 'Z',
  })),
});

type View = 'live' | 'dvr';
/** Addresses of the 360p lists. */
const addressesOf = async (listener: TestApp['listener']) => {
  const playback = await request(listener).get('/api/channels/county/playback');
  expect(playback.status).toBe(200);
  const address = (view: View) => String(playback.body[view]).replace(`${view}/multivariant.m3u8`, `360p/${view}.m3u8`);
  return { live: address('live'), dvr: address('dvr') };
};
const listOf = async (listener: TestApp['listener'], view: View) => {
  const url = (await addressesOf(listener))[view];
  return { url, reply: await request(listener).get(url) };
};
const segmentsOf = (text: string) => {
  const read = readMediaPlaylist(text);
  if (!read.ok) throw new Error(read.message);
  return read.segments;
};

describe('two replicas on one database', () => {
  it('answer the same bytes at 200 random instants, also around publications', async () => {
    const other = await yuanbo.replica();
    const start = yuanbo.time.nowMs;
    let seed = 20_261_201;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const seen = new Map<number, string>();
    for (let round = 0; round < 4; round += 1) {
      await signIn();
      const plan = await approvedPlan(yuanbo.app, office, busyPlan(10 + round, round));
      const published = await publish(round % 2 === 0 ? yuanbo.app : other.app, office, plan);
      expect(published.status, JSON.stringify(published.body)).toBe(200);
      // The other one hears of it at its next look.
      await yuanbo.parts.onAir.refresh();
      await other.parts.onAir.refresh();
      const url = await addressesOf(yuanbo.listener);
      expect(await addressesOf(other.listener)).toEqual(url);
      for (let n = 0; n < 50; n += 1) {
        yuanbo.time.nowMs += Math.floor(random() * 25_000);
        const view = n % 5 === 0 ? 'dvr' : 'live';
        const [mine, theirs] = [
          await request(yuanbo.listener).get(url[view]),
          await request(other.listener).get(url[view]),
        ];
        expect(theirs.headers['etag']).toBe(mine.headers['etag']);
        expect(theirs.text).toBe(mine.text);
        for (const { mediaSequence, discontinuitySequence, uri } of segmentsOf(mine.text)) {
          const said = `${discontinuitySequence} ${uri}`;
          expect(seen.get(mediaSequence) ?? said).toBe(said);
          seen.set(mediaSequence, said);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(500);
    yuanbo.time.nowMs = Math.max(start, yuanbo.time.nowMs);
  }, 180_000);

  it('never change a cell that either has listed, though one hears of a publication only 2 s later', async () => {
    const other = await yuanbo.replica();
    await other.parts.onAir.refresh();
    const before = segmentsOf((await listOf(other.listener, 'live')).reply.text);
    const plan = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-01',
      to: '2026-12-02',
      items: [
        {
          filmId: films[0]!.id,
          start: new Date(Math.ceil(yuanbo.time.nowMs / 60_000) * 60_000 + 60_000).toISOString().slice(0, 19) + 'Z',
        },
      ],
    });
    expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
    const listed = new Map(before.map(({ mediaSequence, uri }) => [mediaSequence, uri]));
    for (let n = 0; n < 12; n += 1) {
      yuanbo.time.nowMs += 2000;
      // One look late all the time.
      for (const listener of [other.listener, yuanbo.listener]) {
        for (const { mediaSequence, uri } of segmentsOf((await listOf(listener, 'live')).reply.text)) {
          expect(listed.get(mediaSequence) ?? uri).toBe(uri);
          listed.set(mediaSequence, uri);
        }
      }
      await other.parts.onAir.refresh();
    }
  });
});

describe('a withdrawn film', () => {
  it('is refused on every replica after its next look, and slate airs from the first cell that nobody has listed', async () => {
    const other = await yuanbo.replica();
    const film = films[1]!;
    const startMs = Math.ceil(yuanbo.time.nowMs / 60_000) * 60_000 + 60_000;
    const plan = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-01',
      to: '2026-12-02',
      items: [{ filmId: film.id, start: new Date(startMs).toISOString().slice(0, 19) + 'Z' }],
    });
    expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
    yuanbo.time.nowMs = startMs + 20_000;
    await other.parts.onAir.refresh();
    const { url, reply } = await listOf(other.listener, 'live');
    const airing = segmentsOf(reply.text).filter(({ uri }) => uri.startsWith(film.revision));
    expect(airing.length).toBeGreaterThan(3);
    const segment = new URL(airing[0]!.uri, `http://x${url}`).pathname;
    const vod = String((await request(other.listener).get(`/api/films/${film.id}/playback`)).body.hls);
    expect((await request(other.listener).get(segment)).status).toBe(200);
    expect((await request(other.listener).get(vod)).status).toBe(200);

    const gone = await request(yuanbo.app)
      .post(`/api/films/${film.id}/withdraw`)
      .set((await yuanbo.signInAs('reviewer')).headers)
      .send({ reason: '内容有误' });
    expect(gone.status, JSON.stringify(gone.body)).toBe(200);
    await other.parts.tend();
    for (const path of [segment, vod]) {
      const refused = await request(other.listener).get(path);
      expect(refused.status, path).toBe(410);
      expect(refused.body.code).toBe('withdrawn');
      expect(refused.headers['cache-control']).toBe('no-store');
    }
    // What was listed stays as it is; what comes behind is slate.
    const last = Math.max(...segmentsOf(reply.text).map(({ mediaSequence }) => mediaSequence));
    yuanbo.time.nowMs += 32_000;
    const after = segmentsOf((await listOf(yuanbo.listener, 'live')).reply.text);
    const later = after.filter(({ mediaSequence }) => mediaSequence > last + 1);
    expect(later.length).toBeGreaterThan(LEAD_CELLS);
    expect(later.some(({ uri }) => uri.startsWith(film.revision))).toBe(false);
    for (const { mediaSequence, uri } of segmentsOf(reply.text)) {
      const now = after.find((each) => each.mediaSequence === mediaSequence);
      if (now !== undefined) expect(now.uri).toBe(uri);
    }
  });
});

describe('without the database', () => {
  it('a replica goes on for a day, a restarted one from its snapshot, and says when it must stop', async () => {
    const replica = await yuanbo.replica();
    const plan = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-01',
      to: '2026-12-03',
      items: [{ filmId: films[2]!.id, start: '2026-12-02T06:00:00+08:00' }],
    });
    expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
    await replica.parts.tend();
    await replica.parts.database.close();
    await expect(replica.parts.tend()).rejects.toThrow();

    // A new process whose database is away: same parts, but all it knows is the file.
    const { onAirParts } = await import('../../../../server/onair/on-air-parts.ts');
    const surroundings = { ...replica.parts, log: pino({ level: 'silent' }), metrics: new Registry(), starters: [] };
    const slate = () => Promise.reject(new Error('no database'));
    const restarted = { ...surroundings, ...onAirParts({ ...surroundings, slate }) };
    expect(await restarted.onAir.restore()).toBe(true);
    const doors = { handlers: everyHandler(restarted) };
    const listener = createListener(
      createApp(restarted, doors),
      createMediaDoor({ ...restarted, films: restarted.filmShelf }),
    );
    const start = yuanbo.time.nowMs;
    for (const hours of [0, 1, 12, 23]) {
      yuanbo.time.nowMs = start + hours * 3_600_000;
      const [one, two] = [await listOf(replica.listener, 'live'), await listOf(listener, 'live')];
      expect(one.reply.status).toBe(200);
      expect(two.reply.text).toBe(one.reply.text);
    }
    yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 22, 0, 30);
    const { url, reply } = await listOf(listener, 'live');
    const film = segmentsOf(reply.text).find(({ uri }) => uri.startsWith(films[2]!.revision));
    expect((await request(listener).get(new URL(film!.uri, `http://x${url}`).pathname)).status).toBe(200);

    yuanbo.time.nowMs = start + HEAD_LEASE_MS - 60_000;
    const last = await listOf(listener, 'live');
    expect(last.reply.status).toBe(200);
    yuanbo.time.nowMs = start + HEAD_LEASE_MS + 60_000;
    const list = await request(listener).get(last.url);
    expect([list.status, list.headers['retry-after']]).toEqual([503, '30']);
    expect(list.body.code).toBe('head_stale');
    const stopped = await request(listener).get('/api/channels/county/playback');
    expect(stopped.status).toBe(503);
    expect(stopped.body.code).toBe('head_stale');
  });
});
