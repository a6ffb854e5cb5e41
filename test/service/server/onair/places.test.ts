import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { Plan } from '../../../../media/contract/planning.ts';
import type { PlanPreview } from '../../../../media/contract/plan-versions.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

const minuteMs = 60_000;
/** 08:00 in the county. */
const eight = Date.UTC(2026, 11, 1, 0, 0);

let yuanbo: TestApp;
let slate: MadeFilm;
let county: MadeFilm;
let local: MadeFilm;
let scheduler: TestPerson;
let reviewer: TestPerson;
let township: TestPerson;

const signIn = async () => {
  scheduler = await yuanbo.signInAs('scheduler');
  reviewer = await yuanbo.signInAs('reviewer');
  township = await yuanbo.signInAs('township', 't1');
};
const at = (time: string): string => `2026-12-01T${time}:00+08:00`;
/** Open from 08:10 to 08:20, must be watched from 08:20, not open from 08:30. */
const countyItems = () => [
  { id: 'open', filmId: county.id, start: at('08:10'), open: true },
  { id: 'must', filmId: county.id, start: at('08:20'), mustWatch: true },
  { id: 'closed', filmId: county.id, start: at('08:30') },
];

beforeAll(async () => {
  yuanbo = await startApp();
  slate = await makeSlate(yuanbo.parts);
  county = await makeReadyFilm(yuanbo.parts, { title: '县里的片', segments: 150, segmentBytes: 50 });
  local = await makeReadyFilm(yuanbo.parts, { title: '镇里的片', segments: 60, segmentBytes: 50 });
  await signIn();
  const admin = await yuanbo.signInAs('admin');
  for (const place of [
    { code: 't1', name: '清河镇', kind: 'township', parent: 'county' },
    { code: 't2', name: '石桥镇', kind: 'township', parent: 'county' },
    { code: 'v1', name: '上清村', kind: 'village', parent: 't1' },
    { code: 's1', name: '上清站', kind: 'station', parent: 'v1' },
  ]) {
    const made = await request(yuanbo.app).post('/api/places').set(admin.headers).send(place);
    expect([201, 409]).toContain(made.status);
  }
  yuanbo.time.nowMs = eight;
  await yuanbo.parts.tend();
  await signIn();
  const plan = await approvedPlan(yuanbo.app, office(), { from: '2026-12-01', to: '2026-12-02', items: countyItems() });
  expect((await publish(yuanbo.app, office(), plan)).status).toBe(200);
});
beforeEach(signIn);
afterAll(() => yuanbo.stop());

const office = () => ({ scheduler, reviewer });

const begin = (person: TestPerson, body: object) =>
  request(yuanbo.app)
    .post('/api/plans')
    .set(person.headers)
    .send({ channel: 'county', from: '2026-12-01', to: '2026-12-02', ...body });
const fill = async (person: TestPerson, plan: Pick<Plan, 'id' | 'version'>, items: readonly object[]): Promise<Plan> =>
  (
    await request(yuanbo.app)
      .put(`/api/plans/${plan.id}/items`)
      .set(person.headers)
      .set('If-Match', `"${plan.version}"`)
      .send({ items })
  ).body as Plan;
const codesOf = ({ findings }: Plan) => findings.map(({ code }) => code).filter((code) => code !== 'notice_lead');

/** Revisions that a group's live list names, by the instant of the segment. */
const listOf = async (group?: string) => {
  const query = group === undefined ? {} : { group };
  const playback = await request(yuanbo.listener).get('/api/channels/county/playback').query(query);
  expect(playback.status, JSON.stringify(playback.body)).toBe(200);
  const url = String(playback.body.live).replace(/\/(live[^/]*)\/multivariant\.m3u8$/, '/360p/$1.m3u8');
  const text = (await request(yuanbo.listener).get(url)).text;
  const read = readMediaPlaylist(text);
  if (!read.ok) throw new Error(`${url}: ${read.message}`);
  return { url, text, segments: read.segments };
};
const revisionNow = async (group?: string): Promise<string> => {
  const { segments } = await listOf(group);
  return (
    segments.find(({ programDateAtMs = 0 }) => programDateAtMs + 4000 > yuanbo.time.nowMs)?.uri.split('/')[0] ?? ''
  );
};
const guideOf = async (group: string): Promise<GuideItem[]> => {
  const query = { from: String(eight), to: String(eight + 60 * minuteMs), group };
  return (await request(yuanbo.app).get('/api/channels/county/guide').query(query)).body.items as GuideItem[];
};
const boardTitles = async (place: string): Promise<string[]> =>
  ((await request(yuanbo.app).get(`/board/${place}.json`)).body.items as GuideItem[]).map(({ title }) => title);

