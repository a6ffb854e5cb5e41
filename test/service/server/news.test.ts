import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyFilm } from '../make-ready-film.ts';
import { startApp, type TestApp, type TestPerson, type TestReplica } from '../start-app.ts';
import { startRedis, type TestRedis } from '../start-redis.ts';

let redis: TestRedis;
let yuanbo: TestApp;
let other: TestReplica;
const servers: Server[] = [];
const addresses = new Map<RequestListener, number>();
const open: Stream[] = [];

beforeAll(async () => {
  redis = await startRedis();
  yuanbo = await startApp({ settings: { REDIS_URL: redis.address } });
  other = await yuanbo.replica();
  for (const { listener, parts } of [yuanbo, other]) {
    await parts.shareNews();
    const server = createServer(listener);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    addresses.set(listener, (server.address() as AddressInfo).port);
  }
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.leave();
});
afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  await yuanbo.stop();
  await redis.stop();
});

interface Heard {
  readonly id?: string;
  readonly name: string;
  readonly data: { readonly noun?: string; readonly id?: string; readonly state?: string };
}
interface Stream {
  readonly status: number | undefined;
  /** The next event that fits, passing over others. */
  readonly until: (fits: (event: Heard) => boolean) => Promise<Heard>;
  readonly heard: readonly Heard[];
  readonly ended: Promise<void>;
  readonly leave: () => void;
}

/** Listens at a replica as a browser does. */
async function listen(at: TestReplica, person: TestPerson, after?: string, header = {}): Promise<Stream> {
  const path = `/api/news${after === undefined ? '' : `?after=${after}`}`;
  const options = {
    path,
    port: addresses.get(at.listener),
    host: '127.0.0.1',
    headers: { ...person.headers, ...header },
  };
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get(options, resolve).on('error', reject);
  });
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  reply.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, name, data] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (name !== undefined && data !== undefined)
        heard.push({ ...(id === undefined ? {} : { id }), name, data: JSON.parse(data) as Heard['data'] });
    }
    for (const look of waiting) look();
  });
  reply.on('error', () => undefined);
  let read = 0;
  const until = (fits: (event: Heard) => boolean): Promise<Heard> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = heard.findIndex((event, index) => index >= read && fits(event));
        if (found < 0) return;
        read = found + 1;
        waiting.delete(look);
        resolve(heard[found]!);
      };
      waiting.add(look);
      look();
    });
  const ended = new Promise<void>((resolve) => void reply.on('close', resolve));
  const stream = { status: reply.statusCode, until, heard, ended, leave: () => void reply.destroy() };
  open.push(stream);
  return stream;
}
const about = (noun: string, id?: string) => (event: Heard) =>
  event.data.noun === noun && (id === undefined || event.data.id === id);
const isAll = ({ name }: Heard) => name === 'all';
const addCategory = async (code: string) => {
  const admin = await yuanbo.signInAs('admin');
  await request(yuanbo.app).post('/api/categories').set(admin.headers).send({ code, name: code });
};

