import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../../media/contract/planning.ts';
import { formatCivilTime } from '../../../../media/grid/civil-time.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp } from '../../start-app.ts';

let yuanbo: TestApp;
let office: Office;
let film: MadeFilm;
let plan: Plan;
let beganAtMs: number;

const civil = (atMs: number): string => formatCivilTime(atMs, 'Asia/Shanghai');
const item = (id: string, startAtMs: number, more: object = {}) => ({
  ...{ id, filmId: film.id, start: civil(startAtMs), ...more },
});

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  film = await makeReadyFilm(yuanbo.parts, { title: '直播课', segments: 15 });
  await yuanbo.parts.tend();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  // Four items of a minute each, three minutes apart, the first in two minutes.
  beganAtMs = Math.ceil(yuanbo.time.nowMs / 60_000) * 60_000 + 120_000;
  const day = civil(beganAtMs).slice(0, 10);
  const next = civil(beganAtMs + 86_400_000).slice(0, 10);
  const approved = await approvedPlan(yuanbo.app, office, { from: day, to: next, items: published() });
  const reply = await publish(yuanbo.app, office, approved);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  plan = reply.body as Plan;
});
afterAll(() => yuanbo.stop());

const published = () => ['a', 'b', 'c', 'd'].map((id, index) => item(id, beganAtMs + index * 180_000));
const put = (items: readonly object[], version = plan.version) =>
  request(yuanbo.app)
    .put(`/api/plans/${plan.id}/items`)
    .set(office.scheduler.headers)
    .set('If-Match', `"${version}"`)
    .send({ items });
/** The published list with one item otherwise, or without it. */
const edited = (id: string, change?: object) =>
  published().flatMap((one) => (one.id !== id ? [one] : change === undefined ? [] : [{ ...one, ...change }]));

describe('an edit of a published plan', () => {
  it.each([
    ['has begun', 'a', { title: '改名' }, 0, 'history'],
    ['has begun, which is taken out', 'a', undefined, 0, 'history'],
    ['is over', 'a', { mustWatch: true }, 120_000, 'history'],
    ['begins in 31 s', 'b', { title: '改名' }, 180_000 - 31_000, 'frozen'],
    ['begins in 31 s, which is taken out', 'b', undefined, 180_000 - 31_000, 'frozen'],
    ['begins in 36 s', 'b', { title: '改名' }, 180_000 - 36_000, 'wrong_state'],
  ])('that touches what %s', async (_what, id, change, afterMs, code) => {
    yuanbo.time.nowMs = beganAtMs + afterMs;
    const reply = await put(edited(id, change));
    expect([reply.status, reply.body.code]).toEqual([409, code]);
    expect(String(reply.body.detail).length).toBeGreaterThan(30);
  });
  it('that touches two says the worse', async () => {
    yuanbo.time.nowMs = beganAtMs + 180_000 - 20_000;
    const both = edited('a', { title: '改名' }).map((one) => (one.id === 'b' ? { ...one, mustWatch: true } : one));
    expect((await put(both)).body.code).toBe('history');
  });
  it('that changes nothing, or the rest of the day, is the business of a new plan', async () => {
    yuanbo.time.nowMs = beganAtMs + 1000;
    expect((await put(published())).body.code).toBe('wrong_state');
    expect((await put(edited('d', { title: '改名' }))).body.code).toBe('wrong_state');
  });
  it('of another version is stale, and one that cannot be read is told so', async () => {
    expect((await put(edited('a', { title: '改名' }), plan.version + 1)).body.code).toBe('stale');
    const unreadable = await put(edited('a', { start: '2026-02-29T10:00:00' }));
    expect([unreadable.status, unreadable.body.code]).toEqual([422, 'invalid']);
  });
  it('leaves the plan as it was', async () => {
    const { body } = await request(yuanbo.app).get(`/api/plans/${plan.id}`).set(office.scheduler.headers);
    expect(body).toMatchObject({ state: 'published', version: plan.version });
    expect(body.items).toHaveLength(4);
  });
});
