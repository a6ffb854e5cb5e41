import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelNews } from '../../../../media/contract/duty.ts';
import { makeReadyFilm, makeSlate } from '../../make-ready-film.ts';
import { startApp, type TestApp, type TestPerson, type TestReplica } from '../../start-app.ts';

let yuanbo: TestApp;
let other: TestReplica;
let server: Server;
let scheduler: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  yuanbo = await startApp();
  other = await yuanbo.replica();
  await makeSlate(yuanbo.parts);
  await yuanbo.parts.tend();
  await yuanbo.parts.channels.change('county', { audience: 'public' });
  await yuanbo.parts.onAir.refresh();
  await other.parts.onAir.refresh();
  scheduler = await yuanbo.signInAs('scheduler');
  reviewer = await yuanbo.signInAs('reviewer');
  // Players are on the replica that the office does not speak to.
  server = createServer(other.listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
const open: Player[] = [];
afterEach(() => {
  for (const player of open.splice(0)) player.leave();
});
afterAll(async () => {
  other.parts.push.close();
  await new Promise((resolve) => server.close(resolve));
  await yuanbo.stop();
});

interface Player {
  readonly next: () => Promise<ChannelNews>;
  readonly heard: ChannelNews[];
  readonly leave: () => void;
  readonly reply: IncomingMessage;
}

/** A player that listens; `lastEventId` as a browser sends it when it comes back. */
async function player(lastEventId?: number): Promise<Player> {
  const { port } = server.address() as AddressInfo;
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': String(lastEventId) };
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ path: '/api/channels/county/events', port, host: '127.0.0.1', headers }, resolve).on('error', reject);
  });
  const heard: ChannelNews[] = [];
  const waiting: ((news: ChannelNews) => void)[] = [];
  let text = '';
  reply.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, data] = /^id: (\d+)\nevent: news\ndata: (.*)$/.exec(block) ?? [];
      if (data === undefined) continue;
      const news = JSON.parse(data) as ChannelNews;
      expect(news.seq).toBe(Number(id));
      heard.push(news);
      waiting.shift()?.(news);
    }
  });
  reply.on('error', () => undefined);
  let read = 0;
  const next = async (): Promise<ChannelNews> => {
    const known = heard[read];
    read += 1;
    return known ?? new Promise((resolve) => waiting.push(resolve));
  };
  const made = { next, heard, reply, leave: () => void reply.destroy() };
  open.push(made);
  return made;
}
const cut = (order: object) =>
  request(yuanbo.app)
    .post('/api/channels/county/cut')
    .set(scheduler.headers)
    .send({ scope: 'county', reason: '信号异常', ...order });
const end = (person: TestPerson) => request(yuanbo.app).delete('/api/channels/county/cut').set(person.headers).send({});
const acknowledge = (seq: number, name: string) =>
  request(other.app).post('/api/channels/county/acknowledgements').send({ seq, player: name });
const duty = async () => (await request(yuanbo.app).get('/api/channels/county/duty').set(scheduler.headers)).body.push;

describe('a player that listens to its channel', () => {
  it('is told at once what holds, and of a cut and its end at the next look of its replica', async () => {
    const { next, reply } = await player();
    expect(reply.headers['content-type']).toBe('text/event-stream');
    expect(reply.headers['cache-control']).toBe('no-store');
    const first = await next();
    expect(first.cut).toBeUndefined();
    expect((await cut({ drill: true })).status).toBe(201);
    await other.parts.onAir.refresh();
    expect(await next()).toMatchObject({ cut: { drill: true } });
    for (const person of [scheduler, reviewer]) await end(person);
    await other.parts.onAir.refresh();
    expect((await next()).cut).toBeUndefined();
  });

  it('that comes back hears only of what it does not know', async () => {
    const before = await (await player()).next();
    const back = await player(before.seq);
    expect((await cut({})).status).toBe(201);
    const late = await player(before.seq);
    await other.parts.onAir.refresh();
    for (const each of [back, late]) {
      expect(await each.next()).toMatchObject({ seq: before.seq + 1, cut: { drill: false } });
      expect(each.heard).toHaveLength(1);
    }
    expect((await (await player(before.seq)).next()).cut).toBeDefined();
    for (const person of [scheduler, reviewer]) await end(person);
    await other.parts.onAir.refresh();
  });

  it('is told of an urgent film, and until when a withdrawn one may not be seen', async () => {
    const film = await makeReadyFilm(yuanbo.parts, { title: '通知', segments: 15 });
    const sent = await request(yuanbo.app)
      .post('/api/channels/county/insertions')
      .set(scheduler.headers)
      .send({ filmId: film.id, durationMs: 600_000, return: 'join', reason: '汛情' });
    expect(sent.status).toBe(201);
    await other.parts.onAir.refresh();
    const { next } = await player();
    expect(await next()).toMatchObject({ insertion: { title: '通知', startAtMs: sent.body.effectiveAtMs } });
    yuanbo.time.nowMs += 60_000;
    const gone = await request(yuanbo.app)
      .post(`/api/films/${film.id}/withdraw`)
      .set(reviewer.headers)
      .send({ reason: '有误' });
    expect(gone.status).toBe(200);
    await other.parts.onAir.refresh();
    const { hiddenUntilAtMs = 0 } = await next();
    expect(hiddenUntilAtMs).toBeGreaterThan(yuanbo.time.nowMs);
    expect(hiddenUntilAtMs).toBeLessThanOrEqual(yuanbo.time.nowMs + 16_000);
  });

  it('is counted once when it says that a change is on its screen, whichever server it speaks to', async () => {
    const { seq } = await (await player()).next();
    for (const name of ['player001', 'player001', 'player002']) {
      expect((await acknowledge(seq, name)).status).toBe(204);
    }
    expect((await acknowledge(seq - 1, 'player003')).status).toBe(204);
    expect(await duty()).toMatchObject({ seq, acknowledged: 2 });
    expect((await acknowledge(seq, 'x')).status).toBe(422);
  });

  it('is let go when the server stops, and forgotten when it leaves', async () => {
    const [one, two] = [await player(), await player()];
    await one.next();
    await two.next();
    const count = () => other.parts.push.count('county');
    one.leave();
    await expect.poll(count).toBeLessThan(3);
    const ended = new Promise((resolve) => two.reply.on('end', resolve));
    other.parts.push.close();
    await ended;
    await expect.poll(count).toBe(0);
  });
});
