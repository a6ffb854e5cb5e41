import { pino } from 'pino';
import { Registry } from 'prom-client';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlarmView } from '../../../../media/contract/alarms.ts';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { Plan } from '../../../../media/contract/planning.ts';
import type { FilmState } from '../../../../media/film/film-state.ts';
import type { ChannelNews } from '../../../../media/contract/duty.ts';
import { createApp, createListener } from '../../../../server/app.ts';
import { everyHandler } from '../../../../server/handlers.ts';
import { createMediaDoor } from '../../../../server/http/media-door.ts';
import { onAirParts } from '../../../../server/onair/on-air-parts.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp } from '../../start-app.ts';

/** 8:00 on the 1st; the plans are for the 2nd. */
const at = (hour: number, minute = 0): number => Date.UTC(2026, 11, 1, 16 + hour, minute);
let yuanbo: TestApp;
/** Ten minutes each. */
let county: MadeFilm;
let gone: MadeFilm;
/** Four minutes; not ready at first. */
let late: MadeFilm;
/** Two minutes. */
let spare: MadeFilm;
let own: MadeFilm;

const start = (time: string): string => `2026-12-02T${time}:00+08:00`;
const office = async () => ({
  scheduler: await yuanbo.signInAs('scheduler'),
  reviewer: await yuanbo.signInAs('reviewer'),
});

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  const film = (title: string, segments: number, state: FilmState = 'ready') =>
    makeReadyFilm(yuanbo.parts, { title, segments, state, segmentBytes: 20 });
  county = await film('县里的片', 150);
  gone = await film('将撤回的片', 150);
  late = await film('还在制作', 60, 'review');
  spare = await film('备播', 30);
  own = await film('镇里的片', 30);
  const admin = await yuanbo.signInAs('admin');
  for (const code of ['t1', 't2', 't3'])
    await request(yuanbo.app)
      .post('/api/places')
      .set(admin.headers)
      .send({
        ...{ code, name: code, kind: 'township', parent: 'county' },
      });
  await look();
  const day = { from: '2026-12-02', to: '2026-12-03' };
  const items = [
    { id: 'closed', filmId: county.id, start: start('16:00') },
    { id: 'open-19', filmId: county.id, start: start('19:00'), open: true },
    { id: 'open-20', filmId: county.id, start: start('20:00'), open: true },
    { id: 'open-21', filmId: gone.id, start: start('21:00'), open: true },
  ];
  const plan = await approvedPlan(yuanbo.app, await office(), { ...day, items });
  expect((await publish(yuanbo.app, await office(), plan)).status).toBe(200);
  await publishTownship(day, [
    { id: 'at-19', filmId: late.id, alternates: [spare.id], start: start('19:02') },
    { id: 'at-20', filmId: late.id, alternates: [spare.id], start: start('20:02') },
    { id: 'at-21', filmId: own.id, start: start('21:02') },
  ]);
});
afterAll(() => yuanbo.stop());

/** Makes, approves and publishes a plan of t1. */
async function publishTownship(day: object, items: readonly object[]): Promise<void> {
  const { scheduler, reviewer } = await office();
  const township = await yuanbo.signInAs('township', 't1');
  const post = (path: string, headers: Record<string, string>, body: object) =>
    request(yuanbo.app).post(path).set(headers).send(body);
  const made = (await post('/api/plans', township.headers, { channel: 'county', place: 't1', ...day })).body as Plan;
  const path = `/api/plans/${made.id}`;
  const filled = await request(yuanbo.app)
    .put(`${path}/items`)
    .set({ ...township.headers, 'If-Match': `"${made.version}"` })
    .send({ items });
  expect(filled.status, JSON.stringify(filled.body)).toBe(200);
  expect((await post(`${path}/submit`, township.headers, { warningReason: '片子在做' })).status).toBe(200);
  expect((await post(`${path}/approve`, reviewer.headers, {})).status).toBe(200);
  const published = await post(`${path}/publish`, scheduler.headers, {});
  expect(published.status, JSON.stringify(published.body)).toBe(200);
}

