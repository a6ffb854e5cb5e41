import type { Express } from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../media/contract/endpoint.ts';
import { roles } from '../../../media/contract/permissions.ts';
import { contract, type EndpointName } from '../../../media/contract/table.ts';
import { startApp, type TestApp, type TestPerson } from '../start-app.ts';
import { ofTheCounty, permissionMatrix, type Who } from './permission-matrix.ts';

const everybody: readonly Who[] = ['anonymous', ...roles];
const names = Object.keys(contract) as EndpointName[];

let yuanbo: TestApp;
beforeAll(async () => {
  yuanbo = await startApp();
});
afterAll(() => yuanbo.stop());

const unknownId = '0'.repeat(26);
const addressOf = ({ path }: Endpoint): string => {
  const withId = path.replace(':id', unknownId);
  // A stream has no end, but it has to begin somewhere.
  const where = path === '/api/news' ? '?after=nowhere' : '';
  return withId.replace(/:(code|place|channel)/, 'nowhere') + where;
};

async function ask(name: EndpointName, person: TestPerson | undefined) {
  const line: Endpoint = contract[name];
  const method = line.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const client = request(yuanbo.app);
  const asked = client[method](addressOf(line)).set(person?.headers ?? {});
  return line.method === 'GET' || line.method === 'DELETE' ? asked : asked.send({ nonsense: true });
}

describe('every endpoint for every role', () => {
  const known = new Map<Who, TestPerson>();
  /** Signing out ends a session, so that takes somebody new. */
  const personOf = async (who: Who, name: EndpointName): Promise<TestPerson | undefined> => {
    if (who === 'anonymous') return undefined;
    const person = known.get(who) ?? (await yuanbo.signInAs(who, who === 'township' ? 't1' : 'county'));
    if (name === 'signOut') known.delete(who);
    else known.set(who, person);
    return person;
  };

  it.each(names)('%s opens for whom the matrix names and for nobody else', async (name) => {
    const row = permissionMatrix.get(name);
    for (const who of everybody) {
      const reply = await ask(name, await personOf(who, name));
      const isRefused = [401, 403].includes(reply.status) && ['sign_in', 'forbidden'].includes(String(reply.body.code));
      const wanted = row?.has(who) === true ? 'open' : who === 'anonymous' ? 401 : 403;
      expect([who, isRefused ? reply.status : 'open']).toEqual([who, wanted]);
      // An open door leads to an answer: never a missing handler, never an error of ours. A channel may still be starting.
      expect([who, reply.body.code]).not.toEqual([who, 'internal']);
      expect([who, reply.body.code]).not.toEqual([who, 'method']);
    }
  });

  it.each(ofTheCounty)('%s is about the county: no role at a township opens it', async (name) => {
    for (const role of roles) {
      const reply = await ask(name, await yuanbo.signInAs(role, 't1'));
      expect([role, reply.status, reply.body.code]).toEqual([role, 403, 'forbidden']);
    }
  });
});

describe('the router', () => {
  /** Addresses with a protocol of their own (contract.md): machines, uploads and pages. */
  const beside = /^\/(healthz|readyz|metrics|api\/openapi\.json|api\/uploads.*|board\/:place|station\/?|console\/?)?$/;

  it('has no route that is not in the contract table', () => {
    const paths = new Set(names.map((name) => contract[name].path));
    expect(routesOf(yuanbo.app).filter((path) => !paths.has(path) && !beside.test(path))).toEqual([]);
  });

  it('has every endpoint of the contract table', () => {
    const paths = new Set(routesOf(yuanbo.app));
    expect(names.filter((name) => !paths.has(contract[name].path))).toEqual([]);
  });
});

/** Addresses that Express knows. */
function routesOf(app: Express): readonly string[] {
  const layers = (app.router as unknown as { stack: { route?: { path: string | string[] } }[] }).stack;
  return layers.flatMap(({ route }) => route?.path ?? []);
}

describe('what belongs to somebody', () => {
  it('lets a township change places of its own and shows it no others', async () => {
    const township = await yuanbo.signInAs('township', 't1');
    const change = (code: string) =>
      request(yuanbo.app)
        .patch(`/api/places/${code}`)
        .set(township.headers)
        .send({ operators: ['甲', '乙'] });
    expect((await change('t1')).status).toBe(200);
    expect((await change('t2')).status).toBe(404);
    expect((await change('county')).status).toBe(404);
    expect((await change('t2')).body.detail).toBe((await change('nowhere')).body.detail);
  });

  it('lets a township add places below itself only', async () => {
    const township = await yuanbo.signInAs('township', 't1');
    const add = (code: string, parent: string) =>
      request(yuanbo.app).post('/api/places').set(township.headers).send({ code, name: code, kind: 'village', parent });
    expect((await add('v11', 't1')).status).toBe(201);
    expect((await add('v21', 't2')).status).toBe(404);
    expect((await add('v01', 'county')).status).toBe(404);
  });

  it('lets everybody end sessions of their own and shows them no others', async () => {
    const one = await yuanbo.signInAs('producer');
    const other = await yuanbo.signInAs('producer');
    const mine = await request(yuanbo.app).get('/api/sessions').set(one.headers);
    const foreign = await request(yuanbo.app).get('/api/sessions').set(other.headers);
    const end = (id: unknown) =>
      request(yuanbo.app)
        .delete(`/api/sessions/${String(id)}`)
        .set(one.headers);
    expect((await end(foreign.body.items[0].id)).status).toBe(404);
    expect((await end(mine.body.items[0].id)).status).toBe(204);
  });
});

describe('what opens one door and is shown at another', () => {
  it.each(names.filter((name) => permissionMatrix.get(name)?.has('anonymous') !== true))(
    'a station’s playback token signs nobody in at %s',
    async (name) => {
      const { token } = yuanbo.parts.gate.issue('live', 'county', yuanbo.time.nowMs);
      const line: Endpoint = contract[name];
      const method = line.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
      for (const headers of [
        { Authorization: `Bearer ${token}` },
        { Cookie: `sid=${token}`, 'Sec-Fetch-Site': 'same-origin' },
      ]) {
        const reply = await request(yuanbo.app)[method](addressOf(line)).set(headers);
        expect([Object.keys(headers), reply.status, reply.body.code]).toEqual([Object.keys(headers), 401, 'sign_in']);
      }
    },
  );

  it.each(roles)('the session of a %s is no playback token', async (role) => {
    const { token, headers } = await yuanbo.signInAs(role);
    const film = `/p/${token}/vod/${unknownId}/${unknownId}/ts/720p/00000.ts`;
    const reply = await request(yuanbo.listener).get(film).set(headers);
    expect([reply.status, reply.body.code]).toEqual([403, 'token']);
  });
});
