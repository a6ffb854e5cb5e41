import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../start-app.ts';

let yuanbo: TestApp;
beforeAll(async () => {
  yuanbo = await startApp();
});
afterAll(() => yuanbo.stop());

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Makes somebody with a password through the API, as an administrator does. */
async function invited(username: string, password: string, roles: object[] = [{ role: 'member', place: 'county' }]) {
  const admin = await yuanbo.signInAs('admin');
  const made = await request(yuanbo.app)
    .post('/api/users')
    .set(admin.headers)
    .send({ username, name: username, roles });
  expect(made.status).toBe(201);
  const token = String(made.body.invitation.path).replace('/console/#/invitation/', '');
  const accepted = await request(yuanbo.app).post('/api/invitations/accept').send({ token, password });
  return { admin, id: String(made.body.id), token, accepted };
}

describe('signing in', () => {
  it('gives a token and a cookie, and both open the session', async () => {
    await invited('zhang', 'three words here');
    const reply = await request(yuanbo.app)
      .post('/api/sessions')
      .send({ username: 'ZHANG', password: 'three words here' });
    expect(reply.status).toBe(201);
    expect(reply.body.user).toMatchObject({ username: 'zhang', roles: [{ role: 'member', place: 'county' }] });
    const cookie = String(reply.headers['set-cookie']);
    expect(cookie).toMatch(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=/);
    const byToken = await request(yuanbo.app).get('/api/sessions/current').auth(reply.body.token, { type: 'bearer' });
    const byCookie = await request(yuanbo.app)
      .get('/api/sessions/current')
      .set('Cookie', cookie.split(';')[0] ?? '');
    expect([byToken.status, byCookie.status]).toEqual([200, 200]);
    expect(byCookie.body.user.username).toBe('zhang');
  });

  it('refuses a wrong password and an unknown name in the same words', async () => {
    await invited('wang', 'three words here');
    const wrong = await request(yuanbo.app).post('/api/sessions').send({ username: 'wang', password: 'something' });
    const nobody = await request(yuanbo.app).post('/api/sessions').send({ username: 'nobody', password: 'something' });
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(wrong.body.detail).toBe(nobody.body.detail);
    expect(wrong.body.code).toBe('sign_in');
  });

  it('looks at five wrong passwords of an account and then at none, even at a right one', async () => {
    await invited('liu', 'three words here');
    const tries = await Promise.all(
      Array.from({ length: 12 }, () =>
        request(yuanbo.app).post('/api/sessions').send({ username: 'liu', password: 'wrong wrong' }),
      ),
    );
    expect(tries.filter((reply) => reply.status === 401)).toHaveLength(5);
    const right = await request(yuanbo.app)
      .post('/api/sessions')
      .send({ username: 'liu', password: 'three words here' });
    expect(right.status).toBe(429);
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('ends a session of staff after 30 idle minutes and after 12 hours', async () => {
    const idle = await yuanbo.signInAs('producer');
    const busy = await yuanbo.signInAs('producer');
    const asks = (person: typeof idle) => request(yuanbo.app).get('/api/sessions/current').set(person.headers);
    yuanbo.time.nowMs += 29 * minuteMs;
    expect((await asks(busy)).status).toBe(200);
    yuanbo.time.nowMs += 2 * minuteMs;
    expect((await asks(idle)).status).toBe(401);
    for (let hours = 0; hours < 11; hours += 1) {
      for (let part = 0; part < 3; part += 1) {
        yuanbo.time.nowMs += 20 * minuteMs;
        expect((await asks(busy)).status).toBe(200);
      }
    }
    yuanbo.time.nowMs += 29.5 * minuteMs;
    expect((await asks(busy)).status).toBe(401);
  });

  it('keeps a member for 30 days from the last visit', async () => {
    const member = await yuanbo.signInAs('member');
    const asks = () => request(yuanbo.app).get('/api/sessions/current').set(member.headers);
    yuanbo.time.nowMs += 29 * 24 * hourMs;
    expect((await asks()).status).toBe(200);
    yuanbo.time.nowMs += 29 * 24 * hourMs;
    expect((await asks()).status).toBe(200);
    yuanbo.time.nowMs += 30 * 24 * hourMs;
    expect((await asks()).status).toBe(401);
  });

  it('keeps five sessions of a person and ends the oldest', async () => {
    const { accepted } = await invited('chen', 'three words here');
    const first = String(accepted.body.token);
    for (let time = 0; time < 5; time += 1) {
      yuanbo.time.nowMs += 1000;
      await request(yuanbo.app).post('/api/sessions').send({ username: 'chen', password: 'three words here' });
    }
    const old = await request(yuanbo.app).get('/api/sessions/current').auth(first, { type: 'bearer' });
    expect(old.status).toBe(401);
  });

  it('ends a session for good at sign-out', async () => {
    const person = await yuanbo.signInAs('member');
    expect((await request(yuanbo.app).delete('/api/sessions/current').set(person.headers)).status).toBe(204);
    expect((await request(yuanbo.app).get('/api/sessions/current').set(person.headers)).status).toBe(401);
  });

  it('asks for the password again after 30 minutes before roles are changed', async () => {
    const { admin, accepted } = await invited('boss', 'three words here', [{ role: 'admin', place: 'county' }]);
    const boss = { Authorization: `Bearer ${String(accepted.body.token)}` };
    const change = () => request(yuanbo.app).patch(`/api/users/${admin.user.id}`).set(boss).send({ name: 'Old' });
    yuanbo.time.nowMs += 20 * minuteMs;
    expect((await change()).status).toBe(200);
    yuanbo.time.nowMs += 11 * minuteMs;
    const late = await change();
    expect([late.status, late.body.code]).toEqual([403, 'step_up']);
    const wrong = await request(yuanbo.app)
      .post('/api/sessions/current/step-up')
      .set(boss)
      .send({ password: 'not this one' });
    expect(wrong.status).toBe(403);
    const right = await request(yuanbo.app)
      .post('/api/sessions/current/step-up')
      .set(boss)
      .send({ password: 'three words here' });
    expect(right.body).toEqual({ passwordAtMs: yuanbo.time.nowMs });
    expect((await change()).status).toBe(200);
  });
});

describe('people', () => {
  it('opens an invitation once, and not after 24 hours', async () => {
    const { token, id, admin } = await invited('zhao', 'three words here');
    const again = await request(yuanbo.app).post('/api/invitations/accept').send({ token, password: 'another one' });
    expect([again.status, again.body.code]).toEqual([410, 'expired']);
    const link = await request(yuanbo.app).post(`/api/users/${id}/invitations`).set(admin.headers);
    const fresh = String(link.body.path).split('/').at(-1) ?? '';
    yuanbo.time.nowMs += 24 * hourMs;
    const late = await request(yuanbo.app)
      .post('/api/invitations/accept')
      .send({ token: fresh, password: 'another one' });
    expect(late.status).toBe(410);
  });

  it('refuses a password that everybody tries, and the link stays good', async () => {
    const { id, admin } = await invited('sunli', 'three words here');
    const link = await request(yuanbo.app).post(`/api/users/${id}/invitations`).set(admin.headers);
    const token = String(link.body.path).split('/').at(-1) ?? '';
    const common = await request(yuanbo.app).post('/api/invitations/accept').send({ token, password: 'Password123' });
    expect([common.status, common.body.fields[0].path]).toEqual([422, 'password']);
    const good = await request(yuanbo.app).post('/api/invitations/accept').send({ token, password: 'another one' });
    expect(good.status).toBe(201);
  });

  it('takes one username in any width and case, and none that is reserved', async () => {
    const { admin } = await invited('qian', 'three words here');
    const add = (username: string) =>
      request(yuanbo.app)
        .post('/api/users')
        .set(admin.headers)
        .send({ username, name: 'x', roles: [{ role: 'member', place: 'county' }] });
    expect((await add('ＱＩＡＮ')).body.code).toBe('name_taken');
    for (const username of ['admin', 'Root', '系统']) expect((await add(username)).status).toBe(422);
  });

  it('lets a township make members of its own place and nobody else', async () => {
    const township = await yuanbo.signInAs('township', 't1');
    let count = 0;
    const add = (role: string, place: string) =>
      request(yuanbo.app)
        .post('/api/users')
        .set(township.headers)
        .send({ username: `of-t1-${(count += 1)}`, name: 'x', roles: [{ role, place }] });
    expect((await add('member', 't1')).status).toBe(201);
    expect((await add('member', 't2')).status).toBe(404);
    expect((await add('member', 'county')).status).toBe(404);
    expect((await add('admin', 't1')).status).toBe(403);
    const listed = await request(yuanbo.app).get('/api/users?limit=200').set(township.headers);
    expect(listed.body.items.map((user: { username: string }) => user.username)).toEqual(['of-t1-1']);
    // Those of others do not make its pages short.
    const firstPage = await request(yuanbo.app).get('/api/users?limit=1').set(township.headers);
    expect(firstPage.body.items).toMatchObject([{ username: 'of-t1-1' }]);
    expect(firstPage.body.nextCursor).toBeUndefined();
    const foreign = await yuanbo.signInAs('member', 't2');
    const change = await request(yuanbo.app)
      .patch(`/api/users/${foreign.user.id}`)
      .set(township.headers)
      .send({ name: 'y' });
    expect(change.status).toBe(404);
  });

  it('shuts somebody out from the request after the change', async () => {
    const admin = await yuanbo.signInAs('admin');
    const person = await yuanbo.signInAs('producer');
    const patch = (body: object) =>
      request(yuanbo.app).patch(`/api/users/${person.user.id}`).set(admin.headers).send(body);
    expect((await patch({ disabled: true })).status).toBe(200);
    expect((await request(yuanbo.app).get('/api/sessions/current').set(person.headers)).status).toBe(401);
  });

  it('keeps the last administrator', async () => {
    const empty = await startApp();
    const page = await empty.parts.users.page({ limit: 10 });
    const [only] = page;
    const boss = await empty.parts.sessions.begin(only!.id, empty.time.nowMs, { agent: 'test', ip: '' });
    const reply = await request(empty.app)
      .patch(`/api/users/${only!.id}`)
      .auth(boss.token, { type: 'bearer' })
      .send({ roles: [{ role: 'member', place: 'county' }] });
    expect([reply.status, reply.body.code]).toEqual([409, 'last_admin']);
    expect((await empty.parts.users.find(only!.id))?.roles).toEqual([{ role: 'admin', place: 'county' }]);
    await empty.stop();
  });
});

describe('sign-in over plain http', () => {
  it('is refused from another machine with the cure', async () => {
    const lan = await startApp({ settings: { TRUST_PROXY: 'loopback' } });
    const ask = () =>
      request(lan.app)
        .post('/api/sessions')
        .set('X-Forwarded-For', '192.168.1.7')
        .send({ username: 'admin', password: 'three words here' });
    const refused = await ask();
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('ALLOW_HTTP=1')]);
    const secure = await ask().set('X-Forwarded-Proto', 'https');
    expect(secure.status).toBe(401);
    await lan.stop();
  });
});