async function look(nowMs?: number): Promise<void> {
  if (nowMs !== undefined) yuanbo.time.nowMs = nowMs;
  await yuanbo.parts.tend();
}
async function setState(film: MadeFilm, state: FilmState): Promise<void> {
  await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state }));
}
/** What airs from `hour` on for half an hour as title, what was planned, and minutes of the hour. */
const seenAt = async (group: string | undefined, hour: number) => {
  const query = { from: String(at(hour)), to: String(at(hour, 30)), ...(group === undefined ? {} : { group }) };
  const reply = await request(yuanbo.app).get('/api/channels/county/guide').query(query);
  return (reply.body.items as GuideItem[])
    .filter(({ kind, insteadOf }) => kind === 'item' || insteadOf !== undefined)
    .map(({ title, insteadOf = '', startAtMs, endAtMs }) => [
      ...[title, insteadOf],
      ...[(startAtMs - at(hour)) / 60_000, (endAtMs - at(hour)) / 60_000],
    ]);
};
const alarms = async () =>
  (
    (
      await request(yuanbo.app)
        .get('/api/alarms')
        .set((await yuanbo.signInAs('scheduler')).headers)
    ).body.items as AlarmView[]
  ).map(({ place, itemId, stage, airs }) => [place, itemId, stage, airs]);
const boardOf = async (place: string) =>
  ((await request(yuanbo.app).get(`/board/${place}.json`)).body.items as GuideItem[]).map(
    ({ title, insteadOf = '' }) => `${title} ${insteadOf}`,
  );

describe('an insertion at one township', () => {
  it('lets the county’s item that it displaced go on there where it was, and nowhere else', async () => {
    await look(at(16, 2));
    const order = { filmId: spare.id, durationMs: 60_000, return: 'resume', reason: '防汛', scope: 't1' };
    const { scheduler } = await office();
    const inserted = await request(yuanbo.app)
      .post('/api/channels/county/insertions')
      .set(scheduler.headers)
      .send(order);
    expect(inserted.status, JSON.stringify(inserted.body)).toBe(201);
    const beganMin = (Number(inserted.body.effectiveAtMs) - at(16)) / 60_000;
    expect(await seenAt('t1', 16)).toEqual([
      ['县里的片', '', 0, beganMin],
      ['备播', '', beganMin, beganMin + 1],
      ['县里的片', '', beganMin + 1, 11],
    ]);
    expect(await seenAt('t2', 16)).toEqual([['县里的片', '', 0, 10]]);
    // Long after it is over, an edit still leaves what goes on behind it.
    await look(at(16, 9));
    const cut = await request(yuanbo.app)
      .post('/api/channels/county/cut')
      .set(scheduler.headers)
      .send({ scope: 't3', reason: '演练', drill: true });
    expect(cut.status).toBe(201);
    expect((await seenAt('t1', 16)).at(-1)).toEqual(['县里的片', '', beganMin + 1, 11]);
  });
});

describe('a township’s film that is late', () => {
  it('raises its alarms under the township’s name and gives way to its alternate two hours before', async () => {
    await look(at(16, 50));
    expect((await seenAt('t1', 19))[1]).toEqual(['还在制作', '', 2, 4]);
    await look(at(17, 2));
    expect(await alarms()).toContainEqual(['t1', 't1~at-19', 'two-hours', '备播']);
    expect(await seenAt('t1', 19)).toEqual([
      ['县里的片', '', 0, 2],
      ['备播', '还在制作', 2, 4],
      ['县里的片', '', 4, 10],
    ]);
    expect(await boardOf('t1')).toContain('备播 还在制作');
    expect(await seenAt('t2', 19)).toEqual([['县里的片', '', 0, 10]]);
    expect(await boardOf('county')).not.toContain('备播 还在制作');
  });

  it('airs in its place once it is ready in time, and the alarms close', async () => {
    await look(at(19, 10));
    await setState(late, 'ready');
    await look();
    expect(await seenAt('t1', 20)).toEqual([
      ['县里的片', '', 0, 2],
      ['还在制作', '', 2, 6],
      ['县里的片', '', 6, 10],
    ]);
    await look();
    expect(await alarms()).toEqual([]);
  });

  it('once withdrawn gives way to its alternate, and without any film left to the county', async () => {
    await setState(late, 'withdrawn');
    await look();
    expect((await seenAt('t1', 20))[1]).toEqual(['备播', '还在制作', 2, 4]);
    await setState(spare, 'withdrawn');
    await look();
    expect(await seenAt('t1', 20)).toEqual([['县里的片', '', 0, 10]]);
    expect(await alarms()).toContainEqual(['t1', 't1~at-20', 'two-hours', undefined]);
  });
});

