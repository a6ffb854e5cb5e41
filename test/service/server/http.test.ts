import { connect } from 'node:net';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestLimits } from '../../../server/http/request-limits.ts';
import { startApp, type TestApp, type TestPerson } from '../start-app.ts';

let yuanbo: TestApp;
let admin: TestPerson;
beforeAll(async () => {
  yuanbo = await startApp();
  admin = await yuanbo.signInAs('admin');
});
afterAll(() => yuanbo.stop());

const get = (path: string) => request(yuanbo.app).get(path).set(admin.headers);
const post = (path: string) => request(yuanbo.app).post(path).set(admin.headers);
const category = (body: object | string) => post('/api/categories').set('Content-Type', 'application/json').send(body);

describe('errors', () => {
  it('are problem documents with a code and the id of the request', async () => {
    const reply = await get('/api/nothing-here');
    expect(reply.status).toBe(404);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(reply.body).toEqual({
      type: 'urn:yuanbo:problem:not_found',
      title: 'Not Found',
      status: 404,
      code: 'not_found',
      detail: expect.any(String),
      requestId: reply.headers['x-request-id'],
    });
  });

  it('name the methods that an address has', async () => {
    const reply = await request(yuanbo.app).put('/api/categories').set(admin.headers);
    expect([reply.status, reply.headers['allow']]).toEqual([405, 'GET, POST, HEAD, OPTIONS']);
    const options = await request(yuanbo.app).options('/api/categories').set('Origin', 'http://foreign.example');
    expect([options.status, options.headers['access-control-allow-origin']]).toEqual([204, undefined]);
    expect((await request(yuanbo.app).trace('/api/categories')).status).toBe(405);
  });

  it('tell unknown keys, wrong types, wrong values and missing ones apart', async () => {
    const good = { code: 'ok', name: '名称' };
    const cases: [object, number, string][] = [
      [{ ...good, role: 'admin' }, 400, 'unknown_field'],
      [{ ...good, name: { $ne: null } }, 400, 'bad_request'],
      [{ ...good, reviewsNeeded: '2' }, 400, 'bad_request'],
      [{ ...good, reviewsNeeded: 9 }, 422, 'invalid'],
      [{ ...good, reviewsNeeded: 1.5 }, 422, 'invalid'],
      [{ ...good, code: 'Not A Code' }, 422, 'invalid'],
      [{ ...good, code: 'constructor' }, 422, 'invalid'],
      [{ code: 'ok' }, 422, 'invalid'],
      [{}, 422, 'invalid'],
      [[], 400, 'bad_request'],
    ];
    for (const [body, status, code] of cases) {
      const reply = await category(body);
      expect([body, reply.status, reply.body.code]).toEqual([body, status, code]);
    }
    const missing = await category({ code: 'ok' });
    expect(missing.body.fields[0].path).toBe('name');
  });

  it('refuse an enumerated value of another type as malformed', async () => {
    const place = (kind: unknown) => post('/api/places').send({ code: 'x1', name: 'x', kind, parent: 'county' });
    expect((await place({ $gt: '' })).status).toBe(400);
    expect((await place('province')).status).toBe(422);
  });
});

describe('lists', () => {
  it('are all read in pages, and searched', async () => {
    for (let count = 0; count < 3; count += 1) await yuanbo.signInAs('member');
    const second = await yuanbo.parts.sessions.begin(admin.user.id, yuanbo.time.nowMs, {
      agent: 'a second program',
      ip: '',
    });
    expect(second.token).toBeTruthy();
    await yuanbo.parts.channels.add({
      ...{ code: 'second', name: '第二频道', audience: 'public', package: 'ts' },
      ...{ languages: ['zh-CN'], groups: [], fillerCategories: [], fillerRestHours: 0, gapCardHours: 48 },
    });
    for (const path of ['/api/places', '/api/categories', '/api/channels', '/api/sessions', '/api/users']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { status, body } = await get(`${path}?limit=1${cursor}`);
        expect([path, status, body.items?.length]).toEqual([path, 200, 1]);
        seen.push(String(body.items[0].code ?? body.items[0].id));
        cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
      } while (cursor !== '');
      const whole = (await get(`${path}?limit=200`)).body.items as { code?: string; id?: string }[];
      expect(whole.length).toBeGreaterThan(1);
      expect(seen).toEqual(whole.map(({ code, id }) => code ?? id));
      expect((await get(`${path}?cursor=nonsense`)).body.code).toBe('bad_request');
      expect((await get(`${path}?limit=none`)).body.code).toBe('bad_request');
    }
    expect((await get('/api/places?query=T1')).body.items).toMatchObject([{ code: 't1' }]);
    expect((await get(`/api/channels?query=${encodeURIComponent('第二')}`)).body.items).toMatchObject([
      { code: 'second' },
    ]);
  });

  it('of places are whole without a limit: pages show all of them', async () => {
    const { body } = await get('/api/places');
    expect(body.items.length).toBe((await yuanbo.parts.places.list()).length);
    expect(body.nextCursor).toBeUndefined();
  });
});