describe('the list of sessions', () => {
  const asks = (person: { headers: { Authorization: string } }) =>
    request(yuanbo.app).get('/api/sessions/current').set(person.headers);

  it('tells program and address, and ends all others at once', async () => {
    const { accepted, id } = await invited('sunday', 'three words here', [{ role: 'producer', place: 'county' }]);
    const again = await request(yuanbo.app)
      .post('/api/sessions')
      .set('User-Agent', 'office-pc')
      .send({ username: 'sunday', password: 'three words here' });
    const [old, fresh] = [accepted, again].map((reply) => ({
      headers: { Authorization: `Bearer ${reply.body.token}` },
    }));
    const { items } = (await request(yuanbo.app).get('/api/sessions').set(fresh!.headers)).body;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      agent: 'office-pc',
      ip: expect.stringMatching(/127\.0\.0\.1|::1/),
      current: true,
    });
    expect((await request(yuanbo.app).delete('/api/sessions').set(fresh!.headers)).status).toBe(204);
    expect([(await asks(old!)).status, (await asks(fresh!)).status]).toEqual([401, 200]);
    const admin = await yuanbo.signInAs('admin');
    const seen = (await request(yuanbo.app).get(`/api/users/${id}/sessions`).set(admin.headers)).body.items;
    expect(seen).toMatchObject([{ agent: 'office-pc', current: false }]);
    const ended = await request(yuanbo.app)
      .delete(`/api/users/${id}/sessions?session=${seen[0].id}`)
      .set(admin.headers);
    expect([ended.status, (await asks(fresh!)).status]).toEqual([204, 401]);
  });

  it('of others is for administrators, who never end their own this way', async () => {
    const admin = await yuanbo.signInAs('admin');
    const other = await yuanbo.signInAs('reviewer');
    expect((await request(yuanbo.app).delete(`/api/users/${other.user.id}/sessions`).set(admin.headers)).status).toBe(
      204,
    );
    expect((await asks(other)).status).toBe(401);
    await request(yuanbo.app).delete(`/api/users/${admin.user.id}/sessions`).set(admin.headers);
    expect((await asks(admin)).status).toBe(200);
    const far = await yuanbo.signInAs('admin', 't1');
    expect((await request(yuanbo.app).get(`/api/users/${admin.user.id}/sessions`).set(far.headers)).status).toBe(404);
  });
});
