import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

const minuteMs = 60_000;
let yuanbo: TestApp;
let lesson: MadeFilm;
let warning: MadeFilm;
let scheduler: TestPerson;

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  lesson = await makeReadyFilm(yuanbo.parts, { title: '养殖技术', segments: 150, segmentBytes: 20 });
  warning = await makeReadyFilm(yuanbo.parts, { title: '防汛紧急通知', segments: 15, segmentBytes: 20 });
  await yuanbo.parts.tend();
  scheduler = await yuanbo.signInAs('scheduler');
  const reviewer = await yuanbo.signInAs('reviewer');
  const items = ['08:10', '08:40'].map((time) => ({ filmId: lesson.id, start: `2026-12-01T${time}:00+08:00` }));
  const plan = await approvedPlan(yuanbo.app, { scheduler, reviewer }, { from: '2026-12-01', to: '2026-12-02', items });
  expect((await publish(yuanbo.app, { scheduler, reviewer }, plan)).status).toBe(200);
});
afterAll(() => yuanbo.stop());

const insert = (order: object, person = scheduler) =>
  request(yuanbo.app)
    .post('/api/channels/county/insertions')
    .set(person.headers)
    .send({ filmId: warning.id, durationMs: 2 * minuteMs, return: 'join', reason: '气象局通知', ...order });
/** Items that air, as film and minutes from eight o'clock. */
const guide = async () => {
  const from = Date.UTC(2026, 11, 1);
  const query = { from: String(from), to: String(from + 60 * minuteMs) };
  const reply = await request(yuanbo.app).get('/api/channels/county/guide').query(query);
  return (reply.body.items as GuideItem[])
    .filter(({ kind }) => kind === 'item')
    .map(({ title, interruption, startAtMs, endAtMs }) => [
      ...[title, interruption ?? 'planned'],
      ...[(startAtMs - from) / minuteMs, (endAtMs - from) / minuteMs],
    ]);
};

