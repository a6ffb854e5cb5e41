import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishPlan } from '../../../../server/planning/publish-plan.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

let yuanbo: TestApp;
let office: Office;
let admin: TestPerson;
let film: MadeFilm;

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  film = await makeReadyFilm(yuanbo.parts, { title: '玉米收割', segments: 6 });
  await yuanbo.parts.tend();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  admin = await yuanbo.signInAs('admin');
});
afterAll(() => yuanbo.stop());

const api = (person: TestPerson) => ({
  post: (path: string, body: object = {}) => request(yuanbo.app).post(path).set(person.headers).send(body),
  get: (path: string) => request(yuanbo.app).get(path).set(person.headers),
  put: (path: string, etag: string, body: object) =>
    request(yuanbo.app).put(path).set(person.headers).set('If-Match', etag).send(body),
});
const item = (start: string, more: object = {}) => ({ filmId: film.id, start, ...more });
const days = { channel: 'county', from: '2026-12-05', to: '2026-12-06' };

async function draft(items: readonly object[] = [], dates: object = days, person = office.scheduler) {
  // Ids sort by their instant.
  yuanbo.time.nowMs += 1;
  const made = await api(person).post('/api/plans', { ...days, ...dates });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const path = `/api/plans/${String(made.body.id)}`;
  if (items.length === 0) return { path, body: made.body, etag: String(made.headers['etag']) };
  const filled = await api(person).put(`${path}/items`, String(made.headers['etag']), { items });
  return { path, body: filled.body, status: filled.status, etag: String(filled.headers['etag']) };
}

