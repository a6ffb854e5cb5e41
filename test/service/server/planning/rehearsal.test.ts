import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../../media/contract/planning.ts';
import type { Rehearsal } from '../../../../media/contract/rehearsal.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const seven = Date.UTC(2026, 11, 2, 11);
let yuanbo: TestApp;
let office: Office;
/** Two minutes and one minute long. */
let first: MadeFilm;
let second: MadeFilm;

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  first = await makeReadyFilm(yuanbo.parts, { title: '第一部', segments: 30, segmentBytes: 20 });
  second = await makeReadyFilm(yuanbo.parts, { title: '第二部', segments: 15, segmentBytes: 20 });
  for (const code of ['t1', 't2']) {
    const known = await yuanbo.parts.places.find(code);
    if (known === undefined)
      await yuanbo.parts.places.add({ code, name: code, kind: 'township', parent: 'county', operators: [] });
  }
  await yuanbo.parts.tend();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
});
afterAll(() => yuanbo.stop());

const at = (time: string): string => `2026-12-02T${time}+08:00`;
const item = (time: string, film: MadeFilm, more: object = {}) => ({
  ...{ id: `at-${time.replaceAll(':', '')}`, filmId: film.id, start: at(time) },
  ...more,
});

/** A draft with these items, of the county or of a place. */
async function draft(items: object[], place?: string, person: TestPerson = office.scheduler): Promise<Plan> {
  const made = await request(yuanbo.app)
    .post('/api/plans')
    .set(person.headers)
    .send({ channel: 'county', from: '2026-12-02', to: '2026-12-03', ...(place === undefined ? {} : { place }) });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const filled = await request(yuanbo.app)
    .put(`/api/plans/${String(made.body.id)}/items`)
    .set(person.headers)
    .set('If-Match', String(made.headers['etag']))
    .send({ items });
  expect(filled.status, JSON.stringify(filled.body)).toBe(200);
  return filled.body as Plan;
}

const rehearse = (id: string, from: number | string, to: number | string, person: TestPerson = office.scheduler) =>
  request(yuanbo.app)
    .get(`/api/plans/${id}/rehearsal?from=${String(from)}&to=${String(to)}`)
    .set(person.headers);

/** What would air between two minutes from 19:00: title, start and end in such minutes. */
async function shown({ id }: Pick<Plan, 'id'>, from: number, to: number) {
  const reply = await rehearse(id, seven + from * minuteMs, seven + to * minuteMs);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return (reply.body as Rehearsal).items.map(({ title, startAtMs, endAtMs }) => [
    title,
    (startAtMs - seven) / minuteMs,
    (endAtMs - seven) / minuteMs,
  ]);
}