describe('an urgent insertion', () => {
  it('is refused for a film that may not air here, and for less than three cells or more than six hours', async () => {
    const raw = await makeReadyFilm(yuanbo.parts, { title: '未审', state: 'review', segments: 3 });
    const inner = await makeReadyFilm(yuanbo.parts, { title: '党内', audience: 'members', segments: 3 });
    for (const film of [raw, inner]) expect((await insert({ filmId: film.id })).body.code).toBe('not_ready');
    expect((await insert({ filmId: '0'.repeat(26) })).status).toBe(404);
    for (const durationMs of [11_999, 21_600_001, 30_000.5]) {
      expect([durationMs, (await insert({ durationMs })).status]).toEqual([durationMs, 422]);
    }
    expect((await insert({ reason: ' ' })).status).toBe(422);
    expect((await insert({}, await yuanbo.signInAs('scheduler', 't1'))).status).toBe(404);
  });

  it('airs within 16 s, and joined the plan is where the clock is', async () => {
    // 16 s before 8:12 the first cell that nobody has listed is that of 8:12.
    yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 0, 11, 44);
    const reply = await insert({});
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    const startAtMs = Date.UTC(2026, 11, 1, 0, 12);
    expect(reply.body).toMatchObject({ kind: 'insertion', title: '防汛紧急通知', effectiveAtMs: startAtMs });
    expect(reply.body.endAtMs).toBe(startAtMs + 2 * minuteMs);
    expect(await guide()).toEqual([
      ['养殖技术', 'planned', 10, 12],
      ['防汛紧急通知', 'insertion', 12, 14],
      ['养殖技术', 'planned', 14, 20],
      ['养殖技术', 'planned', 40, 50],
    ]);
    const board = (await request(yuanbo.app).get('/board/county.json')).body.items as GuideItem[];
    expect(board.find(({ title }) => title === '防汛紧急通知')).toMatchObject({ interruption: 'insertion' });
    const duty = await request(yuanbo.app).get('/api/channels/county/duty').set(scheduler.headers);
    expect(duty.body.interruptions).toMatchObject([{ kind: 'insertion', reason: '气象局通知' }]);
    const audit = await request(yuanbo.app)
      .get('/api/audit')
      .set((await yuanbo.signInAs('reviewer')).headers);
    expect(audit.body.items[0]).toMatchObject({ action: 'channel.insert', actor: scheduler.user.username });
  });

  it('resumed lets the displaced item go on where it was, and leaves the next one at its second', async () => {
    yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 0, 41, 44);
    scheduler = await yuanbo.signInAs('scheduler');
    expect((await insert({ return: 'resume', durationMs: 4 * minuteMs })).status).toBe(201);
    expect((await guide()).slice(3)).toEqual([
      ['养殖技术', 'planned', 40, 42],
      ['防汛紧急通知', 'insertion', 42, 46],
      // All of its ten minutes air, four later.
      ['养殖技术', 'planned', 46, 54],
    ]);
  });

  it('lasts longer when somebody says so, once for two who say it at once, and what had to wait waits longer', async () => {
    yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 0, 43);
    scheduler = await yuanbo.signInAs('scheduler');
    const reviewer = await yuanbo.signInAs('reviewer');
    const duty = await request(yuanbo.app).get('/api/channels/county/duty').set(scheduler.headers);
    const [{ id, endAtMs }] = duty.body.interruptions as [{ id: string; endAtMs: number }];
    const extend = (body: object, person = scheduler, which = id) =>
      request(yuanbo.app)
        .post(`/api/channels/county/insertions/${which}/extensions`)
        .set(person.headers)
        .send({ byMs: 2 * minuteMs, endAtMs, ...body });
    expect((await extend({}, await yuanbo.signInAs('producer'))).status).toBe(403);
    expect((await extend({}, await yuanbo.signInAs('scheduler', 't1'))).status).toBe(404);
    expect((await extend({}, scheduler, '0'.repeat(26))).status).toBe(404);
    for (const byMs of [0, 11_999, 30_000.5, 21_600_001, 21_600_000]) {
      expect([byMs, (await extend({ byMs })).status]).toEqual([byMs, 422]);
    }
    const replies = await Promise.all([extend({}), extend({}, reviewer)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(replies.find(({ status }) => status === 412)?.body.code).toBe('stale');
    const longer = replies.find(({ status }) => status === 201)?.body as { id: string; endAtMs: number };
    expect(longer).toMatchObject({ id, kind: 'insertion', endAtMs: endAtMs + 2 * minuteMs });
    expect((await guide()).slice(3)).toEqual([
      ['养殖技术', 'planned', 40, 42],
      ['防汛紧急通知', 'insertion', 42, 48],
      ['养殖技术', 'planned', 48, 56],
    ]);
    const board = (await request(yuanbo.app).get('/board/county.json')).body.items as GuideItem[];
    expect(board.filter(({ interruption }) => interruption === 'insertion').at(-1)).toMatchObject({
      endAtMs: endAtMs + 2 * minuteMs,
    });
    const audit = await request(yuanbo.app).get('/api/audit').set(reviewer.headers);
    expect(audit.body.items[0]).toMatchObject({ action: 'channel.insert-extend' });
  });

  it('ends early when somebody says so, and what had to wait goes on at once', async () => {
    yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 0, 43, 44);
    scheduler = await yuanbo.signInAs('scheduler');
    const duty = await request(yuanbo.app).get('/api/channels/county/duty').set(scheduler.headers);
    const end = (id: string, person = scheduler) =>
      request(yuanbo.app)
        .delete(`/api/channels/county/insertions/${id}`)
        .set(person.headers)
        .send({ reason: '已播完' });
    const { id } = duty.body.interruptions[0] as { id: string };
    expect((await end(id, await yuanbo.signInAs('producer'))).status).toBe(403);
    expect((await end('0'.repeat(26))).status).toBe(404);
    const reply = await end(id);
    expect([reply.status, reply.body]).toEqual([200, { effectiveAtMs: Date.UTC(2026, 11, 1, 0, 44) }]);
    expect((await guide()).slice(3)).toEqual([
      ['养殖技术', 'planned', 40, 42],
      ['防汛紧急通知', 'insertion', 42, 44],
      ['养殖技术', 'planned', 44, 52],
    ]);
    expect((await end(id)).body.code).toBe('wrong_state');
    // Less than 16 s before its end, what comes after it is listed.
    yuanbo.time.nowMs += 4000;
    const late = await request(yuanbo.app)
      .post(`/api/channels/county/insertions/${id}/extensions`)
      .set(scheduler.headers)
      .send({ byMs: minuteMs, endAtMs: Date.UTC(2026, 11, 1, 0, 44) });
    expect(late.body).toMatchObject({ status: 409, code: 'frozen' });
  });

  it('may be a drill: it airs like the real thing, and every title of it says so', async () => {
    yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 0, 51, 44);
    scheduler = await yuanbo.signInAs('scheduler');
    const reply = await insert({ drill: true, durationMs: minuteMs });
    expect(reply.body).toMatchObject({ kind: 'insertion', drill: true, title: '防汛紧急通知（演练）' });
    expect(await guide()).toContainEqual(['防汛紧急通知（演练）', 'insertion', 52, 53]);
    const xmltv = await request(yuanbo.app).get('/guide/county.xml');
    expect(xmltv.text).toContain('防汛紧急通知（演练）');
    yuanbo.time.nowMs += 2 * minuteMs;
    const asRun = await request(yuanbo.app)
      .get('/api/channels/county/as-run.csv')
      .query({ from: String(yuanbo.time.nowMs - 2 * minuteMs), to: String(yuanbo.time.nowMs) })
      .set(scheduler.headers);
    expect(asRun.text).toContain('紧急插播（演练）：气象局通知');
    const audit = await request(yuanbo.app)
      .get('/api/audit')
      .set((await yuanbo.signInAs('reviewer')).headers);
    expect(audit.body.items[0]).toMatchObject({
      action: 'channel.insert',
      detail: expect.stringMatching(/^drill, film /),
    });
  });

  it('is not taken while the channel is cut, for nobody would see it', async () => {
    const cut = await request(yuanbo.app)
      .post('/api/channels/county/cut')
      .set(scheduler.headers)
      .send({ scope: 'county', reason: '信号异常' });
    expect(cut.status).toBe(201);
    expect((await insert({})).body.code).toBe('wrong_state');
  });
});
