import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlarmView } from '../../../../media/contract/alarms.ts';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { FilmState } from '../../../../media/film/film-state.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestReplica } from '../../start-app.ts';

/** 8:00 on the 1st; the plan is for the 2nd. */
const at = (hour: number, minute = 0, second = 0): number => Date.UTC(2026, 11, 1, 16 + hour, minute, second);
let yuanbo: TestApp;
let other: TestReplica;
let office: Office;
let late: MadeFilm;
let spare: MadeFilm;

beforeAll(async () => {
  yuanbo = await startApp();
  other = await yuanbo.replica();
  await makeSlate(yuanbo.parts);
  late = await makeReadyFilm(yuanbo.parts, { title: '还在制作', state: 'review', segments: 60, segmentBytes: 20 });
  spare = await makeReadyFilm(yuanbo.parts, { title: '备播', segments: 30, segmentBytes: 20 });
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  await look();
  const line = { filmId: late.id, alternates: [spare.id] };
  const items = ['19:00', '20:00'].map((time) => ({
    ...line,
    id: `at-${time.slice(0, 2)}`,
    start: `2026-12-02T${time}:00+08:00`,
  }));
  const plan = await approvedPlan(yuanbo.app, office, { from: '2026-12-02', to: '2026-12-03', items });
  expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
});
afterAll(() => yuanbo.stop());

/** Both replicas look after their channels. */
async function look(nowMs?: number): Promise<void> {
  if (nowMs !== undefined) yuanbo.time.nowMs = nowMs;
  await Promise.all([yuanbo.parts.tend(), other.parts.tend()]);
}
async function setState(film: MadeFilm, state: FilmState): Promise<void> {
  await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state }));
}
/** Items of the evening, as title, what was planned, and minutes from 19:00. */
const evening = async (path = '/api/channels/county/guide') => {
  const query = path.startsWith('/api') ? { from: String(at(19)), to: String(at(21)) } : {};
  return ((await request(yuanbo.app).get(path).query(query)).body.items as GuideItem[])
    .filter(({ kind, insteadOf }) => kind === 'item' || insteadOf !== undefined)
    .map(({ title, insteadOf, startAtMs, endAtMs }) => [
      ...[title, insteadOf ?? ''],
      ...[(startAtMs - at(19)) / 60_000, (endAtMs - at(19)) / 60_000],
    ]);
};
/** Sessions do not last as long as this test's days, so somebody signs in each time. */
const askAlarms = async (state: string) =>
  request(yuanbo.app)
    .get('/api/alarms')
    .query({ state })
    .set((await yuanbo.signInAs('scheduler')).headers);
const alarms = async (state = 'open') =>
  ((await askAlarms(state)).body.items as AlarmView[]).map(({ itemId, stage, airs }) => [itemId, stage, airs]);

describe('a film that is late', () => {
  it('is announced as planned and raises one alarm a step, whoever looks', async () => {
    await look(at(18, 59, 0) - 86_400_000);
    expect(await alarms()).toEqual([]);
    await look(at(19) - 86_400_000);
    await look();
    expect(await alarms()).toEqual([['at-19', 'day', '备播']]);
    expect(await evening()).toEqual([
      ['还在制作', '', 0, 2],
      ['还在制作', '', 60, 62],
    ]);
    expect((await askAlarms('gone')).status).toBe(400);
  });

  it('two hours before gives way to its alternate, which the board calls a change', async () => {
    await look(at(17));
    expect(await alarms()).toContainEqual(['at-19', 'two-hours', '备播']);
    const told = [
      ['备播', '还在制作', 0, 2],
      ['还在制作', '', 60, 62],
    ];
    expect(await evening()).toEqual(told);
    expect(await evening('/board/county.json')).toEqual(told);
    await look(at(19));
    expect(
      (await alarms())
        .filter(([item]) => item === 'at-19')
        .map(([, stage]) => stage)
        .sort(),
    ).toEqual(['day', 'missed', 'quarter', 'two-hours']);
    const metric = await yuanbo.parts.metrics.getSingleMetricAsString('yuanbo_late_films');
    expect(metric).toContain('yuanbo_late_films{channel="county",stage="missed"} 1');
  });

  it('airs in its place once it is ready in time, and its alarms close by themselves', async () => {
    await look(at(19, 5));
    await setState(late, 'ready');
    await look();
    await look(at(19, 6));
    expect(await evening()).toEqual([
      ['备播', '还在制作', 0, 2],
      ['还在制作', '', 60, 64],
    ]);
    expect(await alarms()).toEqual([]);
    expect(await alarms('all')).toHaveLength(6);
  });

  it('once withdrawn gives way again, and without any film left the board says what was planned', async () => {
    await setState(late, 'withdrawn');
    await look();
    expect((await evening())[1]).toEqual(['备播', '还在制作', 60, 62]);
    await setState(spare, 'withdrawn');
    await look();
    expect((await evening())[1]).toEqual(['节目调整', '还在制作', 60, 64]);
    expect((await evening('/board/county.json'))[1]).toEqual(['节目调整', '还在制作', 60, 64]);
    expect(await alarms()).toContainEqual(['at-20', 'two-hours', undefined]);
  });
});
