import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditModel } from '../../../server/audit/audit-model.ts';
import { startApp, type TestApp, type TestPerson } from '../start-app.ts';

let yuanbo: TestApp;
let reviewer: TestPerson;
beforeAll(async () => {
  yuanbo = await startApp();
  reviewer = await yuanbo.signInAs('reviewer');
});
afterAll(() => yuanbo.stop());

const entry = (object: string) => ({ actor: 'zhang', ip: '', action: 'test.do', object, detail: '', requestId: '' });
const read = (query = '') => request(yuanbo.app).get(`/api/audit${query}`).set(reviewer.headers);

describe('the audit log', () => {
  it('has one whole chain when two replicas write at once', async () => {
    const other = await yuanbo.replica();
    const logs = [yuanbo.parts.audit, other.parts.audit];
    await Promise.all(Array.from({ length: 60 }, (_, count) => logs[count % 2]!.write(entry(`thing/${count}`))));
    const links = await yuanbo.parts.audit.page(200);
    expect(links.map((link) => link.seq)).toEqual(Array.from({ length: 60 }, (_, count) => 60 - count));
    expect(new Set(links.map((link) => link.object)).size).toBe(60);
    expect(await yuanbo.parts.audit.firstBroken()).toBeUndefined();
    expect(await other.parts.audit.firstBroken()).toBeUndefined();
  });

  it('writes down who changed what under which request', async () => {
    const admin = await yuanbo.signInAs('admin');
    const made = await request(yuanbo.app)
      .post('/api/categories')
      .set(admin.headers)
      .send({ code: 'noted', name: '一行\n{"fake":"line"}'.replace('\n', ' ') });
    const { items, chainIntact } = (await read('?limit=1')).body;
    expect(chainIntact).toBe(true);
    expect(items[0]).toMatchObject({
      actor: admin.user.username,
      action: 'category.add',
      object: 'category/noted',
      requestId: made.headers['x-request-id'],
      atMs: yuanbo.time.nowMs,
    });
  });

  it('is read page by page', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(`?limit=25${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((link: { seq: number }) => link.seq));
      cursor = page.body.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, count) => seen.length - count));
    expect(seen.length).toBeGreaterThan(60);
  });

  it('finds words literally', async () => {
    await yuanbo.parts.audit.write(entry('odd/.*(a+)+$'));
    const found = await read(`?query=${encodeURIComponent('.*(a+)+$')}`);
    expect(found.body.items).toHaveLength(1);
  });

  it.each([
    ['altered', (seq: number) => rows().updateOne({ seq }, { $set: { actor: 'somebody else' } }), 0],
    ['taken out', (seq: number) => rows().deleteOne({ seq }), 0],
  ])('names the first link that was %s', async (_what, tamper, offset) => {
    const app = await startApp();
    for (let count = 0; count < 8; count += 1) await app.parts.audit.write(entry(`x/${count}`));
    tampered = app;
    await tamper(5);
    const person = await app.signInAs('admin');
    const reply = await request(app.app).get('/api/audit').set(person.headers);
    expect([reply.body.chainIntact, reply.body.firstBadSeq]).toEqual([false, 5 + offset]);
    await app.stop();
  });

  it('finds a link that was altered after it had been verified', async () => {
    const app = await startApp();
    for (let count = 0; count < 4; count += 1) await app.parts.audit.write(entry(`x/${count}`));
    expect(await app.parts.audit.firstBroken()).toBeUndefined();
    tampered = app;
    await rows().updateOne({ seq: 2 }, { $set: { detail: 'forged' } });
    app.time.nowMs += 11 * 60_000;
    expect(await app.parts.audit.firstBroken()).toBe(2);
    await app.stop();
  });

  it('is narrowed by who, what, outcome, time and text, all at once', async () => {
    const written = yuanbo.time.nowMs;
    await yuanbo.parts.audit.write({ ...entry('film/1'), actor: 'wang', action: 'film.pass', detail: '第一遍通过' });
    await yuanbo.parts.audit.write({ ...entry('film/2'), actor: 'wang', action: 'film.return', detail: '声音太小' });
    await yuanbo.parts.audit.write({ ...entry('user/wang'), actor: 'anonymous', action: 'session.refuse' });
    const objects = async (query: string): Promise<string[]> =>
      (await read(`?${query}`)).body.items.map(({ object }: { object: string }) => object);
    expect(await objects('actor=wang')).toEqual(['film/2', 'film/1']);
    expect(await objects('actor=wang&query=%E5%A3%B0%E9%9F%B3')).toEqual(['film/2']);
    expect(await objects('noun=film')).toEqual(['film/2', 'film/1']);
    expect(await objects('outcome=refused')).toEqual(['user/wang']);
    expect(await objects(`noun=film&from=${written + 1}`)).toEqual([]);
    expect(await objects(`noun=film&to=${written}`)).toEqual([]);
    expect(await objects('noun=film&outcome=done&limit=1')).toEqual(['film/2']);
    expect((await read('?noun=anything')).status).toBe(400);
  });

  it('goes out as a sheet whose texts are no formulas, and says so in the record', async () => {
    await yuanbo.parts.audit.write({ ...entry('film/3'), actor: 'formula', detail: '=1+1' });
    const reply = await request(yuanbo.app).get('/api/audit.csv?actor=formula').set(reviewer.headers).buffer();
    expect(reply.headers['content-type']).toContain('text/csv');
    expect(reply.text.split('\r\n')).toHaveLength(3);
    expect(reply.text).toContain(`"film/3","'=1+1"`);
    expect((await read('?limit=1')).body.items[0]).toMatchObject({
      action: 'audit.download',
      actor: reviewer.user.username,
    });
  });

  it('is checked anew a stretch at a time', async () => {
    const app = await startApp();
    for (let count = 0; count < 6; count += 1) await app.parts.audit.write(entry(`x/${count}`));
    const person = await app.signInAs('reviewer');
    const check = async (after: number) =>
      (await request(app.app).get(`/api/audit/check?after=${after}`).set(person.headers)).body;
    expect(await check(0)).toEqual({ toSeq: 6, lastSeq: 6 });
    expect(await check(4)).toEqual({ toSeq: 6, lastSeq: 6 });
    tampered = app;
    await rows().updateOne({ seq: 5 }, { $set: { object: 'forged' } });
    expect(await check(0)).toEqual({ toSeq: 4, lastSeq: 6, firstBadSeq: 5 });
    await rows().deleteOne({ seq: 2 });
    expect(await check(0)).toMatchObject({ firstBadSeq: 2 });
    await app.stop();
  });

  it('tells what permissions refused: at once, then by number once a minute, so that a loop fills no disk', async () => {
    const producer = await yuanbo.signInAs('producer');
    const filmId = '0'.repeat(26);
    const begun = await yuanbo.parts.audit.check(0);
    for (let count = 0; count < 50; count += 1) {
      const refused = await request(yuanbo.app)
        .post(`/api/films/${filmId}/withdraw?reason=long`)
        .set(producer.headers)
        .send({ reason: '乱来' });
      expect(refused.status).toBe(403);
    }
    expect((await request(yuanbo.app).get('/api/audit').set(producer.headers)).status).toBe(403);
    const { items } = (await read(`?actor=${producer.user.username}&outcome=refused`)).body;
    expect(items).toEqual([
      expect.objectContaining({ action: 'read-audit.refuse', object: 'audit', detail: 'GET /api/audit' }),
      expect.objectContaining({
        ...{ action: 'withdraw-film.refuse', object: `film/${filmId}`, detail: `POST /api/films/${filmId}/withdraw` },
        ip: expect.stringContaining('127.0.0.1'),
      }),
    ]);
    yuanbo.time.nowMs += 60_000;
    await yuanbo.parts.refusals.settle();
    const later = (await read(`?actor=${producer.user.username}&noun=film`)).body;
    expect(later.items.map(({ detail }: { detail: string }) => detail)).toEqual([
      `POST /api/films/${filmId}/withdraw × 49`,
      `POST /api/films/${filmId}/withdraw`,
    ]);
    expect(later.chainIntact).toBe(true);
    expect((await yuanbo.parts.audit.check(0)).lastSeq).toBe(begun.lastSeq + 3);
  });

  it.each([
    ['an upload', 'post', '/api/uploads', 'upload-film.refuse', 'uploads'],
    ['a reader of metrics', 'get', '/metrics', 'read-metrics.refuse', 'metrics'],
  ] as const)('tells of %s that was refused beside the contract', async (_what, method, path, action, object) => {
    const member = await yuanbo.signInAs('member');
    await request(yuanbo.app)[method](path).set(member.headers).set('X-Forwarded-For', '8.8.8.8');
    expect((await read('?limit=1')).body.items[0]).toMatchObject({ actor: member.user.username, action, object });
  });

  it('tells of roles that somebody may not give', async () => {
    const township = await yuanbo.signInAs('township', 't1');
    const roles = [{ role: 'admin', place: 't1' }];
    const reply = await request(yuanbo.app)
      .post('/api/users')
      .set(township.headers)
      .send({ username: 'upstart', name: 'upstart', roles });
    expect(reply.status).toBe(403);
    expect((await read('?limit=1')).body.items[0]).toMatchObject({ action: 'manage-users.refuse', object: 'user' });
  });

  it('counts a loop of sign-ins beyond the limit of tries', async () => {
    const before = (await yuanbo.parts.audit.check(0)).lastSeq;
    for (let count = 0; count < 20; count += 1) {
      await request(yuanbo.app).post('/api/sessions').send({ username: 'looped', password: 'x' });
    }
    expect((await yuanbo.parts.audit.check(0)).lastSeq - before).toBe(6);
  });

  it('has no route that changes or deletes', async () => {
    const admin = await yuanbo.signInAs('admin');
    for (const method of ['delete', 'put', 'patch', 'post'] as const) {
      expect((await request(yuanbo.app)[method]('/api/audit').set(admin.headers)).status).toBe(405);
    }
  });
});

let tampered: TestApp;
/** Somebody who writes into the database by hand. */
const rows = () => auditModel(tampered.parts.database);
