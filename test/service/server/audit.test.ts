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