describe('a draft', () => {
  it('begins empty, with its version as ETag and what is wrong with it', async () => {
    const { body, etag } = await draft();
    expect(etag).toBe('"1"');
    expect(body).toMatchObject({ state: 'draft', version: 1, items: [], from: '2026-12-05', to: '2026-12-06' });
    expect(body.findings).toMatchObject([{ severity: 'error', code: 'empty_plan' }]);
  });

  it('echoes starts with the county’s offset, whatever offset they came with', async () => {
    const { body } = await draft([
      item('2026-12-05T19:30:00'),
      item('2026-12-05T11:40:00Z'),
      item('2026-12-05T20:50:00+09:00'),
      { filmId: film.id, startMode: 'follow' },
    ]);
    expect(body.items.map((each: { start?: string }) => each.start)).toEqual([
      '2026-12-05T19:30:00+08:00',
      '2026-12-05T19:40:00+08:00',
      '2026-12-05T19:50:00+08:00',
      undefined,
    ]);
    expect(body.items[3].startAtMs).toBe(Date.UTC(2026, 11, 5, 11, 50, 24));
    expect(body.items[0].filmTitle).toBe('玉米收割');
  });

  it.each([
    ['2026-02-29T10:00:00+08:00', 'invalid'],
    ['2026-04-31T10:00:00+08:00', 'invalid'],
    ['2026-13-01T10:00:00+08:00', 'invalid'],
    ['2026-12-05T24:00:00+08:00', 'invalid'],
    ['2026-12-05T23:59:60+08:00', 'invalid'],
    ['２０２６-12-05T10:00:00', 'invalid'],
    ['1796385600000', 'invalid'],
    ['', 'invalid'],
    ['1899-01-01T00:00:00', 'invalid'],
    ['2026-12-05T10:00:01+08:00', 'off_grid'],
    ['2026-12-05T10:00:02.500+08:00', 'off_grid'],
  ])('refuses the start %s', async (start, code) => {
    const { path, etag } = await draft();
    const reply = await api(office.scheduler).put(`${path}/items`, etag, {
      items: [item('2026-12-05T09:00:00'), item(start)],
    });
    expect(reply.status).toBe(422);
    expect(reply.body.code).toBe(code);
    expect(reply.body.fields[0].path).toBe('items.1.start');
    const after = await api(office.scheduler).get(path);
    expect(after.body.items).toEqual([]);
  });

  it('is saved with what is wrong with it: overlap, unknown film, gap', async () => {
    const { status, body } = await draft([
      item('2026-12-05T10:00:00'),
      item('2026-12-05T10:00:12'),
      item('2026-12-05T11:00:00'),
      { filmId: '0'.repeat(26), start: '2026-12-05T12:00:00' },
    ]);
    expect(status).toBe(200);
    const codes = body.findings.map(
      (finding: { code: string; row?: number }) => `${finding.code} ${String(finding.row)}`,
    );
    expect(codes).toContain('overlap 2');
    expect(codes).toContain('film_missing 4');
    expect(codes).toContain('gap 3');
    for (const finding of body.findings) expect(finding.message.length).toBeGreaterThan(20);
  });

  it('leaves slots open without a film, which have a length and nothing else', async () => {
    const slot = (more: object = {}) => ({ start: '2026-12-05T10:00:24', durationMs: 600_000, open: true, ...more });
    const { status, body } = await draft([
      item('2026-12-05T10:00:00'),
      slot(),
      { filmId: film.id, startMode: 'follow' },
    ]);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.findings).toEqual([]);
    expect(body.items[1]).toMatchObject({ open: true, durationMs: 600_000, endAtMs: Date.UTC(2026, 11, 5, 2, 10, 24) });
    expect(body.items[1]).not.toHaveProperty('filmId');
    for (const [field, wrong] of [
      ['durationMs', slot({ durationMs: undefined })],
      ['filmId', slot({ open: undefined })],
      ['alternates', slot({ alternates: [film.id] })],
      ['open', slot({ mustWatch: true })],
    ] as const) {
      const { path, etag } = await draft();
      const reply = await api(office.scheduler).put(`${path}/items`, etag, { items: [wrong] });
      expect(reply.status).toBe(422);
      expect(reply.body.fields).toMatchObject([{ path: `items.0.${field}` }]);
    }
  });

  it('repeats lines, lets alternates stand in, and needs the films of both', async () => {
    const late = await makeReadyFilm(yuanbo.parts, { title: '还在制作', segments: 6, state: 'encoding' });
    const spare = await makeReadyFilm(yuanbo.parts, { title: '备播片', segments: 6 });
    const repeat = { every: 'week', weekdays: [6, 7], except: ['2026-12-06'] };
    const { status, body } = await draft(
      [
        item('2026-12-04T19:30:00', { id: 'lesson', filmId: late.id, alternates: [spare.id], repeat }),
        { id: 'next', filmId: film.id, startMode: 'follow' },
      ],
      { from: '2026-12-04', to: '2026-12-14' },
    );
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.items[0]).toMatchObject({ id: 'lesson', filmTitle: '还在制作', alternates: [spare.id], repeat });
    expect(body.items[0].startAtMs).toBe(Date.UTC(2026, 11, 5, 11, 30));
    expect(body.items[1].startAtMs).toBe(Date.UTC(2026, 11, 5, 11, 30, 24));
    expect(body.findings.map((finding: { code: string; itemId?: string }) => [finding.code, finding.itemId])).toEqual(
      ['05', '12', '13'].map(() => ['alternate_airs', 'lesson']),
    );
    const uses = await yuanbo.parts.filmCatalogue.usesOf[0]!(spare.id);
    expect(uses).toMatchObject([{ channel: 'county', planId: body.id }]);
  });

  it.each([
    [{ repeat: { every: 'day', until: '2026-02-29' } }, 'items.0.repeat.until'],
    [{ repeat: { every: 'day', except: ['2026-12-05', '2026-04-31'] } }, 'items.0.repeat.except.1'],
    [{ startMode: 'follow', repeat: { every: 'day' } }, 'items.0.repeat'],
    [{ repeat: { every: 'week', weekdays: [0] } }, 'items.0.repeat.weekdays.0'],
    [{ repeat: { every: 'month', dates: [32] } }, 'items.0.repeat.dates.0'],
  ])('refuses the rule %j', async (more, field) => {
    const { path, etag } = await draft();
    const reply = await api(office.scheduler).put(`${path}/items`, etag, {
      items: [item('2026-12-05T10:00:00', more)],
    });
    expect([reply.status, reply.body.fields?.[0]?.path]).toEqual([422, field]);
  });

  it('counts repeats as often as they air', async () => {
    const { path, etag } = await draft([], { from: '2026-12-05', to: '2027-03-01' });
    const rows = Array.from({ length: 250 }, () => ({ filmId: film.id, startMode: 'follow' }));
    const items = [item('2026-12-05T10:00:00', { repeat: { every: 'day' } }), ...rows];
    const reply = await api(office.scheduler).put(`${path}/items`, etag, { items });
    expect([reply.status, reply.body.code]).toEqual([413, 'too_large']);
  });

  it('wants If-Match, and the right one', async () => {
    const { path } = await draft();
    const none = await request(yuanbo.app).put(`${path}/items`).set(office.scheduler.headers).send({ items: [] });
    expect(none.status).toBe(428);
    const items = { items: [item('2026-12-05T10:00:00')] };
    expect((await api(office.scheduler).put(`${path}/items`, '"1"', items)).status).toBe(200);
    const late = await api(office.scheduler).put(`${path}/items`, '"1"', items);
    expect(late.status).toBe(412);
    expect(late.body.code).toBe('stale');
  });

  it('lets one of two who save at once through', async () => {
    const { path, etag } = await draft();
    const items = { items: [item('2026-12-05T10:00:00')] };
    const replies = await Promise.all(Array.from({ length: 6 }, () => api(admin).put(`${path}/items`, etag, items)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it.each([
    [{ from: '2026-11-20', to: '2026-11-25' }, 'to'],
    [{ from: '2026-12-06', to: '2026-12-06' }, 'to'],
    [{ from: '2026-02-30', to: '2026-12-06' }, 'from'],
    [{ from: '2026-12-06', to: '2028-12-06' }, 'to'],
  ])('refuses the days %j', async (dates, field) => {
    const reply = await api(office.scheduler).post('/api/plans', { ...days, ...dates });
    expect(reply.status).toBe(422);
    expect(reply.body.fields[0].path).toBe(field);
  });

  it('is nobody’s business outside: 401 without, 403 for members, 404 for a township and an unknown id', async () => {
    const { path } = await draft();
    expect((await request(yuanbo.app).get(path)).status).toBe(401);
    expect((await api(await yuanbo.signInAs('member')).get(path)).status).toBe(403);
    const township = api(await yuanbo.signInAs('township', 't1'));
    expect((await township.get(path)).status).toBe(404);
    expect((await township.post('/api/plans', days)).status).toBe(404);
    expect((await township.get('/api/plans')).body.items).toEqual([]);
    expect((await api(admin).get(`/api/plans/${'0'.repeat(26)}`)).status).toBe(404);
  });

  it('stands in lists with its counts', async () => {
    const { body } = await draft([item('2026-12-05T10:00:00')]);
    const list = await api(admin).get('/api/plans?limit=1');
    expect(list.body.items).toMatchObject([{ id: body.id, itemCount: 1, errors: 0 }]);
    expect(list.body.items[0].items).toBeUndefined();
    const next = await api(admin).get(`/api/plans?limit=1&cursor=${String(list.body.nextCursor)}`);
    expect(next.body.items[0].id).not.toBe(body.id);
  });
});

describe('approval', () => {
  it('needs a plan without errors and somebody else', async () => {
    const broken = await draft([item('2026-12-05T10:00:00'), item('2026-12-05T10:00:12')]);
    const refused = await api(office.scheduler).post(`${broken.path}/submit`);
    expect(refused.status).toBe(422);
    expect(refused.body.code).toBe('findings');
    expect(refused.body.findings.some((finding: { code: string }) => finding.code === 'overlap')).toBe(true);

    const { path } = await draft([item('2026-12-05T10:00:00')], {}, admin);
    expect((await api(office.reviewer).post(`${path}/approve`)).body.code).toBe('wrong_state');
    expect((await api(admin).post(`${path}/submit`, { warningReason: '临时通知' })).body).toMatchObject({
      state: 'submitted',
      warningReason: '临时通知',
    });
    expect((await api(admin).post(`${path}/submit`)).body.code).toBe('wrong_state');
    expect((await api(admin).post(`${path}/approve`)).body.code).toBe('same_person');
    expect((await api(admin).post(`${path}/return`, { reason: 'x' })).body.code).toBe('same_person');
    expect((await api(office.scheduler).post(`${path}/approve`)).status).toBe(403);
    const approved = await api(office.reviewer).post(`${path}/approve`);
    expect(approved.body).toMatchObject({ state: 'approved', approver: { id: office.reviewer.user.id } });
  });

  it('is of the version that was read, where If-Match says which', async () => {
    const { path, etag } = await draft([item('2026-12-05T10:00:00')]);
    const decide = (person: TestPerson, deed: string, seen: string, body: object = {}) =>
      api(person).post(`${path}/${deed}`, body).set('If-Match', seen);
    expect((await decide(office.scheduler, 'submit', etag)).status).toBe(200);
    const edited = await api(office.scheduler).put(`${path}/items`, etag, { items: [item('2026-12-05T11:00:00')] });
    expect((await api(office.scheduler).post(`${path}/submit`)).status).toBe(200);
    for (const deed of ['approve', 'return']) {
      const late = await decide(office.reviewer, deed, etag, deed === 'return' ? { reason: '时间不对' } : {});
      expect([late.status, late.body.code]).toEqual([412, 'stale']);
    }
    expect((await decide(office.reviewer, 'approve', String(edited.headers['etag']))).body.state).toBe('approved');
    expect((await decide(office.scheduler, 'publish', etag)).status).toBe(412);
  });

  it('is lost when the plan is changed or returned', async () => {
    const plan = await approvedPlan(yuanbo.app, office, { ...days, items: [item('2026-12-05T10:00:00')] });
    const path = `/api/plans/${plan.id}`;
    const changed = await api(office.scheduler).put(`${path}/items`, `"${plan.version}"`, {
      items: [item('2026-12-05T11:00:00')],
    });
    expect(changed.body).toMatchObject({ state: 'draft', version: plan.version + 1 });
    expect(changed.body.approver).toBeUndefined();
    expect((await publish(yuanbo.app, office, plan)).body.code).toBe('wrong_state');
    await api(office.scheduler).post(`${path}/submit`);
    const returned = await api(office.reviewer).post(`${path}/return`, { reason: '时间不对' });
    expect(returned.body).toMatchObject({ state: 'draft', returnedReason: '时间不对' });
  });
});

describe('publishing', () => {
  it('needs approval, and a password entered within half an hour', async () => {
    const { path } = await draft([item('2026-12-05T10:00:00')]);
    expect((await api(office.scheduler).post(`${path}/publish`)).body.code).toBe('wrong_state');
    const plan = await approvedPlan(yuanbo.app, office, { ...days, items: [item('2026-12-05T10:00:00')] });
    // Somebody who goes on working keeps the session, but not the right to publish without the password.
    for (const minutes of [20, 11]) {
      yuanbo.time.nowMs += minutes * 60_000;
      expect((await api(office.scheduler).get(`/api/plans/${plan.id}`)).status).toBe(200);
    }
    expect((await publish(yuanbo.app, office, plan)).body.code).toBe('step_up');
    office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
    admin = await yuanbo.signInAs('admin');
    expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
  });

  it('lets exactly one of two who publish the same plan at once through', async () => {
    const plan = await approvedPlan(yuanbo.app, office, { ...days, items: [item('2026-12-05T10:20:00')] });
    const replica = await yuanbo.replica();
    const replies = await Promise.all([
      publish(yuanbo.app, office, plan),
      publish(replica.app, office, plan),
      publish(yuanbo.app, office, plan),
      publish(replica.app, office, plan),
    ]);
    const codes = replies.map(({ status, body }) => (status === 200 ? 'ok' : String(body.code))).sort();
    expect(codes[0]).toBe('ok');
    expect(codes.slice(1).every((code) => code === 'wrong_state' || code === 'stale')).toBe(true);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    const after = await api(admin).get(`/api/plans/${plan.id}`);
    expect(after.body.state).toBe('published');
  });

  it('goes through when no plan but the upkeep of the channel was faster', async () => {
    const { id } = await approvedPlan(yuanbo.app, office, { ...days, items: [item('2026-12-05T10:40:00')] });
    const plan = (await yuanbo.parts.plans.find(id))!;
    const { heads } = yuanbo.parts;
    let moves = 0;
    const move: typeof heads.move = async (before, document, why) => {
      moves += 1;
      if (moves === 1) {
        const { publication, document: name } = before!;
        const upkeep = { by: 'system', reason: 'upkeep', movedAtMs: why.movedAtMs };
        await heads.move(before, await heads.document(name), { ...upkeep, ...(publication ? { publication } : {}) });
      }
      return heads.move(before, document, why);
    };
    const parts = { ...yuanbo.parts, heads: { ...heads, move } };
    const published = await publishPlan(parts, plan, office.scheduler.user, yuanbo.time.nowMs);
    expect(published.plan.state).toBe('published');
    expect(moves).toBe(2);
  });

  it('never mixes two plans of the same hour', async () => {
    for (let round = 0; round < 3; round += 1) {
      const plans = await Promise.all(
        ['2026-12-07T10:00:00', '2026-12-07T10:20:00'].map((start) =>
          approvedPlan(yuanbo.app, office, { from: '2026-12-07', to: '2026-12-08', items: [item(start)] }),
        ),
      );
      const replies = await Promise.all(plans.map((plan) => publish(yuanbo.app, office, plan)));
      // F36: one wins; the other was approved for what is no longer published.
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
      const from = Date.UTC(2026, 11, 6, 16);
      const guide = await api(admin).get(`/api/channels/county/guide?from=${from}&to=${from + 86_400_000}`);
      const aired = guide.body.items.filter((each: { kind: string }) => each.kind === 'item');
      expect(aired).toHaveLength(1);
    }
  });

  it('replaces a whole plan, which is then superseded, and a part of one, which is not', async () => {
    const long = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-10',
      to: '2026-12-13',
      items: ['10', '11', '12'].map((day) => item(`2026-12-${day}T10:00:00`)),
    });
    expect((await publish(yuanbo.app, office, long)).status).toBe(200);
    const middle = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-11',
      to: '2026-12-12',
      items: [item('2026-12-11T15:00:00')],
    });
    expect((await publish(yuanbo.app, office, middle)).status).toBe(200);
    expect((await api(admin).get(`/api/plans/${long.id}`)).body.state).toBe('published');
    const [from, to] = [Date.UTC(2026, 11, 9, 16), Date.UTC(2026, 11, 12, 16)];
    const guide = await api(admin).get(`/api/channels/county/guide?from=${from}&to=${to}`);
    const starts = guide.body.items
      .filter((each: { kind: string }) => each.kind === 'item')
      .map((each: { startAtMs: number }) => new Date(each.startAtMs).toISOString());
    expect(starts).toEqual(['2026-12-10T02:00:00.000Z', '2026-12-11T07:00:00.000Z', '2026-12-12T02:00:00.000Z']);
    const all = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-10',
      to: '2026-12-14',
      items: [item('2026-12-13T10:00:00')],
    });
    expect((await publish(yuanbo.app, office, all)).status).toBe(200);
    expect((await api(admin).get(`/api/plans/${long.id}`)).body.state).toBe('superseded');
    expect((await api(admin).get(`/api/plans/${middle.id}`)).body.state).toBe('superseded');
  });

  it('fills gaps with films of the channel’s categories, none sooner again than the channel wants', async () => {
    const filler = await makeReadyFilm(yuanbo.parts, { title: '填空短片', segments: 6 });
    const read = await api(admin).get(`/api/films/${filler.id}`);
    const kept = await request(yuanbo.app)
      .patch(`/api/films/${filler.id}`)
      .set(admin.headers)
      .set('If-Match', String(read.headers['etag']))
      .send({ category: 'theory' });
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
    const channel = await request(yuanbo.app)
      .patch('/api/channels/county')
      .set(admin.headers)
      .send({ fillerCategories: ['theory'], fillerRestHours: 3 });
    expect(channel.body).toMatchObject({ fillerRestHours: 3 });
    const startsOn = async (day: number): Promise<number[]> => {
      const date = (of: number): string => `2026-12-${of}`;
      const plan = await approvedPlan(yuanbo.app, office, {
        from: date(day),
        to: date(day + 1),
        items: [item(`${date(day)}T10:00:00`)],
      });
      expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
      const from = Date.UTC(2026, 11, day - 1, 16);
      const path = `/api/channels/county/guide?from=${from}&to=${from + 86_400_000}&fillers=each`;
      const rows = (await api(admin).get(path)).body.items as { kind: string; startAtMs: number }[];
      return rows.filter(({ kind }) => kind === 'filler').map(({ startAtMs }) => startAtMs);
    };
    const starts = [...(await startsOn(16)), ...(await startsOn(17))];
    expect(starts).toHaveLength(16);
    starts.slice(1).forEach((start, index) => expect(start - starts[index]!).toBe(3 * 3_600_000 + 24_000));
    const none = { fillerCategories: [], fillerRestHours: 0 };
    expect((await request(yuanbo.app).patch('/api/channels/county').set(admin.headers).send(none)).status).toBe(200);
  });

  it('keeps a film that is planned from being deleted', async () => {
    const reply = await request(yuanbo.app).delete(`/api/films/${film.id}`).set(admin.headers);
    expect(reply.status).toBe(409);
    expect(reply.body.code).toBe('in_plan');
  });

  it('takes 20,000 items and refuses more', async () => {
    const start = Date.UTC(2026, 11, 20, 0);
    const items = Array.from({ length: 20_001 }, (_, n) =>
      item(new Date(start + n * 24_000).toISOString().slice(0, 19) + 'Z'),
    );
    const { path, etag } = await draft([], { from: '2026-12-20', to: '2026-12-27' });
    const refused = await api(office.scheduler).put(`${path}/items`, etag, { items });
    expect(refused.status).toBe(413);
    expect(refused.body.code).toBe('too_large');
    const reply = await api(office.scheduler).put(`${path}/items`, etag, { items: items.slice(1) });
    expect(reply.status, JSON.stringify(reply.body).slice(0, 300)).toBe(200);
    expect(reply.body.items).toHaveLength(20_000);
  });
});