describe('a plan of a township', () => {
  let plan: Plan;

  it('belongs to the township, and to no other', async () => {
    expect((await begin(township, {})).status).toBe(404);
    expect((await begin(township, { place: 't2' })).status).toBe(404);
    expect((await begin(await yuanbo.signInAs('member'), { place: 't1' })).status).toBe(403);
    expect((await begin(scheduler, { place: 's1' })).body.fields).toMatchObject([{ path: 'place' }]);
    const made = await begin(township, { place: 't1' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    plan = made.body as Plan;
    expect(plan).toMatchObject({ place: 't1', state: 'draft' });
    const stranger = await yuanbo.signInAs('township', 't2');
    expect((await request(yuanbo.app).get(`/api/plans/${plan.id}`).set(stranger.headers)).status).toBe(404);
  });

  it('sees what the county left open, and is told what lies outside or displaces what must be watched', async () => {
    expect(plan.openSlots).toEqual([
      { startAtMs: eight + 10 * minuteMs, endAtMs: eight + 20 * minuteMs, title: '县里的片' },
    ]);
    const item = (time: string) => ({ filmId: local.id, start: at(time) });
    plan = await fill(township, plan, [item('08:31')]);
    expect(codesOf(plan)).toEqual(['no_open_slot']);
    plan = await fill(township, plan, [item('08:18')]);
    expect(codesOf(plan)).toEqual(['must_carry']);
    plan = await fill(township, plan, [item('08:08')]);
    expect(codesOf(plan)).toEqual(['outside_open_slot']);
    expect(plan.findings.find(({ code }) => code === 'outside_open_slot')?.message).toContain('2026-12-01 08:10');
    expect((await request(yuanbo.app).post(`/api/plans/${plan.id}/submit`).set(township.headers).send({})).status).toBe(
      422,
    );
    plan = await fill(township, plan, [item('08:12')]);
    expect(codesOf(plan)).toEqual([]);
  });

  it('is shown beside what its place would see otherwise, for the stations of the place', async () => {
    const reply = await request(yuanbo.app).get(`/api/plans/${plan.id}/difference`).set(township.headers);
    const { days, stations } = reply.body as PlanPreview;
    const added = days.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'added');
    expect(added.map(({ after }) => [after?.startAtMs, after?.title])).toContainEqual([
      eight + 12 * minuteMs,
      '镇里的片',
    ]);
    // The county's other programmes stay where they are.
    const touched = days.flatMap(({ changes }) =>
      changes.map(({ before, after }) => (before ?? after)?.startAtMs ?? 0),
    );
    for (const atMs of touched) {
      expect(atMs).toBeGreaterThanOrEqual(eight + 10 * minuteMs);
      expect(atMs).toBeLessThanOrEqual(eight + 20 * minuteMs);
    }
    expect(stations).toEqual({ count: 1, names: [expect.any(String)] });
  });

  it('goes on air there and in its villages, and nowhere else, once it is approved and published', async () => {
    const before = { county: await listOf(), t2: await listOf('t2') };
    expect(before.t2.text).toBe(before.county.text);
    await request(yuanbo.app).post(`/api/plans/${plan.id}/submit`).set(township.headers).send({});
    expect(
      (await request(yuanbo.app).post(`/api/plans/${plan.id}/publish`).set(township.headers).send({})).status,
    ).toBe(403);
    await request(yuanbo.app).post(`/api/plans/${plan.id}/approve`).set(reviewer.headers).send({});
    const published = await publish(yuanbo.app, office(), plan);
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    expect(published.body).toMatchObject({ state: 'published', place: 't1' });
    yuanbo.time.nowMs = eight + 13 * minuteMs;
    expect(await revisionNow('t1')).toBe(local.revision);
    expect(await revisionNow('v1')).toBe(local.revision);
    expect(await revisionNow('s1')).toBe(local.revision);
    expect(await revisionNow('t2')).toBe(county.revision);
    expect(await revisionNow()).toBe(county.revision);
    expect((await listOf('t2')).text).toBe((await listOf()).text);
    const [own, all] = [await listOf('t1'), await listOf()];
    expect(own.segments.map(({ mediaSequence }) => mediaSequence)).toEqual(
      all.segments.map(({ mediaSequence }) => mediaSequence),
    );
  });

  it('opens its media with its own token and not with another', async () => {
    const mediaOf = async (group: string | undefined, revision: string) => {
      const { url } = await listOf(group);
      const segment = url.replace(/\/[^/]*\.m3u8$/, `/${revision}/00000.ts`);
      return (await request(yuanbo.listener).get(segment)).status;
    };
    expect(await mediaOf('t1', local.revision)).toBe(200);
    expect(await mediaOf('t2', local.revision)).toBe(403);
    expect(await mediaOf(undefined, local.revision)).toBe(403);
    const { url } = await listOf('t2');
    expect((await request(yuanbo.listener).get(url.replace('live.t2', 'live.t1'))).status).toBe(403);
    expect((await request(yuanbo.listener).get(url.replace('live.t2', 'live'))).status).toBe(403);
    expect((await request(yuanbo.app).get('/api/channels/county/playback?group=nowhere')).status).toBe(404);
  });

  it('stands in the place’s guide, board, XMLTV, calendar and as-run log', async () => {
    const titles = (await guideOf('t1')).filter(({ kind }) => kind === 'item').map(({ title }) => title);
    expect(titles).toEqual(['县里的片', '镇里的片', '县里的片', '县里的片', '县里的片']);
    expect(await boardTitles('t1')).toContain('镇里的片');
    expect(await boardTitles('s1')).toContain('镇里的片');
    expect(await boardTitles('t2')).not.toContain('镇里的片');
    expect(await boardTitles('county')).not.toContain('镇里的片');
    expect((await request(yuanbo.app).get('/board/t1.xml')).text).toContain('镇里的片');
    const calendar = (await request(yuanbo.app).get('/board/t1.ics')).text;
    expect(calendar).toContain('镇里的片');
    expect((await request(yuanbo.app).get('/guide/county.xml?group=t1')).text).toContain('镇里的片');
    expect((await request(yuanbo.app).get('/guide/county.xml')).text).not.toContain('镇里的片');
    expect(String((await request(yuanbo.app).get('/guide/county.m3u?group=t1').buffer(true)).body)).toContain(
      '/live/county.m3u8?group=t1',
    );
    const query = { from: String(eight), to: String(eight + 20 * minuteMs) };
    const logOf = async (group: object) =>
      (
        await request(yuanbo.app)
          .get('/api/channels/county/as-run.csv')
          .set(scheduler.headers)
          .query({ ...query, ...group })
      ).text;
    expect(await logOf({ group: 't1' })).toContain('镇里的片');
    expect(await logOf({})).not.toContain('镇里的片');
    const [own] = (await guideOf('t1')).filter(({ title }) => title === '镇里的片');
    expect(own?.startOver).toContain('.t1/multivariant.m3u8');
  });

  it('loses what has no slot any more when the county plans anew, from the first cell that may change', async () => {
    const again = await approvedPlan(yuanbo.app, office(), {
      from: '2026-12-01',
      to: '2026-12-02',
      items: countyItems().map((item) => ({ ...item, open: undefined })),
    });
    const listed = await listOf('t1');
    expect((await publish(yuanbo.app, office(), again)).status).toBe(200);
    yuanbo.time.nowMs += 20_000;
    const after = await listOf('t1');
    for (const { mediaSequence, uri } of listed.segments) {
      const same = after.segments.find((each) => each.mediaSequence === mediaSequence);
      expect(same?.uri ?? uri).toBe(uri);
    }
    yuanbo.time.nowMs += 60_000;
    expect(await revisionNow('t1')).toBe(county.revision);
    const read = await request(yuanbo.app).get(`/api/plans/${plan.id}`).set(township.headers);
    expect(read.body.openSlots).toEqual([
      { startAtMs: eight + 10 * minuteMs, endAtMs: expect.any(Number) as number, title: '县里的片' },
    ]);
    expect(codesOf(read.body as Plan)).toEqual(['outside_open_slot']);
  });
});

describe('a cut of one township', () => {
  const cut = (person: TestPerson, order: object) =>
    request(yuanbo.app)
      .post('/api/channels/county/cut')
      .set(person.headers)
      .send({ reason: '信号异常', ...order });
  const end = (person: TestPerson, body: object) =>
    request(yuanbo.app).delete('/api/channels/county/cut').set(person.headers).send(body);

  it('is ordered by the township for itself, shows slate there and below, and leaves the rest alone', async () => {
    yuanbo.time.nowMs = eight + 22 * minuteMs;
    expect((await cut(township, { scope: 't2' })).status).toBe(404);
    expect((await cut(scheduler, { scope: 's1' })).status).toBe(422);
    const made = await cut(township, { scope: 't1' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect((await cut(township, { scope: 't1' })).body.code).toBe('wrong_state');
    yuanbo.time.nowMs += 40_000;
    for (const group of ['t1', 'v1', 's1']) expect(await revisionNow(group)).toBe(slate.revision);
    for (const group of ['t2', undefined]) expect(await revisionNow(group)).toBe(county.revision);
    const boardOf = async (place: string) => (await request(yuanbo.app).get(`/board/${place}.json`)).body;
    expect(await boardOf('v1')).toMatchObject({ adjustment: { title: '节目调整', drill: false } });
    expect((await boardOf('t2')).adjustment).toBeUndefined();
    const duty = await request(yuanbo.app).get('/api/channels/county/duty').set(scheduler.headers);
    expect(duty.body.interruptions).toMatchObject([{ kind: 'cut', scope: 't1' }]);
  });

  it('goes on although a server lost its database, and hour by hour', async () => {
    const snapshot = await yuanbo.parts.onAir.restore();
    expect(snapshot).toBe(true);
    expect(await revisionNow('v1')).toBe(slate.revision);
    yuanbo.time.nowMs += 61 * minuteMs;
    await yuanbo.parts.tend();
    const place = yuanbo.parts.onAir.find('county')?.document.places?.['t1'];
    expect((place?.cutToCell ?? 0) * 4000).toBeGreaterThan(yuanbo.time.nowMs + 24 * 60 * minuteMs);
  });

  it('ends when a second person agrees', async () => {
    await signIn();
    expect((await end(township, { scope: 't1' })).status).toBe(403);
    expect((await end(scheduler, { scope: 't2' })).body.code).toBe('wrong_state');
    expect((await end(scheduler, { scope: 't1' })).status).toBe(202);
    expect((await end(scheduler, { scope: 't1' })).body.code).toBe('same_person');
    expect((await end(reviewer, {})).status).toBe(200);
    yuanbo.time.nowMs += 60_000;
    expect((await listOf('t1')).segments.at(-1)?.uri).toBe((await listOf()).segments.at(-1)?.uri);
  });

  it('of a village covers the village alone', async () => {
    expect((await cut(scheduler, { scope: 'v1' })).status).toBe(201);
    yuanbo.time.nowMs += 40_000;
    for (const group of ['v1', 's1']) expect(await revisionNow(group)).toBe(slate.revision);
    expect(await revisionNow('t1')).toBe(await revisionNow());
    expect((await end(scheduler, { scope: 'v1' })).status).toBe(202);
    expect((await end(reviewer, { scope: 'v1' })).status).toBe(200);
    yuanbo.time.nowMs += 60_000;
    expect(await revisionNow('v1')).toBe(await revisionNow());
  });

  it('takes an urgent film for one township alone', async () => {
    const order = { filmId: local.id, durationMs: 60_000, return: 'join', reason: '防汛', scope: 't1' };
    const insert = (person: TestPerson) =>
      request(yuanbo.app).post('/api/channels/county/insertions').set(person.headers).send(order);
    expect((await insert(township)).status).toBe(403);
    expect((await insert(scheduler)).status).toBe(201);
    yuanbo.time.nowMs += 30_000;
    expect(await revisionNow('t1')).toBe(local.revision);
    expect(await revisionNow('t2')).not.toBe(local.revision);
  });
});

describe('a slot that is open without a film', () => {
  it('airs what fills gaps, stands in no guide, and takes items of a township', async () => {
    await signIn();
    yuanbo.time.nowMs += 4 * 60 * minuteMs;
    await yuanbo.parts.tend();
    await signIn();
    const day = (time: string): string => `2026-12-02T${time}:00+08:00`;
    const range = { from: '2026-12-02', to: '2026-12-03' };
    const items = [
      { id: 'd2-bare', start: day('08:00'), durationMs: 20 * minuteMs, open: true },
      { id: 'd2-next', filmId: county.id, start: day('08:20') },
    ];
    const plan = await approvedPlan(yuanbo.app, office(), { ...range, items });
    expect((await publish(yuanbo.app, office(), plan)).status).toBe(200);
    const own = (await begin(township, { place: 't1', ...range })).body as Plan;
    const startAtMs = eight + 24 * 60 * minuteMs;
    expect(own.openSlots).toEqual([{ startAtMs, endAtMs: startAtMs + 20 * minuteMs, title: '乡镇自办' }]);
    const refused = await request(yuanbo.app)
      .put(`/api/plans/${own.id}/items`)
      .set(township.headers)
      .set('If-Match', `"${own.version}"`)
      .send({ items: [items[0]] });
    expect(refused.body.code).toBe('invalid');
    expect(codesOf(await fill(township, own, [{ filmId: local.id, start: day('08:05') }]))).toEqual([]);
    const query = { from: String(startAtMs), to: String(startAtMs + 30 * minuteMs) };
    const guide = (await request(yuanbo.app).get('/api/channels/county/guide').query(query)).body.items as GuideItem[];
    expect(guide.filter(({ kind }) => kind === 'item').map(({ title }) => title)).toEqual(['县里的片']);
    for (const path of ['/board/t2.json', '/board/t2.ics', '/board/t2.xml', '/guide/county.xml'])
      expect((await request(yuanbo.app).get(path)).text).not.toContain('乡镇自办');
  });
});
