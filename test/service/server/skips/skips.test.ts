import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { KnownSkip } from '../../../../media/contract/skips.ts';
import { makeReadyFilm, makeSlate } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let yuanbo: TestApp;
let office: Office;
let item: GuideItem;
let ordinary: GuideItem;

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  await yuanbo.parts.tend();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  const film = await makeReadyFilm(yuanbo.parts, { title: '四个必看' });
  const items = [
    { filmId: film.id, start: '2026-12-01T19:30:00+08:00', mustWatch: true },
    { filmId: film.id, start: '2026-12-01T20:30:00+08:00' },
  ];
  const plan = await approvedPlan(yuanbo.app, office, { from: '2026-12-01', to: '2026-12-02', items });
  expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
  await yuanbo.parts.onAir.refresh();
  const fromMs = Date.parse('2026-12-01T19:00:00+08:00');
  const guide = await request(yuanbo.app).get(
    `/api/channels/county/guide?from=${fromMs}&to=${fromMs + 2 * hourMs}&fillers=each`,
  );
  const planned = (guide.body.items as GuideItem[]).filter(({ kind }) => kind === 'item');
  [item, ordinary] = planned as [GuideItem, GuideItem];
});
afterAll(() => yuanbo.stop());

const skipOf = ({ id, startAtMs }: GuideItem, more: object = {}) => ({
  ...{ itemId: id, startAtMs, reason: 'meeting', atMs: startAtMs - 30_000 },
  ...more,
});
const tell = (skips: readonly object[], place?: string) =>
  request(yuanbo.app).post('/api/skips').send({ place, skips });
const list = async (who: TestPerson): Promise<readonly KnownSkip[]> => {
  const range = `from=${item.startAtMs - hourMs}&to=${item.startAtMs + 2 * hourMs}`;
  return (await request(yuanbo.app).get(`/api/skips?${range}`).set(who.headers)).body.items as KnownSkip[];
};

describe('a must-watch item that a station did not start', () => {
  it('is told without signing in, once however often it arrives, with the title that the guide has', async () => {
    const skip = skipOf(item);
    for (const again of [skip, { ...skip, reason: 'other' }, skip])
      expect((await tell([again, again], 't1')).status).toBe(204);
    expect(await list(office.scheduler)).toEqual([
      {
        ...{ place: 't1', title: '四个必看', film: item.filmId, reason: 'meeting', startAtMs: item.startAtMs },
        ...{ atMs: yuanbo.time.nowMs, heardAtMs: yuanbo.time.nowMs, placeName: expect.any(String) as string },
      },
    ]);
  });

  it('counts for the county where the place is unknown, and is known by place to whoever keeps it', async () => {
    expect((await tell([skipOf(item, { reason: 'fault' })], 'nowhere')).status).toBe(204);
    expect((await tell([skipOf(item, { reason: 'nobody' })])).status).toBe(204);
    const places = (skips: readonly KnownSkip[]) => skips.map(({ place, reason }) => `${place} ${reason}`).sort();
    expect(places(await list(office.reviewer))).toEqual(['county fault', 't1 meeting']);
    expect(places(await list(await yuanbo.signInAs('township', 't1')))).toEqual(['t1 meeting']);
    expect(places(await list(await yuanbo.signInAs('township', 't2')))).toEqual([]);
    const member = await yuanbo.signInAs('member');
    const refused = await request(yuanbo.app).get(`/api/skips?from=${item.startAtMs}&to=${item.endAtMs}`);
    expect([refused.status, await list(member)]).toEqual([401, undefined]);
  });

  it('is nothing that the guide does not name as must-watch', async () => {
    const before = await list(office.scheduler);
    const made = [
      skipOf(ordinary),
      skipOf(item, { itemId: 'made-up' }),
      skipOf(item, { startAtMs: item.startAtMs + 4000 }),
    ];
    expect((await tell(made, 't2')).status).toBe(204);
    expect(await list(office.scheduler)).toEqual(before);
  });

  it('is refused where it has another shape, a clock of 1970 or too many at once', async () => {
    for (const wrong of [{ reason: 'tired' }, { atMs: 1000 }])
      expect((await tell([skipOf(item, wrong)])).status).toBe(422);
    expect((await tell([skipOf(item, { title: 'x' })])).body.code).toBe('unknown_field');
    expect((await tell([])).status).toBe(422);
    expect((await tell(Array.from({ length: 51 }, () => skipOf(item)))).status).toBe(422);
    const long = `/api/skips?from=${item.startAtMs}&to=${item.startAtMs + 40 * 24 * hourMs}`;
    expect((await request(yuanbo.app).get(long).set(office.scheduler.headers)).status).toBe(400);
  });
});