describe('a slot that is open and has no film any more', () => {
  it('says what was planned wherever no township fills it, and is no hindrance to one that does', async () => {
    await look(at(20, 30));
    await setState(gone, 'withdrawn');
    await look();
    const changed = ['节目调整', '将撤回的片', 0, 10];
    expect(await seenAt(undefined, 21)).toEqual([changed]);
    expect(await seenAt('t2', 21)).toEqual([changed]);
    expect(await boardOf('t2')).toContain('节目调整 将撤回的片');
    expect((await seenAt('t1', 21)).filter(([title]) => title === '镇里的片')).toEqual([['镇里的片', '', 2, 4]]);
    expect(await alarms()).toContainEqual([undefined, 'open-21', 'two-hours', undefined]);
  });
});

/** The list of t1 as a server answers it. */
const listOf = async (listener: TestApp['listener'], view: 'live' | 'dvr' = 'live') => {
  const playback = await request(listener).get('/api/channels/county/playback').query({ group: 't1' });
  expect(playback.status, JSON.stringify(playback.body)).toBe(200);
  const url = String(playback.body[view]).replace(/\/([^/]*)\/multivariant\.m3u8$/, '/360p/$1.m3u8');
  return (await request(listener).get(url)).text;
};

describe('a county whose places air their own', () => {
  it('is answered with the same bytes by a second replica, and by one that restarts with the database away for a day', async () => {
    await look(at(21, 3));
    const replica = await yuanbo.replica();
    await replica.parts.tend();
    for (const view of ['live', 'dvr'] as const) {
      const mine = await listOf(yuanbo.listener, view);
      expect(mine).toContain(own.revision);
      expect(await listOf(replica.listener, view)).toBe(mine);
    }
    await replica.parts.database.close();
    // A new process whose database is away: same parts, but all it knows is the file.
    const surroundings = { ...replica.parts, log: pino({ level: 'silent' }), metrics: new Registry(), starters: [] };
    const slate = () => Promise.reject(new Error('no database'));
    const restarted = { ...surroundings, ...onAirParts({ ...surroundings, slate }) };
    expect(await restarted.onAir.restore()).toBe(true);
    const media = createMediaDoor({ ...restarted, films: restarted.filmShelf });
    const listener = createListener(createApp(restarted, { handlers: everyHandler(restarted) }), media);
    const nowMs = yuanbo.time.nowMs;
    for (const hours of [0, 12, 23]) {
      yuanbo.time.nowMs = nowMs + hours * 3_600_000;
      expect(await listOf(listener, 'dvr')).toBe(await listOf(yuanbo.listener, 'dvr'));
    }
    yuanbo.time.nowMs = nowMs;
  });

  it('tells the players of a place at once when it loses its slot', async () => {
    const told: ChannelNews[] = [];
    const listener = {
      send: ({ data }: { data: unknown }) => void told.push(data as ChannelNews),
      end: () => undefined,
    };
    const leave = yuanbo.parts.push.join({ channel: 'county', place: 't1' }, undefined, listener);
    const before = told.at(-1)?.seq ?? 0;
    const day = { from: '2026-12-02', to: '2026-12-03' };
    const items = [{ id: 'closed', filmId: county.id, start: start('21:30') }];
    const plan = await approvedPlan(yuanbo.app, await office(), { ...day, items });
    expect((await publish(yuanbo.app, await office(), plan)).status).toBe(200);
    leave();
    expect(told.at(-1)?.seq).toBeGreaterThan(before);
    // Its item had another twenty seconds to go.
    yuanbo.time.nowMs += 40_000;
    const last = (await listOf(yuanbo.listener)).trim().split('\n').at(-1);
    expect(last).not.toContain(own.revision);
  });
});
