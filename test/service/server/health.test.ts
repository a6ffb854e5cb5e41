import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statusSchema, type SystemStatus } from '../../../media/contract/status.ts';
import { contract } from '../../../media/contract/table.ts';
import { openLease } from '../../../server/library/reconcile-lease.ts';
import { makeSlate } from '../make-ready-film.ts';
import { startApp, type TestApp } from '../start-app.ts';

let yuanbo: TestApp;
beforeAll(async () => {
  yuanbo = await startApp({ settings: { TRUST_PROXY: 'loopback' } });
});
afterAll(() => yuanbo.stop());

describe('health', () => {
  it('says that the process runs', async () => {
    const reply = await request(yuanbo.app).get('/healthz');
    expect([reply.status, reply.body.status]).toEqual([200, 'ok']);
  });

  it('names what is down, and what does not answer in time', async () => {
    const { readiness } = yuanbo.parts;
    readiness.delete('queue');
    expect((await request(yuanbo.app).get('/readyz')).body).toEqual({ status: 'ok', down: [] });
    readiness.set('queue', () => Promise.resolve('Redis does not answer.'));
    readiness.set('disk', () => new Promise(() => undefined));
    readiness.set('head', () => Promise.reject(new Error('The head is stale.')));
    const reply = await request(yuanbo.app).get('/readyz');
    expect(reply.status).toBe(503);
    expect(reply.body.down).toEqual([
      { name: 'queue', reason: 'Redis does not answer.' },
      { name: 'disk', reason: expect.stringContaining('2000 ms') },
      { name: 'head', reason: 'The head is stale.' },
    ]);
  });
});

describe('metrics', () => {
  it('are for this machine, and for tokens of those who may read them', async () => {
    const ask = (headers: Record<string, string> = {}) => request(yuanbo.app).get('/metrics').set(headers);
    expect((await ask()).status).toBe(200);
    const far = { 'X-Forwarded-For': '10.0.0.9' };
    expect((await ask(far)).status).toBe(401);
    const member = await yuanbo.signInAs('member');
    const scheduler = await yuanbo.signInAs('scheduler');
    expect((await ask({ ...far, ...member.headers })).status).toBe(403);
    expect((await ask({ ...far, ...scheduler.headers })).status).toBe(200);
  });

  it('count by endpoint name and never by address', async () => {
    await request(yuanbo.app).get('/api/places');
    await request(yuanbo.app).get('/api/a-made-up-address');
    const { text } = await request(yuanbo.app).get('/metrics');
    expect(text).toContain('yuanbo_http_request_seconds_count{endpoint="listPlaces",method="GET",status="200"}');
    expect(text).not.toContain('made-up');
  });
});

describe('the published contract', () => {
  it('is OpenAPI 3.1 with every endpoint and its errors', async () => {
    const { body } = await request(yuanbo.app).get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const signIn = body.paths['/api/sessions'].post;
    expect(signIn.requestBody.content['application/json'].schema.required).toEqual(['username', 'password']);
    expect(signIn.responses['201'].content['application/json'].schema.required).toContain('token');
    expect(body.paths['/api/plans/{id}/items'].put.parameters).toContainEqual(
      expect.objectContaining({ name: 'If-Match', in: 'header' }),
    );
    // Who need not sign in is not told to.
    expect(body.paths['/api/films'].get.security).toEqual([{}, { bearer: [] }]);
    expect(body.paths['/api/films/{id}'].patch.security).toEqual([{ bearer: [] }]);
    expect(body.paths['/api/places'].get.security).toBeUndefined();
    const published = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const lines = Object.values(contract).map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(published.sort()).toEqual(lines.sort());
    expect(body.paths['/board/{place}.json'].get.parameters[0]).toMatchObject({ name: 'place', in: 'path' });
  });
});

describe('replicas', () => {
  it('share sessions: who signed in at one is known at the other', async () => {
    const other = await yuanbo.replica();
    const person = await yuanbo.signInAs('producer');
    expect((await request(other.app).get('/api/sessions/current').set(person.headers)).status).toBe(200);
    await request(other.app).delete('/api/sessions/current').set(person.headers);
    expect((await request(yuanbo.app).get('/api/sessions/current').set(person.headers)).status).toBe(401);
  });
});

describe('what is lost below', () => {
  it('is answered 503 while the database is away', async () => {
    const alone = await startApp();
    const server = createServer(alone.listener).listen(0, '127.0.0.1');
    await alone.parts.database.close();
    const reply = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/places`);
    expect(reply.status).toBe(503);
    expect(await reply.json()).toMatchObject({ code: 'no_database' });
    server.close();
    await alone.stop();
  });
});

describe('the status', () => {
  const read = async (): Promise<SystemStatus> => {
    const scheduler = await yuanbo.signInAs('scheduler');
    const reply = await request(yuanbo.app).get('/api/status').set(scheduler.headers);
    expect(reply.status).toBe(200);
    return statusSchema.parse(reply.body);
  };

  it('says what answers and what does not, and leaves out what cannot be known', async () => {
    const status = await read();
    expect(status.database).toEqual({ kind: 'embedded', answersInMs: expect.any(Number) });
    expect(status.queue).toBeUndefined();
    expect(status.redis.answersInMs).toBeUndefined();
    expect(status.down.map(({ name }) => name)).toContain('queue');
    expect(status.backup).toBeUndefined();
    for (const disk of status.disks) {
      expect(disk.freeBytes).toBeLessThanOrEqual(disk.totalBytes ?? 0);
      expect(disk.stopBelowBytes).toBeLessThan(disk.warnBelowBytes ?? 0);
    }
  });

  it('names each replica, which of them leads, and which was not heard of', async () => {
    const other = await yuanbo.replica();
    await other.parts.markReplica();
    yuanbo.time.nowMs += 31_000;
    await yuanbo.parts.markReplica();
    const { database, replicaName } = yuanbo.parts;
    await openLease(database, 'library', replicaName, { clock: yuanbo.parts.clock, leaseMs: 45_000 }).take();
    const { replicas } = await read();
    expect(replicas.map(({ name, isGone, isLeader }) => [name, isGone, isLeader])).toEqual([
      [other.parts.replicaName, true, false],
      [replicaName, false, true],
    ]);
    expect(replicas[0]?.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('tells what each channel airs and when it was last asked for', async () => {
    await makeSlate(yuanbo.parts);
    await yuanbo.parts.tend();
    await yuanbo.parts.channels.change('county', { audience: 'public' });
    await yuanbo.parts.onAir.refresh();
    expect((await read()).channels).toMatchObject([{ code: 'county', item: { kind: 'slate' } }]);
    const { live } = (await request(yuanbo.app).get('/api/channels/county/playback')).body as { live: string };
    const variant = (await request(yuanbo.listener).get(live)).text.split('\n').find((line) => /^[^#]/.test(line));
    await request(yuanbo.listener)
      .get(new URL(variant ?? '', `http://x${live}`).pathname)
      .expect(200);
    await yuanbo.parts.markReplica();
    expect((await read()).channels[0]?.servedAtMs).toBe(yuanbo.time.nowMs);
  });
});
