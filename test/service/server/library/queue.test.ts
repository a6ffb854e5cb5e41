import request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelChannelName } from '../../../../media/contract/transcode-job.ts';
import type { QueueView } from '../../../../media/contract/queue.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';
import { keepLibrary } from '../../../../server/library/keep-library.ts';
import { reconcileLibrary } from '../../../../server/library/reconcile-library.ts';
import { announceWorker } from '../../../../transcoder/worker-presence.ts';
import type { TestPerson } from '../../start-app.ts';
import { startRedis, type TestRedis } from '../../start-redis.ts';
import { type LibraryApp, startLibrary } from './library-app.ts';
import { type PaperWorker, startPaperWorker } from './paper-worker.ts';

let redis: TestRedis;
let yuanbo: LibraryApp;
let producer: TestPerson;
let other: TestPerson;
let scheduler: TestPerson;
let admin: TestPerson;
let workers: PaperWorker[] = [];
let letGo: () => void = () => undefined;

beforeAll(async () => {
  redis = await startRedis();
  yuanbo = await startLibrary({ redis: redis.address });
  producer = await yuanbo.signInAs('producer');
  other = await yuanbo.signInAs('producer');
  scheduler = await yuanbo.signInAs('scheduler');
  admin = await yuanbo.signInAs('admin');
  keepLibrary(yuanbo.parts);
});
let gate: Promise<void>;
beforeEach(() => {
  workers = [];
  gate = new Promise<void>((resolve) => (letGo = resolve));
});
afterEach(async () => {
  letGo();
  await Promise.all(workers.map(({ stop }) => stop()));
});
afterAll(async () => {
  await yuanbo.stop();
  await redis.stop();
});