describe('what two people may edit', () => {
  it('is changed only by whoever read it last', async () => {
    const made = await post('/api/plans').send({ channel: 'county', from: '2026-12-05', to: '2026-12-06' });
    const read = String(made.headers['etag']);
    const rename = (title: string, headers: object = {}) =>
      request(yuanbo.app)
        .patch(`/api/plans/${String(made.body.id)}`)
        .set({ ...admin.headers, ...headers })
        .send({ title });
    expect((await rename('第一稿')).body).toMatchObject({ status: 428, code: 'if_match_required' });
    const first = await rename('第一稿', { 'If-Match': read });
    expect([first.status, first.body.title]).toEqual([200, '第一稿']);
    expect(first.headers['etag']).not.toBe(read);
    expect((await rename('第二稿', { 'If-Match': read })).body).toMatchObject({ status: 412, code: 'stale' });
    expect((await rename('第二稿', { 'If-Match': String(first.headers['etag']) })).status).toBe(200);
  });
});

describe('bodies that are no good JSON', () => {
  it.each([
    ['no JSON at all', '{"name":', 400],
    ['fifty thousand brackets', '['.repeat(50_000), 400],
    ['33 levels', '['.repeat(33) + ']'.repeat(33), 400],
    ['a number that is too large', '{"code":"a1","name":"x","reviewsNeeded":1e999}', 400],
    ['half a character', '{"code":"a1","name":"\\ud800"}', 400],
    ['a prototype', '{"code":"a1","name":"x","__proto__":{"role":"admin"}}', 400],
    ['null', 'null', 400],
    ['a text', '"x"', 400],
  ])('answers %s', async (_what, body, status) => {
    const reply = await category(body);
    expect([reply.status, reply.headers['content-type']]).toEqual([status, 'application/problem+json']);
  });

  it('does not take brackets and quotes inside texts for nesting', async () => {
    const reply = await category(`{"code":"deep","name":"${'['.repeat(35)}\\""}`);
    expect(reply.status).toBe(201);
  });

  it('answers 413 to two MiB and stays up', async () => {
    const reply = await category({ code: 'a1', name: 'x'.repeat(2 * 1_048_576) });
    expect([reply.status, reply.body.code]).toEqual([413, 'too_large']);
  });

  it('answers 413 to a password of a megabyte, 400 to one that is no text', async () => {
    const signIn = (password: unknown) =>
      request(yuanbo.app).post('/api/sessions').send({ username: 'admin', password });
    expect((await signIn('x'.repeat(1_000_000))).status).toBe(413);
    expect((await signIn(['x'])).status).toBe(400);
    expect((await signIn(null)).status).toBe(400);
  });

  it('answers 415 to another type, another charset and a compressed body', async () => {
    const send = (headers: Record<string, string>) =>
      post('/api/categories').set(headers).send('{"code":"a1","name":"x"}');
    expect((await send({ 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await send({ 'Content-Type': 'application/json; charset=utf-7' })).status).toBe(415);
    expect((await send({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect((await send({ 'Content-Type': 'application/json; charset=utf-8' })).status).toBe(201);
  });

  it('takes an empty object where nothing is to be said', async () => {
    const person = await yuanbo.signInAs('member');
    const end = (body: object) => request(yuanbo.app).delete('/api/sessions/current').set(person.headers).send(body);
    expect((await end({ all: true })).body.code).toBe('unknown_field');
    expect((await end({})).status).toBe(204);
  });

  it('reads a body only for somebody who may send it', async () => {
    const reply = await request(yuanbo.app)
      .post('/api/categories')
      .set('Content-Type', 'application/json')
      .send('{"name":');
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });
});

describe('addresses', () => {
  it.each([
    ['/api/users?limit=1&limit=2', 400],
    ['/api/users?page=-1', 400],
    ['/api/users?sort=__proto__', 400],
    ['/api/users?limit=-1', 400],
    ['/api/users?limit=1e9', 200],
    ['/api/users?limit=1000000000', 200],
    ['/api/users?query=.*(a%2B)%2B$', 200],
    ['/api/users?cursor=nonsense', 400],
    ['/api/films/..', 400],
    ['/api/films/UPPER', 400],
    [`/api/films/${'0'.repeat(27)}`, 400],
    [`/api/films/${'0'.repeat(26)}`, 404],
    ['/api/films/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 400],
    ['/board/%2e%2e%2f%2e%2e%2fetc%2fpasswd.json', 400],
    ['/api/films/%00', 400],
    ['/api/films/%c0%ae', 400],
    ['/api/films/%E0%A4%A', 400],
    [`/api/films?query=${'x'.repeat(9000)}`, 414],
    [`/api/films?query=${'x'.repeat(101)}`, 400],
  ])('%s is answered %i', async (path, status) => {
    const reply = await get(path);
    expect([reply.status, status < 400 || 'code' in reply.body]).toEqual([status, true]);
  });

  it('do not change the method for a header', async () => {
    const reply = await get('/api/categories').set('X-HTTP-Method-Override', 'DELETE');
    expect(reply.status).toBe(200);
  });
});

describe('requests that another site makes a browser send', () => {
  const withCookie = () => ({ Cookie: `sid=${admin.token}` });
  const add = (headers: Record<string, string>, code: string) =>
    request(yuanbo.app).post('/api/categories').set(headers).send({ code, name: code });

  it('are refused with a cookie and a foreign Origin, or none', async () => {
    expect((await add({ ...withCookie(), Origin: 'http://foreign.example' }, 'c1')).status).toBe(403);
    expect((await add({ ...withCookie(), Origin: 'null' }, 'c1')).status).toBe(403);
    expect((await add(withCookie(), 'c1')).status).toBe(403);
  });

  it('are refused at sign-in too', async () => {
    const reply = await request(yuanbo.app)
      .post('/api/sessions')
      .set('Origin', 'http://foreign.example')
      .send({ username: 'x', password: 'y' });
    expect(reply.status).toBe(403);
  });

  it('pass from our own pages', async () => {
    expect((await add({ ...withCookie(), Host: 'yuanbo.test', Origin: 'http://yuanbo.test' }, 'c2')).status).toBe(201);
  });

  it('never get a CORS header from the API', async () => {
    const reply = await get('/api/categories').set('Origin', 'http://foreign.example');
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('limits', () => {
  it('answer 429 with Retry-After and count people and addresses apart', async () => {
    const small = await startApp({ doors: () => ({ limits: requestLimits(3, 2) }) });
    const person = await small.signInAs('admin');
    const anonymous = () => request(small.app).get('/api/places');
    expect([(await anonymous()).status, (await anonymous()).status, (await anonymous()).status]).toEqual([
      200, 200, 429,
    ]);
    const mine = () => request(small.app).get('/api/places').set(person.headers);
    expect([(await mine()).status, (await mine()).status, (await mine()).status]).toEqual([200, 200, 200]);
    const refused = await mine();
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    const badToken = await request(small.app).get('/api/places').auth('x'.repeat(43), { type: 'bearer' });
    expect(badToken.status).toBe(429);
    const tus = { 'Tus-Resumable': '1.0.0' };
    const upload = await request(small.app).post('/api/uploads').set(tus).auth('x'.repeat(43), { type: 'bearer' });
    expect([upload.status, upload.body.code]).toEqual([429, 'too_many_requests']);
    await small.stop();
  });
});

describe('headers', () => {
  it('keep scripts to our own and frames away', async () => {
    const reply = await get('/api/categories');
    const policy = String(reply.headers['content-security-policy']);
    for (const part of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "worker-src 'self' blob:"]) {
      expect(policy).toContain(part);
    }
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(reply.headers['x-powered-by']).toBeUndefined();
    expect(reply.headers['strict-transport-security']).toBeUndefined();
  });
});

describe('a caller behind no trusted proxy', () => {
  it('is written down by its own address, whatever it claims', async () => {
    await request(yuanbo.app)
      .post('/api/sessions')
      .set('X-Forwarded-For', '8.8.8.8')
      .send({ username: 'somebody', password: 'x' });
    const [last] = await yuanbo.parts.audit.page(1);
    expect([last?.action, last?.ip]).toEqual(['session.refuse', expect.stringContaining('127.0.0.1')]);
  });
});

describe('a connection', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer(yuanbo.listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('serves on after a body that was refused', async () => {
    const answer = await raw(
      (server.address() as AddressInfo).port,
      'POST /api/categories HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 30\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n',
    );
    // What was sent as a body is never taken for a request.
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(answer).toContain('401 Unauthorized');
  });
});

const raw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => (answer += part));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
