import { describe, expect, it } from 'vitest';
import { contract } from '../../../../media/contract/table.ts';
import { createClient, fillPath } from '../../../../player/shared/api-client.ts';

const reply = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const refused = (status: number, code: string) => reply(status, { code, detail: code, requestId: 'r' });

/** A server that answers from a list and remembers what it was asked. */
const serverOf = (...answers: (() => Response)[]) => {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init });
    return Promise.resolve(answers[asked.length - 1]!());
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
};

describe('the typed client', () => {
  it('escapes what it puts into a path and leaves out what is unset', () => {
    expect(fillPath('/api/films/:id', { params: { id: '../x' } })).toBe('/api/films/..%2Fx');
    expect(fillPath('/api/films', { query: { query: '春 耕&', state: undefined, category: '' } })).toBe(
      '/api/films?query=%E6%98%A5%20%E8%80%95%26',
    );
  });

  it('sends method, body and the version that a change is based on', async () => {
    const { asked, fetch } = serverOf(() => reply(200, {}));
    await createClient({ endpoints: contract, fetch })('replaceItems', {
      params: { id: 'p1' },
      body: { items: [] },
      ifMatch: 7,
    });
    expect(asked[0]).toMatchObject({ url: '/api/plans/p1/items', init: { method: 'PUT', body: '{"items":[]}' } });
    expect(asked[0]!.init.headers).toMatchObject({ 'If-Match': '"7"', 'Content-Type': 'application/json' });
  });

  it('asks for the password and repeats the request when a fresh one is needed', async () => {
    const { asked, fetch } = serverOf(
      () => refused(403, 'step_up'),
      () => reply(200, { id: 'p1' }),
    );
    const call = createClient({ endpoints: contract, fetch, stepUp: () => Promise.resolve(true) });
    expect(await call('publishPlan', { params: { id: 'p1' }, body: {} })).toEqual({ id: 'p1' });
    expect(asked).toHaveLength(2);
  });

  it('gives up where the person does', async () => {
    const { asked, fetch } = serverOf(() => refused(403, 'step_up'));
    const call = createClient({ endpoints: contract, fetch, stepUp: () => Promise.resolve(false) });
    await expect(call('publishPlan', { params: { id: 'p1' }, body: {} })).rejects.toMatchObject({ code: 'step_up' });
    expect(asked).toHaveLength(1);
  });

  it('tells the page when the session ended, but not for a wrong password', async () => {
    let signedOut = 0;
    const { fetch } = serverOf(
      () => refused(401, 'sign_in'),
      () => refused(401, 'sign_in'),
    );
    const call = createClient({ endpoints: contract, fetch, onSignedOut: () => (signedOut += 1) });
    await expect(call('listFilms')).rejects.toMatchObject({ status: 401 });
    await expect(call('signIn', { body: { username: 'a', password: 'b' } })).rejects.toMatchObject({ status: 401 });
    expect(signedOut).toBe(1);
  });

  it('calls a lost network and a server that does not answer by one name', async () => {
    const lost = createClient({ endpoints: contract, fetch: () => Promise.reject(new TypeError('failed')) });
    await expect(lost('listFilms')).rejects.toMatchObject({ code: 'network', status: 0 });
    const silent = createClient({ endpoints: contract, fetch: () => new Promise(() => undefined), timeoutMs: 5 });
    await expect(silent('listFilms')).rejects.toMatchObject({ code: 'network', status: 0 });
  });

  it('answers nothing for an empty reply', async () => {
    const { fetch } = serverOf(() => new Response(null, { status: 204 }));
    await expect(createClient({ endpoints: contract, fetch })('signOut')).resolves.toBeUndefined();
  });
});