async function upload(text: string, person = producer): Promise<string> {
  const content = Buffer.from(text);
  const made = await request(yuanbo.app)
    .post('/api/uploads')
    .set({ ...person.headers, 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/offset+octet-stream' })
    .set({ 'Upload-Length': String(content.length), 'Upload-Metadata': `filename ${btoa('film.mp4')}` })
    .send(content);
  expect(made.status).toBe(201);
  // Ids sort by their instant.
  yuanbo.time.nowMs += 1;
  return String(made.headers['location']).replace('/api/uploads/', '');
}
const soon = (law: () => Promise<void>) => vi.waitFor(law, { timeout: 20_000, interval: 50 });
const stateOf = async (id: string): Promise<FilmRecord['state'] | undefined> =>
  (await yuanbo.parts.films.find(id))?.state;
const reaches = (id: string, state: FilmRecord['state']) => soon(async () => expect(await stateOf(id)).toBe(state));
const waitingFor = async (id: string) =>
  (await yuanbo.parts.transcodeQueue.waiting()).filter(({ job }) => job.filmId === id).map(({ job }) => job.kind);
/** Films of the chunks that no worker has, in the order in which they will be taken. */
const waitingChunks = async (): Promise<string[]> =>
  (await yuanbo.parts.transcodeQueue.waiting()).flatMap(({ job }) => (job.kind === 'chunk' ? [job.filmId] : []));
/** Starts a worker that goes on until it has a chunk, and holds that until it is let go. */
async function startHolder(): Promise<void> {
  const before = (job: { kind: string }) => (job.kind === 'chunk' ? gate : undefined);
  workers.push(await startPaperWorker(redis.address, yuanbo.parts.storage, { before }));
}
/** Uploads and waits until its chunks are in the queue. */
async function uploadAndQueue(text: string, person = producer): Promise<string> {
  const id = await upload(text, person);
  // The first looks at it and has a chunk of another film before its sound is asked for, so that one is the second's.
  await startHolder();
  await soon(async () => expect(await waitingFor(id)).not.toContain('prepare'));
  await soon(async () => expect(await waitingFor(id)).not.toEqual([]));
  // Two, for it may be another producer's turn first.
  await Promise.all([startHolder(), startHolder()]);
  await soon(async () => expect(await waitingFor(id)).toContain('chunk'));
  return id;
}

describe('the queue', () => {
  it('serves the plan: what is needed on air passes the others as soon as its plan is saved', async () => {
    const first = await uploadAndQueue('900 seconds, first');
    const needed = await uploadAndQueue('901 seconds, needed on Saturday');
    // Behind the first chunk, which makes it playable.
    expect((await waitingChunks())[1]).toBe(first);
    const day = { channel: 'county', from: '2026-12-05', to: '2026-12-06' };
    const plan = await request(yuanbo.app).post('/api/plans').set(scheduler.headers).send(day);
    const saved = await request(yuanbo.app)
      .put(`/api/plans/${String(plan.body.id)}/items`)
      .set({ ...scheduler.headers, 'If-Match': String(plan.headers['etag']) })
      .send({ items: [{ filmId: needed, start: '2026-12-05T19:30:00+08:00' }] });
    expect(saved.status).toBe(200);
    await soon(async () => {
      const order = await waitingChunks();
      expect(order.lastIndexOf(needed)).toBeLessThan(order.indexOf(first));
    });
    letGo();
    await Promise.all([reaches(first, 'review'), reaches(needed, 'review')]);
  });

  it('goes round the producers: many films of one keep nobody else’s waiting', async () => {
    const many = [await uploadAndQueue('902 seconds'), await uploadAndQueue('903 seconds')];
    const single = await uploadAndQueue('904 seconds', other);
    await soon(async () => {
      const order = (await waitingChunks()).map((id) => (id === single ? 'other' : 'busy'));
      const turns = order.slice(0, 2 * order.filter((who) => who === 'other').length);
      turns.forEach((who, place) => expect(who).not.toBe(turns[place + 1]));
    });
    const { body } = await request(yuanbo.app).get(`/api/films/${single}`).set(other.headers);
    expect(body.waitingBehind ?? 0).toBeLessThanOrEqual(1);
    letGo();
    await Promise.all([...many, single].map((id) => reaches(id, 'review')));
  });
});

describe('an operator', () => {
  it('puts a film before all others by hand', async () => {
    const first = await uploadAndQueue('905 seconds');
    const hurried = await uploadAndQueue('906 seconds');
    const bumped = await request(yuanbo.app).post(`/api/films/${hurried}/bump`).set(admin.headers);
    expect([bumped.status, bumped.body.bumped]).toEqual([200, true]);
    const order = await waitingChunks();
    expect(order.lastIndexOf(hurried)).toBeLessThan(order.indexOf(first));
    letGo();
    await Promise.all([reaches(first, 'review'), reaches(hurried, 'review')]);
    expect((await yuanbo.parts.films.find(hurried))?.bumpedAtMs).toBeUndefined();
    const late = await request(yuanbo.app).post(`/api/films/${hurried}/bump`).set(admin.headers);
    expect([late.status, late.body.code]).toEqual([409, 'wrong_state']);
  });

  it('pauses one film and lets it go on; what is made is not made again', async () => {
    const id = await uploadAndQueue('907 seconds');
    const paused = await request(yuanbo.app).post(`/api/films/${id}/pause`).set(producer.headers);
    expect([paused.status, paused.body.paused, paused.body.state]).toEqual([200, true, 'encoding']);
    expect(await waitingFor(id)).toEqual([]);
    letGo();
    await soon(async () => expect((await yuanbo.parts.films.find(id))?.playable).toBe(true));
    await reconcileLibrary(yuanbo.parts);
    expect(await waitingFor(id)).toEqual([]);
    const resumed = await request(yuanbo.app).post(`/api/films/${id}/resume`).set(producer.headers);
    expect([resumed.status, resumed.body.paused]).toEqual([200, undefined]);
    await reaches(id, 'review');
    const chunks = workers.flatMap(({ jobs }) => jobs).flatMap((job) => (job.kind === 'chunk' ? [job.chunk] : []));
    expect(chunks.sort((a, b) => a - b)).toEqual([...new Set(chunks)]);
    const again = await request(yuanbo.app).post(`/api/films/${id}/resume`).set(producer.headers);
    expect(again.status).toBe(409);
  });

  it('cancels a film, which says so and can be tried again', async () => {
    const id = await uploadAndQueue('908 seconds');
    const told: string[] = [];
    const ear = redis.client.duplicate();
    await ear.subscribe(cancelChannelName);
    ear.on('message', (_channel, filmId) => told.push(filmId));
    const foreign = await request(yuanbo.app).post(`/api/films/${id}/cancel`).set(other.headers);
    expect(foreign.status).toBe(404);
    const cancelled = await request(yuanbo.app).post(`/api/films/${id}/cancel`).set(producer.headers);
    expect(cancelled.body).toMatchObject({ state: 'failed', problem: { code: 'cancelled' } });
    expect(await waitingFor(id)).toEqual([]);
    await vi.waitFor(() => expect(told).toContain(id));
    ear.disconnect();
    await reconcileLibrary(yuanbo.parts);
    expect(await stateOf(id)).toBe('failed');
    letGo();
    await request(yuanbo.app).post(`/api/films/${id}/retry`).set(producer.headers);
    await reaches(id, 'review');
  });

  it('cancels one of two films of the same bytes, and the other goes on', async () => {
    const id = await uploadAndQueue('909 seconds, twice');
    const twin = await upload('909 seconds, twice', other);
    await startHolder();
    await soon(async () => expect((await yuanbo.parts.films.find(twin))?.duplicateOf).toBe(id));
    await request(yuanbo.app).post(`/api/films/${id}/cancel`).set(producer.headers);
    expect(await waitingFor(twin)).not.toEqual([]);
    letGo();
    await reaches(twin, 'review');
    expect(await stateOf(id)).toBe('failed');
  });

  it('holds the whole queue until it is let go, also when Redis forgot', async () => {
    const held = await request(yuanbo.app).post('/api/queue/pause').set(admin.headers);
    expect([held.status, held.body]).toEqual([200, { paused: true }]);
    letGo();
    await startHolder();
    const id = await upload('910 seconds');
    await soon(async () => expect(await waitingFor(id)).toEqual(['prepare']));
    await redis.client.flushall();
    await reconcileLibrary(yuanbo.parts);
    expect(await waitingFor(id)).toEqual(['prepare']);
    const free = await request(yuanbo.app).post('/api/queue/resume').set(admin.headers);
    expect([free.status, free.body]).toEqual([200, { paused: false }]);
    await reaches(id, 'review');
    const log = await request(yuanbo.app).get('/api/audit').query({ query: 'queue.' }).set(admin.headers);
    expect(log.body.items.map(({ action }: { action: string }) => action)).toEqual(['queue.resume', 'queue.pause']);
  });
});

describe('the list of the queue', () => {
  const read = async () => (await request(yuanbo.app).get('/api/queue').set(scheduler.headers)).body as QueueView;

  it('tells what waits and why, what is being made, and by whom', async () => {
    const id = await uploadAndQueue('911 seconds');
    const held = await uploadAndQueue('912 seconds');
    await request(yuanbo.app).post(`/api/films/${held}/pause`).set(producer.headers);
    const active = (await yuanbo.parts.transcodeQueue.active()).map((job) => job.id);
    const jobIds = () => active.slice(0, 1);
    const presence = announceWorker(redis.client, 'machine-1', { concurrency: 2, jobIds });
    await soon(async () => expect((await read()).workers).toHaveLength(1));
    const { films, running, workers: known, paused } = await read();
    expect(paused).toBeUndefined();
    expect(films).toMatchObject([
      { id, why: 'turn', state: 'encoding' },
      { id: held, why: 'paused', waitingJobs: 0 },
    ]);
    expect(films[0]?.waitingJobs).toBe((await waitingFor(id)).length);
    expect(known).toMatchObject([{ name: 'machine-1', pid: process.pid, concurrency: 2, jobIds: jobIds() }]);
    expect(known[0]?.silentMs).toBeLessThan(10_000);
    expect(running.map(({ jobId }) => jobId).sort()).toEqual([...active].sort());
    expect(running.filter(({ worker }) => worker === 'machine-1').map(({ jobId }) => jobId)).toEqual(jobIds());
    await presence.stop();
    expect((await read()).workers).toEqual([]);
    letGo();
    await request(yuanbo.app).post(`/api/films/${held}/resume`).set(producer.headers);
    await Promise.all([reaches(id, 'review'), reaches(held, 'review')]);
  });
});