describe('a rehearsal of a draft', () => {
  it('shows what would air without holes, whole at its edges and exact at a boundary', async () => {
    const plan = await draft([item('19:00:00', first), item('19:02:00', second)]);
    expect(await shown(plan, 1, 2)).toEqual([['第一部', 0, 2]]);
    expect(await shown(plan, 2, 3)).toEqual([['第二部', 2, 3]]);
    const [only] = ((await rehearse(plan.id, seven + minuteMs, seven + minuteMs + 1)).body as Rehearsal).items;
    expect(only).toEqual({
      ...{ id: 'at-190000', title: '第一部', kind: 'item', mustWatch: false, filmId: first.id },
      ...{ startAtMs: seven, endAtMs: seven + 2 * minuteMs, filmFromMs: 0, filmMs: 2 * minuteMs },
    });
  });

  it('shows an item that the next one cuts off with the length that its film has', async () => {
    const plan = await draft([item('19:00:00', first), item('19:01:00', second)]);
    const { items } = (await rehearse(plan.id, seven, seven + minuteMs)).body as Rehearsal;
    expect(items).toMatchObject([{ title: '第一部', endAtMs: seven + minuteMs, filmMs: 2 * minuteMs }]);
  });

  it('fills a gap as the channel will: slate, the cards of the minute before, and fillers where it has some', async () => {
    const plan = await draft([item('19:00:00', first), item('19:10:00', second)]);
    const gap = (await rehearse(plan.id, seven + 2 * minuteMs, seven + 10 * minuteMs)).body as Rehearsal;
    expect(gap.items.at(0)?.startAtMs).toBe(seven + 2 * minuteMs);
    for (const [index, each] of gap.items.entries())
      expect(each.endAtMs).toBe(gap.items[index + 1]?.startAtMs ?? seven + 10 * minuteMs);
    expect(gap.items.at(-1)).toMatchObject({ title: '接下来', kind: 'filler', filmFromMs: 0 });
    const { filmId: card } = gap.items.at(-1)!;
    expect(await yuanbo.parts.films.find(card!)).toBeUndefined();

    const admin = await yuanbo.signInAs('admin');
    const channel = (body: object) => request(yuanbo.app).patch('/api/channels/county').set(admin.headers).send(body);
    expect((await channel({ gapCardHours: 0 })).status).toBe(200);
    expect(await shown(plan, 3, 9)).toEqual([['垫片', 3, 9]]);

    const short = await makeReadyFilm(yuanbo.parts, { title: '短片', segments: 15, segmentBytes: 20 });
    await yuanbo.parts.films.change(short.id, (film) => ({ ...film, category: 'theory' }));
    expect((await channel({ fillerCategories: ['theory'] })).status).toBe(200);
    expect(await shown(plan, 3, 5)).toEqual([
      ['短片', 3, 4],
      ['短片', 4, 5],
    ]);
    expect((await channel({ gapCardHours: 48, fillerCategories: [] })).status).toBe(200);
  });

  it('differs from what is published, which it leaves alone', async () => {
    const published = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-02',
      to: '2026-12-03',
      items: [item('19:00:00', first)],
    });
    expect((await publish(yuanbo.app, office, published)).status).toBe(200);
    const plan = await draft([item('19:00:00', second)]);
    const reply = (await rehearse(plan.id, seven, seven + 1)).body as Rehearsal;
    expect(reply).toMatchObject({ version: plan.version, effectiveAtMs: Date.UTC(2026, 11, 1) + 32_000 });
    expect(reply.items.map(({ title }) => title)).toEqual(['第二部']);
    const query = { from: seven, to: seven + 1 };
    const guide = await request(yuanbo.app).get('/api/channels/county/guide').query(query);
    expect((guide.body.items as { title: string }[]).map(({ title }) => title)).toEqual(['第一部']);
  });

  it('leaves what airs before the plan could hold', async () => {
    const plan = await draft([item('19:00:00', second)]);
    const nowMs = yuanbo.time.nowMs;
    const { items } = (await rehearse(plan.id, nowMs, nowMs + minuteMs)).body as Rehearsal;
    expect(items.map(({ kind }) => kind)).toEqual(['slate']);
  });

  it('of a township shows its own items in the slots that the county leaves open', async () => {
    const county = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-02',
      to: '2026-12-03',
      items: [item('20:00:00', first, { open: true }), item('20:02:00', first)],
    });
    yuanbo.time.nowMs += 1000;
    expect((await publish(yuanbo.app, office, county)).status).toBe(200);
    const township = await yuanbo.signInAs('township', 't1');
    const own = await draft([item('20:00:00', second), item('20:02:00', second)], 't1', township);
    const from = seven + 60 * minuteMs;
    const { items } = (await rehearse(own.id, from, from + 4 * minuteMs, township)).body as Rehearsal;
    expect(items.map(({ title, startAtMs }) => [title, (startAtMs - from) / minuteMs])).toEqual([
      ['第二部', 0],
      ['第一部', 1],
      ['第一部', 2],
    ]);
    expect(items[1]?.filmFromMs).toBe(minuteMs);
    const stranger = await yuanbo.signInAs('township', 't2');
    for (const id of [own.id, county.id, '0'.repeat(26)])
      expect((await rehearse(id, from, from + 1, stranger)).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('is refused for a range that is none, too long or not written as an instant', async () => {
    const { id } = await draft([]);
    for (const to of [seven, seven - 1, seven + dayMs + 1]) {
      const { status, body } = await rehearse(id, seven, to);
      expect([status, body.code, body.fields[0].path]).toEqual([422, 'invalid', 'to']);
    }
    expect((await rehearse(id, seven, seven + dayMs)).status).toBe(200);
    expect((await rehearse(id, 'tonight', seven)).body.code).toBe('bad_request');
  });
});
