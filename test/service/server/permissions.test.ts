import type { Express } from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../media/contract/endpoint.ts';
import { reachOf, roles, type Role } from '../../../media/contract/permissions.ts';
import { contract, type EndpointName } from '../../../media/contract/table.ts';
import { startApp, type TestApp, type TestPerson } from '../start-app.ts';

type Who = Role | 'anonymous';
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
  return withId.replace(/:(code|place|channel)/, 'nowhere');
};

/** Somebody new each time, because signing out and ending sessions is among what is tried. */
const personOf = async (who: Who): Promise<TestPerson | undefined> =>
  who === 'anonymous' ? undefined : yuanbo.signInAs(who, who === 'township' ? 't1' : 'county');

async function ask(name: EndpointName, who: Who) {
  const line: Endpoint = contract[name];
  const person = await personOf(who);
  const method = line.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const client = request(yuanbo.app);
  const asked = client[method](addressOf(line)).set(person?.headers ?? {});
  return line.method === 'GET' || line.method === 'DELETE' ? asked : asked.send({ nonsense: true });
}

/** What the matrix says of a door: 401, 403 or open. */
function expected(line: Endpoint, who: Who): 401 | 403 | 'open' {
  if (line.who === 'public') return 'open';
  if (line.who === 'signed-in') return who === 'anonymous' ? 401 : 'open';
  if (reachOf(line.who, who) !== undefined) return 'open';
  return who === 'anonymous' ? 401 : 403;
}

describe('every endpoint for every role', () => {
  it.each(names)('%s opens for whom the matrix names and for nobody else', async (name) => {
    for (const who of everybody) {
      const reply = await ask(name, who);
      const wanted = expected(contract[name], who);
      const refused = [401, 403].includes(reply.status) && ['sign_in', 'forbidden'].includes(String(reply.body.code));
      expect([who, refused ? reply.status : 'open']).toEqual([who, wanted]);
      // An open door leads to an answer: never a missing handler, never an error of ours. A channel may still be starting.
      expect([who, reply.body.code]).not.toEqual([who, 'internal']);
      expect([who, reply.body.code]).not.toEqual([who, 'method']);
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
