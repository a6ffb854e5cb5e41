import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanPreview, PlanVersion } from '../../../../media/contract/plan-versions.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp } from '../../start-app.ts';

const minuteMs = 60_000;
const evening = Date.UTC(2026, 11, 2, 11);
let yuanbo: TestApp;
let office: Office;
let first: MadeFilm;
let second: MadeFilm;

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  first = await makeReadyFilm(yuanbo.parts, { title: '第一部', segments: 30, segmentBytes: 20 });
  second = await makeReadyFilm(yuanbo.parts, { title: '第二部', segments: 15, segmentBytes: 20 });
  for (const code of ['s1', 's2']) {
    await yuanbo.parts.places.add({ code, name: `站点 ${code}`, kind: 'station', parent: 't1', operators: [] });
  }
  await yuanbo.parts.tend();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
});
afterAll(() => yuanbo.stop());

const item = (time: string, film: MadeFilm) => ({ filmId: film.id, start: `2026-12-02T${time}:00+08:00` });
const plan = (...items: object[]) => approvedPlan(yuanbo.app, office, { from: '2026-12-02', to: '2026-12-03', items });
const get = (path: string) => request(yuanbo.app).get(path).set(office.scheduler.headers);
const versions = async () => (await get('/api/channels/county/versions')).body.items as PlanVersion[];
/** Changes of a preview, as kind, title, minutes from 19:00 before and after. */
const changes = ({ days }: PlanPreview) =>
  days.flatMap(({ changes }) =>
    changes.map(({ kind, before, after }) => [
      ...[kind, (after ?? before)!.title],
      ...[before, after].map((each) => (each === undefined ? undefined : (each.startAtMs - evening) / minuteMs)),
    ]),
  );

describe('what publishing would change', () => {
  it('is shown by day, with the stations that watch and what the board will say', async () => {
    const made = await plan(item('19:00', first), item('19:10', second));
    const reply = await get(`/api/plans/${made.id}/difference`);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const preview = reply.body as PlanPreview;
    expect(preview.effectiveAtMs).toBe(Date.UTC(2026, 11, 1) + 32_000);
    expect(changes(preview)).toEqual([
      ['added', '第一部', undefined, 0],
      ['added', '第二部', undefined, 10],
    ]);
    expect(preview.days.map(({ date }) => date)).toEqual(['2026-12-02']);
    expect(preview.stations).toEqual({ count: 2, names: ['站点 s1', '站点 s2'] });
    expect(preview.board).toEqual({ counts: { added: 2, removed: 0, moved: 0, changed: 0 }, shortNotice: 0 });
    expect((await publish(yuanbo.app, office, made)).status).toBe(200);
    expect(changes((await get(`/api/plans/${made.id}/difference`)).body as PlanPreview)).toEqual([]);
  });

  it('knows an item again in a plan that was written anew, and says what moved', async () => {
    const made = await plan(item('19:00', first), item('19:20', second), item('20:00', second));
    expect(changes((await get(`/api/plans/${made.id}/difference`)).body as PlanPreview)).toEqual([
      ['moved', '第二部', 10, 20],
      ['added', '第二部', undefined, 60],
    ]);
    yuanbo.time.nowMs += 1000;
    expect((await publish(yuanbo.app, office, made)).status).toBe(200);
  });
});

describe('a published version', () => {
  it('is named by its content and tells who made, approved and published it', async () => {
    const [newer, older] = await versions();
    expect(newer).toMatchObject({ itemCount: 3, publishedBy: { name: 'scheduler-1' }, state: 'published' });
    expect(newer?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(older).toMatchObject({ itemCount: 2, state: 'superseded', approver: { name: 'reviewer-2' } });
    const read = await get(`/api/channels/county/versions/${older!.hash}`);
    expect(read.body.items.map(({ filmTitle }: { filmTitle: string }) => filmTitle)).toEqual(['第一部', '第二部']);
    expect((await get(`/api/channels/county/versions/${'0'.repeat(64)}`)).status).toBe(404);
  });

  it('comes back for what is still to come, with a reason and under its old approval', async () => {
    const older = (await versions())[1]!;
    const preview = (await get(`/api/channels/county/versions/${older.hash}/difference`)).body as PlanPreview;
    expect(preview.counts).toEqual({ added: 0, removed: 1, moved: 1, changed: 0 });
    yuanbo.time.nowMs += 1000;
    const restore = (body: object, person = office.scheduler) =>
      request(yuanbo.app).post(`/api/channels/county/versions/${older.hash}/restore`).set(person.headers).send(body);
    expect((await restore({})).status).toBe(422);
    expect((await restore({ reason: 'x' }, await yuanbo.signInAs('township', 't1'))).status).toBe(403);
    const reply = await restore({ reason: '新计划排错了' });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    expect(reply.body.state).toBe('published');
    const [now] = await versions();
    expect(now).toMatchObject({ hash: older.hash, restores: older.hash, reason: '新计划排错了', itemCount: 2 });
    const query = { from: String(evening), to: String(evening + 90 * minuteMs) };
    const guide = await request(yuanbo.app).get('/api/channels/county/guide').query(query);
    const shown = (guide.body.items as { title: string; kind: string; startAtMs: number }[])
      .filter(({ kind }) => kind === 'item')
      .map(({ title, startAtMs }) => [title, (startAtMs - evening) / minuteMs]);
    expect(shown).toEqual([
      ['第一部', 0],
      ['第二部', 10],
    ]);
  });
});

describe('a server that stops while it publishes', () => {
  it('leaves a claim that nobody can edit, and that becomes what the head says', async () => {
    const made = await plan(item('21:00', first));
    const { plans, heads } = yuanbo.parts;
    const record = (await plans.find(made.id))!;
    const claim = { ...record, state: 'published', claimedAtMs: yuanbo.time.nowMs } as const;
    expect(await plans.replace(record, claim)).toBe(true);
    const edit = await request(yuanbo.app)
      .put(`/api/plans/${made.id}/items`)
      .set(office.scheduler.headers)
      .set('If-Match', `"${made.version}"`)
      .send({ items: [] });
    expect(edit.body.code).toBe('wrong_state');
    expect((await get(`/api/plans/${made.id}`)).body.state).toBe('published');
    yuanbo.time.nowMs += 61_000;
    expect((await get(`/api/plans/${made.id}`)).body).toMatchObject({ state: 'approved' });

    const again = (await plans.find(made.id))!;
    await plans.replace(again, { ...again, state: 'published', claimedAtMs: yuanbo.time.nowMs });
    const head = (await heads.of('county'))!;
    const publication = { planId: made.id, atMs: yuanbo.time.nowMs, effectiveAtMs: yuanbo.time.nowMs + 32_000 };
    const why = { by: 'x', reason: 'x', movedAtMs: yuanbo.time.nowMs, publication };
    await heads.move(head, await heads.document(head.document), why);
    const later = await plan(item('22:00', second));
    yuanbo.time.nowMs += 1000;
    expect((await publish(yuanbo.app, office, later)).status).toBe(200);
    expect(await plans.find(made.id)).toMatchObject({ state: 'superseded', effectiveAtMs: publication.effectiveAtMs });
    expect((await plans.claimed()).length).toBe(0);
  });
});
