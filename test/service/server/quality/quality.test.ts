import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Id, idSchema } from '../../../../media/contract/ids.ts';
import type { QualityBatch } from '../../../../media/contract/quality.ts';
import { qualityStore } from '../../../../server/quality/quality-store.ts';
import { makeReadyFilm } from '../../make-ready-film.ts';
import { startApp, testStartMs, type TestApp, type TestPerson } from '../../start-app.ts';

type Play = QualityBatch['plays'][number];

const hourMs = 3_600_000;
let yuanbo: TestApp;
let admin: TestPerson;
let film: Id;
const noFilm = idSchema.parse('0'.repeat(26));
let senders = 0;

beforeAll(async () => {
  yuanbo = await startApp();
  admin = await yuanbo.signInAs('admin');
  film = (await makeReadyFilm(yuanbo.parts, { title: '水稻育秧' })).id;
});
afterAll(() => yuanbo.stop());

const play = (told: Partial<Play> = {}): Play => ({
  ...{ mode: 'vod', atMs: yuanbo.time.nowMs, watchedMs: 60_000, stalls: 0, stalledMs: 0 },
  ...{ rungs: { '480p': 60_000 }, errors: {}, frames: 1500, droppedFrames: 0 },
  ...told,
});
const batch = (plays: readonly Play[], more: object = {}) => ({
  ...{ sender: `sender0000000000${(senders += 1)}`, seq: 1, page: 'member', plays },
  ...more,
});
const send = (body: object) => request(yuanbo.app).post('/api/quality').send(body);
const read = async (fromMs = testStartMs - hourMs, toMs = testStartMs + hourMs) =>
  (await request(yuanbo.app).get(`/api/quality?from=${fromMs}&to=${toMs}`).set(admin.headers)).body;
const watched = (person = admin) => request(yuanbo.app).get(`/api/films/${film}/watched`).set(person.headers);

describe('what pages tell of their pictures', () => {
  it('is told by film, channel and place, without signing in', async () => {
    const bad = play({ film, startupMs: 900, stalls: 2, stalledMs: 20_000, errors: { network: 1 } });
    const live = play({ channel: 'county', mode: 'live', startupMs: 700 });
    expect((await send(batch([bad, live], { place: 't1', page: 'station' }))).status).toBe(204);
    expect((await send(batch([play({ film })], { place: 'nowhere' }))).status).toBe(204);
    const told = await read();
    expect(told.total).toMatchObject({ plays: 2, watchedMs: 180_000, stalls: 2, errors: 1, rungs: { '480p': 1 } });
    expect(told.films).toMatchObject([{ id: film, name: '水稻育秧', stalls: 2, stallRatio: 20 / 140 }]);
    expect(told.channels).toMatchObject([{ id: 'county', plays: 1, stallRatio: 0 }]);
    expect(told.places.map(({ id }: { id: string }) => id)).toEqual(['t1', 'county']);
  });

  it('counts once however often it arrives, and in order', async () => {
    const one = batch([play({ film, startupMs: 500 })]);
    const before = (await watched()).body;
    for (const body of [one, one, { ...one, seq: 2 }, one, { ...one, seq: 2 }])
      expect((await send(body)).status).toBe(204);
    const after = (await watched()).body;
    expect([after.plays - before.plays, after.watchedMs - before.watchedMs]).toEqual([2, 120_000]);
  });

  it('leaves out films and channels that do not exist', async () => {
    const nothing = batch([play({ film: noFilm }), play({ channel: 'nowhere' })]);
    const before = (await read(testStartMs, testStartMs + 1)).total;
    expect((await send(nothing)).status).toBe(204);
    expect((await read(testStartMs, testStartMs + 2)).total).toEqual(before);
  });

  it('belongs to the hour in which it was seen, at most two days back, never ahead', async () => {
    const ago = testStartMs - 30 * hourMs;
    await send(batch([play({ film, atMs: ago })]));
    await send(batch([play({ film, atMs: testStartMs - 400 * hourMs })]));
    await send(batch([play({ film, atMs: testStartMs + 400 * hourMs })]));
    expect((await read(ago, ago + 1)).total.watchedMs).toBe(60_000);
    expect((await read(testStartMs - 48 * hourMs, testStartMs - 47 * hourMs)).total.watchedMs).toBe(60_000);
    expect((await read(testStartMs + hourMs, testStartMs + 100 * hourMs)).total.watchedMs).toBe(0);
  });

  it.each<[string, { plays?: readonly object[] } & Readonly<Record<string, unknown>>]>([
    ['no plays', { plays: [] }],
    ['too many plays', { plays: Array.from({ length: 21 }, () => ({})) }],
    ['a sender with a dollar', { sender: '$ne0000000000000000' }],
    ['a counter of 0', { seq: 0 }],
    ['another page', { page: 'console' }],
    ['a key that is not known', { extra: 1 }],
    ['more than an hour', { plays: [{ watchedMs: hourMs + 1 }] }],
    ['a rung that does not exist', { plays: [{ rungs: { '999p': 1 } }] }],
    ['neither film nor channel', { plays: [{ film: undefined }] }],
    ['a time that is no number', { plays: [{ startupMs: 'soon' }] }],
  ])('is refused with %s', async (_what, told) => {
    const plays = told.plays?.map((wrong) => ({ ...play({ film }), ...wrong }));
    const reply = await send({ ...batch([play({ film })]), ...told, ...(plays === undefined ? {} : { plays }) });
    expect([400, 422]).toContain(reply.status);
    expect(reply.body.fields.length).toBeGreaterThan(0);
  });

  it('is counted for Prometheus under labels that nobody can make up', async () => {
    const text = await yuanbo.parts.metrics.metrics();
    expect(text).toContain('yuanbo_play_startup_seconds_bucket{le="1",page="station",mode="vod"} 1');
    expect(text).toContain('yuanbo_play_watched_seconds_total{page="station",rung="480p"} 120');
    expect(text).not.toContain(film);
  });

  it('is read a week at most', async () => {
    const path = `/api/quality?from=${testStartMs}&to=${testStartMs + 8 * 24 * hourMs}`;
    expect((await request(yuanbo.app).get(path).set(admin.headers)).status).toBe(400);
  });

  it('adds places beyond a full hour to the county', async () => {
    const store = qualityStore(yuanbo.parts.database, 0);
    const hour = Math.floor(testStartMs / hourMs) + 1000;
    const added = { hour, kind: 'member/vod', subject: `film/${film}`, sums: { plays: 1 }, untilMs: testStartMs + 1e9 };
    for (const place of ['t1', 't2', 'county']) await store.add({ ...added, place });
    const [only, ...others] = await store.sumsBy('place', hour, hour + 1);
    expect([only?.name, only?.sums.plays, others]).toEqual(['county', 3, []]);
  });

  it('is asked for again later from an address that sends too much', async () => {
    const nothing = () => send(batch([play({ film: noFilm })]));
    await Promise.all(Array.from({ length: 120 }, nothing));
    const last = await send(batch([play({ film })]));
    expect([last.status, Number(last.headers['retry-after'])]).toEqual([429, expect.any(Number)]);
  });
});

describe('how often a film was watched', () => {
  it('is told to those who make and judge it, by county month', async () => {
    const { body } = await watched();
    expect(body.months).toMatchObject([{ month: '2026-12' }, { month: '2026-11' }]);
    expect((await watched(await yuanbo.signInAs('reviewer'))).status).toBe(200);
    expect((await watched(await yuanbo.signInAs('producer'))).status).toBe(404);
    expect((await watched(await yuanbo.signInAs('member'))).status).toBe(403);
  });
});