describe('who listens to the news', () => {
  it('reads all first, then hears of what another replica changed', async () => {
    const stream = await listen(other, await yuanbo.signInAs('reviewer'));
    await stream.until(isAll);
    await addCategory('first');
    expect(await stream.until(about('category', 'first'))).toMatchObject({
      name: 'changed',
      data: { noun: 'category' },
    });
  });

  it('is somebody signed in, who names a position that there can be', async () => {
    expect((await request(yuanbo.app).get('/api/news')).status).toBe(401);
    const { headers } = await yuanbo.signInAs('member');
    expect((await request(yuanbo.app).get('/api/news?after=yesterday').set(headers)).status).toBe(400);
  });

  it('goes on behind the last event on any replica, and reads all where that is too old', async () => {
    const person = await yuanbo.signInAs('scheduler');
    const first = await listen(yuanbo, person);
    await addCategory('known');
    const { id = '' } = await first.until(about('category', 'known'));
    first.leave();
    await addCategory('missed');
    // Two changes at once are told apart, so the second stands in the log by now.
    await (await listen(yuanbo, person)).until(isAll);
    await (await listen(other, person, id)).until(about('category', 'missed'));
    const byHeader = await listen(other, person, '1-1', { 'Last-Event-ID': id });
    await byHeader.until(about('category', 'missed'));
    expect(byHeader.heard.filter(isAll)).toEqual([]);
    const stale = await listen(other, person, '1-1');
    expect(await stale.until(() => true)).toMatchObject({ name: 'all' });
    // From here on it can go on again.
    expect(stale.heard[0]?.id).toMatch(/^\d+-\d+$/);
  });

  it('hears where a film stands, and nothing of what it may not see', async () => {
    const [mine, foreign] = [await yuanbo.signInAs('producer'), await yuanbo.signInAs('producer')];
    const [own, others] = [await listen(yuanbo, mine), await listen(other, foreign)];
    await Promise.all([own.until(isAll), others.until(isAll)]);
    const film = await makeReadyFilm(yuanbo.parts, {
      title: '新片',
      owner: { id: mine.user.id, name: mine.user.name },
    });
    await yuanbo.parts.films.change(film.id, (before) => ({ ...before, state: 'review' }));
    expect((await own.until(about('film', film.id))).data.state).toBe('review');
    await addCategory('later');
    await others.until(about('category', 'later'));
    expect(others.heard.filter(about('film'))).toEqual([]);
  });

  it('is told of people, plans and alarms by its roles', async () => {
    const [admin, member] = [await yuanbo.signInAs('admin'), await yuanbo.signInAs('member')];
    const [office, home] = [await listen(yuanbo, admin), await listen(yuanbo, member)];
    await Promise.all([office.until(isAll), home.until(isAll)]);
    const plan = await request(yuanbo.app)
      .post('/api/plans')
      .set(admin.headers)
      .send({ channel: 'county', from: '2026-12-10', to: '2026-12-11' });
    await office.until(about('plan', String(plan.body.id)));
    const invited = await request(yuanbo.app)
      .post('/api/users')
      .set(admin.headers)
      .send({ username: 'newcomer', name: '新人', roles: [{ role: 'member', place: 'county' }] });
    await office.until(about('user', String(invited.body.id)));
    await addCategory('last');
    await home.until(about('category', 'last'));
    expect(home.heard.filter(({ data }) => data.noun === 'plan' || data.id === String(invited.body.id))).toEqual([]);
  });

  it('hears nothing more once its session ended, whichever replica ended it', async () => {
    const person = await yuanbo.signInAs('reviewer');
    const stream = await listen(other, person);
    await stream.until(isAll);
    await request(yuanbo.app).delete('/api/sessions/current').set(person.headers);
    await stream.ended;
    expect((await listen(other, person)).status).toBe(401);
  });

  it('hears nothing more once its session ran out', async () => {
    const app = await startApp();
    const person = await app.signInAs('reviewer');
    const ends: boolean[] = [];
    const caller = await app.parts.identify({ headers: { authorization: `Bearer ${person.token}` }, secure: true });
    if (caller.kind === 'user')
      app.parts.news.join(caller, undefined, { send: () => undefined, end: () => void ends.push(true) });
    await app.parts.news.lookAgain();
    expect(ends).toEqual([]);
    app.time.nowMs += 31 * 60_000;
    await app.parts.news.lookAgain();
    expect(ends).toEqual([true]);
    await app.stop();
  });

  it('may open eight streams and is refused a ninth', async () => {
    const person = await yuanbo.signInAs('member');
    for (let count = 0; count < 8; count += 1) expect((await listen(yuanbo, person)).status).toBe(200);
    expect((await listen(yuanbo, person)).status).toBe(429);
    open[0]?.leave();
    await open[0]?.ended;
    await expect.poll(async () => (await listen(yuanbo, person)).status).toBe(200);
  });

  it('is told here while Redis is away, and to read all once it is back', async () => {
    const stream = await listen(yuanbo, await yuanbo.signInAs('reviewer'));
    await stream.until(isAll);
    await redis.kill();
    await addCategory('alone');
    expect((await stream.until(about('category', 'alone'))).id).toBeUndefined();
    await redis.restart();
    await stream.until(isAll);
  });
});
