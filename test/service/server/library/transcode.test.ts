import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cancelledKey } from '../../../../media/contract/transcode-job.ts';
import { chunkRecordKey } from '../../../../media/storage/keys.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';
import { keepLibrary } from '../../../../server/library/keep-library.ts';
import { reconcileLibrary } from '../../../../server/library/reconcile-library.ts';
import type { TestPerson } from '../../start-app.ts';
import { startRedis, type TestRedis } from '../../start-redis.ts';
import { type LibraryApp, startLibrary } from './library-app.ts';
import { type PaperOptions, paperRevision, type PaperWorker, startPaperWorker } from './paper-worker.ts';

let redis: TestRedis;
let yuanbo: LibraryApp;
let producer: TestPerson;
let worker: PaperWorker | undefined;
beforeAll(async () => {
  redis = await startRedis();
  yuanbo = await startLibrary({ redis: redis.address });
  producer = await yuanbo.signInAs('producer');
  keepLibrary(yuanbo.parts);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});
afterAll(async () => {
  await yuanbo.stop();
  await redis.stop();
});

const work = async (options?: PaperOptions) => {
  worker = await startPaperWorker(redis.address, yuanbo.parts.storage, options);
  return worker;
};
async function upload(text: string): Promise<string> {
  const content = Buffer.from(text);
  const made = await request(yuanbo.app)
    .post('/api/uploads')
    .set({ ...producer.headers, 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/offset+octet-stream' })
    .set({
      'Upload-Length': String(content.length),
      'Upload-Metadata': `filename ${Buffer.from('film.mp4').toString('base64')}`,
    })
    .send(content);
  expect(made.status).toBe(201);
  return String(made.headers['location']).replace('/api/uploads/', '');
}
const film = async (id: string): Promise<FilmRecord> => {
  const found = await yuanbo.parts.films.find(id);
  if (found === undefined) throw new Error(`film ${id} is gone`);
  return found;
};
const reaches = (id: string, state: FilmRecord['state']) =>
  vi.waitFor(async () => expect((await film(id)).state).toBe(state), { timeout: 20_000, interval: 50 });
const kinds = (jobs: PaperWorker['jobs']) =>
  jobs.map((job) => ('chunk' in job ? `${job.kind} ${job.chunk}` : job.kind));

describe('a film on its way to review', () => {
  it('is prepared, gets its sound, its chunks in order and its manifest, and shows it', async () => {
    const states = new Set<string>();
    const { jobs } = await work({
      before: async (job) => {
        const { state, playable } = await film(job.filmId);
        states.add(`${state}${playable ? ' playable' : ''}`);
      },
    });
    const id = await upload('150 seconds of film');
    await reaches(id, 'review');
    expect(kinds(jobs)).toEqual(['prepare', 'audio', 'chunk 0', 'chunk 1', 'chunk 2', 'chunk 3', 'finish']);
    const expected = ['probing', 'queued', 'encoding'];
    expect([...states]).toEqual(expect.arrayContaining(expected));
    expect(await film(id)).toMatchObject({
      revision: paperRevision(Buffer.from('150 seconds of film')),
      durationMs: 150_000,
      package: { segments: 38, packages: ['ts'], hasPoster: false },
      playable: true,
    });
    await vi.waitFor(async () => expect((await film(id)).warnings).toMatchObject([{ code: 'damaged' }]));
    expect((await film(id)).progress).toBeUndefined();
    const { rungs } = (await request(yuanbo.app).get(`/api/films/${id}`).set(producer.headers)).body;
    expect(rungs).toEqual([{ name: '360p', width: 640, height: 360, bandwidthBps: 900_000 }]);
  });

  it('shows how far it is while a chunk is made, and is playable after the first', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await work({ before: (job) => (job.kind === 'chunk' && job.chunk === 1 ? gate : undefined) });
    const id = await upload('151 seconds');
    await vi.waitFor(
      async () => {
        const reply = await request(yuanbo.app).get(`/api/films/${id}`).set(producer.headers);
        expect(reply.body).toMatchObject({ state: 'encoding', playable: true, progress: { phase: 'encoding' } });
        expect(reply.body.progress.ratio).toBeGreaterThan(0.05);
        expect(reply.body.progress.etaMs).toBeGreaterThan(10_000);
      },
      { timeout: 10_000 },
    );
    go();
    await reaches(id, 'review');
  });

  it('is refused for its bytes, and failed for our machines, in words with a cure', async () => {
    await work();
    const refused = await upload('refuse');
    await reaches(refused, 'refused');
    expect((await film(refused)).problem).toMatchObject({ code: 'unsupported_container' });
    const failed = await upload('fail');
    await reaches(failed, 'failed');
    const { problem } = await film(failed);
    expect(problem).toMatchObject({ code: 'no_space' });
    expect(problem?.message.length).toBeGreaterThan(5);
    expect(problem?.cure.length).toBeGreaterThan(5);
  });

  it('whose chunk is found damaged at the end gets that chunk anew, and nothing else', async () => {
    const revision = paperRevision(Buffer.from('153 seconds'));
    let isSpoilt = false;
    await work({
      before: async (job) => {
        if (isSpoilt || job.kind !== 'finish') return;
        isSpoilt = true;
        await yuanbo.parts.storage.remove(chunkRecordKey(revision, 1));
      },
    });
    await reaches(await upload('153 seconds'), 'review');
    const made = kinds(worker?.jobs ?? []);
    expect(made.slice(made.indexOf('finish'))).toEqual(['finish', 'chunk 1', 'finish']);
  });

  it('that failed is tried again from the shelf: what is made is not made twice', async () => {
    let isBroken = true;
    await work({
      before: (job) => {
        if (isBroken && job.kind === 'chunk' && job.chunk === 2) throw new Error('encoder_failed {"reason":"x"}');
      },
    });
    const id = await upload('152 seconds');
    await reaches(id, 'failed');
    expect((await film(id)).problem).toMatchObject({ code: 'encoder_failed' });
    isBroken = false;
    worker?.jobs.splice(0);
    const retried = await request(yuanbo.app).post(`/api/films/${id}/retry`).set(producer.headers);
    expect(retried.body.state).toBe('probing');
    await reaches(id, 'review');
    expect(kinds(worker?.jobs ?? [])).not.toContain('chunk 0');
    expect(kinds(worker?.jobs ?? [])).toContain('chunk 2');
  });
});

describe('the same bytes', () => {
  it('uploaded again are a film of their own that goes to review without an encode (F33)', async () => {
    await work();
    const first = await upload('20 seconds, twice');
    await reaches(first, 'review');
    worker?.jobs.splice(0);
    const second = await upload('20 seconds, twice');
    await reaches(second, 'review');
    expect(kinds(worker?.jobs ?? [])).toEqual(['prepare']);
    expect(await film(second)).toMatchObject({ duplicateOf: first, revision: (await film(first)).revision });
    expect((await film(second)).package).toEqual((await film(first)).package);
  });

  it('uploaded while they are encoded share the work', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await work({ before: (job) => (job.kind === 'chunk' ? gate : undefined) });
    const first = await upload('153 seconds, shared');
    await reaches(first, 'encoding');
    const prepare = await upload('153 seconds, shared');
    const other = await startPaperWorker(redis.address, yuanbo.parts.storage, {
      before: (job) => (job.kind === 'chunk' ? gate : undefined),
    });
    await vi.waitFor(async () => expect((await film(prepare)).revision).toBeDefined(), { timeout: 10_000 });
    go();
    await Promise.all([reaches(first, 'review'), reaches(prepare, 'review')]);
    const chunks = [...kinds(worker?.jobs ?? []), ...kinds(other.jobs)].filter((kind) => kind.startsWith('chunk'));
    expect(chunks.sort()).toEqual(['chunk 0', 'chunk 1', 'chunk 2', 'chunk 3']);
    await other.stop();
  });

  it('go on under the other name when the first film is deleted', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const first = await upload('154 seconds, left');
    await work({ before: (job) => (job.kind === 'chunk' && job.chunk > 0 ? gate : undefined) });
    await reaches(first, 'encoding');
    const second = await upload('154 seconds, left');
    const helper = await startPaperWorker(redis.address, yuanbo.parts.storage, {
      before: (job) => (job.kind === 'chunk' && job.chunk > 0 ? gate : undefined),
    });
    await vi.waitFor(async () => expect((await film(second)).revision).toBeDefined(), { timeout: 10_000 });
    const gone = await request(yuanbo.app).delete(`/api/films/${first}`).set(producer.headers);
    expect(gone.status).toBe(204);
    go();
    await vi.waitFor(
      async () => {
        await reconcileLibrary(yuanbo.parts);
        expect((await film(second)).state).toBe('review');
      },
      { timeout: 20_000, interval: 500 },
    );
    await helper.stop();
  });
});

describe('what stops is found again', () => {
  it('after Redis lost everything (F13): every job is there once', async () => {
    const id = await upload('155 seconds, flushed');
    const planned = await upload('156 seconds, planned');
    await redis.client.flushall();
    expect(await redis.client.keys('bull:*')).toEqual([]);
    await reconcileLibrary(yuanbo.parts);
    await reconcileLibrary(yuanbo.parts);
    const { jobs } = await work();
    await Promise.all([reaches(id, 'review'), reaches(planned, 'review')]);
    const own = jobs.filter((job) => job.filmId === id);
    expect(kinds(own)).toEqual([...new Set(kinds(own))]);
  });

  it('in the middle of an encode', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await work({ before: (job) => (job.kind === 'chunk' && job.chunk === 1 ? gate : undefined) });
    const id = await upload('157 seconds');
    await vi.waitFor(async () => expect((await film(id)).playable).toBe(true), { timeout: 10_000 });
    await redis.client.flushall();
    await worker?.stop();
    go();
    const { jobs } = await work();
    await reconcileLibrary(yuanbo.parts);
    await reaches(id, 'review');
    expect(kinds(jobs)).not.toContain('chunk 0');
  });

  it('after a result that no server heard', async () => {
    // Of a Redis of its own: a server stops jobs of films that it does not know.
    const itsRedis = await startRedis();
    const deaf = await startLibrary({ redis: itsRedis.address });
    const who = await deaf.signInAs('producer');
    const content = Buffer.from('refuse');
    const made = await request(deaf.app)
      .post('/api/uploads')
      .set({ ...who.headers, 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/offset+octet-stream' })
      .set({ 'Upload-Length': '6', 'Upload-Metadata': `filename ${Buffer.from('a').toString('base64')}` })
      .send(content);
    const id = String(made.headers['location']).replace('/api/uploads/', '');
    const quiet = await startPaperWorker(itsRedis.address, deaf.parts.storage);
    await vi.waitFor(() => expect(quiet.jobs).toHaveLength(1), { timeout: 10_000 });
    await quiet.finish();
    expect((await deaf.parts.films.find(id))?.state).toBe('probing');
    await vi.waitFor(
      async () => {
        await reconcileLibrary(deaf.parts);
        expect((await deaf.parts.films.find(id))?.state).toBe('refused');
      },
      { timeout: 10_000, interval: 200 },
    );
    await deaf.stop();
    await itsRedis.stop();
  });

  it('after a worker that died on the same job again and again: set aside with the cause (F11)', async () => {
    const id = await upload('158 seconds, poison');
    const isSetAside = async () => (await film(id)).state !== 'probing';
    for (let crash = 0; crash < 12 && !(await isSetAside()); crash += 1) {
      const victim = await startPaperWorker(redis.address, yuanbo.parts.storage, {
        before: () => new Promise<void>(() => undefined),
        lockMs: 300,
      });
      await vi
        .waitFor(async () => expect(victim.jobs.length > 0 || (await isSetAside())).toBe(true), {
          timeout: 6000,
          interval: 20,
        })
        .catch(() => undefined);
      // Closed by force, its job stays active without a lock, as after kill -9.
      await victim.stop();
    }
    await reaches(id, 'failed');
    expect((await film(id)).problem).toMatchObject({ code: 'worker_crashed' });
  }, 90_000);

  it('after Redis died and came back (F12): the upload is answered meanwhile', async () => {
    await redis.kill();
    const startedMs = performance.now();
    const id = await upload('159 seconds, no redis');
    const tookMs = performance.now() - startedMs;
    expect((await film(id)).state).toBe('probing');
    expect(tookMs).toBeLessThan(6000);
    const listed = await request(yuanbo.app).get('/api/films').set(producer.headers);
    expect(listed.status).toBe(200);
    expect(await yuanbo.parts.readiness.get('queue')?.()).toContain('Redis');
    await redis.restart();
    await work();
    await vi.waitFor(async () => expect(await yuanbo.parts.readiness.get('queue')?.()).toBeUndefined(), {
      timeout: 10_000,
    });
    await reconcileLibrary(yuanbo.parts);
    await reaches(id, 'review');
  });

  it('after a film was cancelled while Redis was away: its jobs are stopped when Redis is back', async () => {
    const id = await upload('162 seconds, cancelled in vain');
    const { transcodeQueue } = yuanbo.parts;
    expect((await transcodeQueue.waiting()).map(({ job }) => job.filmId)).toContain(id);
    await redis.kill();
    const cancelled = await request(yuanbo.app).post(`/api/films/${id}/cancel`).set(producer.headers);
    expect(cancelled.body.state).toBe('failed');
    await redis.restart();
    await vi.waitFor(async () => expect(await yuanbo.parts.readiness.get('queue')?.()).toBeUndefined(), {
      timeout: 10_000,
    });
    await reconcileLibrary(yuanbo.parts);
    expect((await transcodeQueue.waiting()).map(({ job }) => job.filmId)).not.toContain(id);
    expect(await redis.client.get(cancelledKey(id))).toBe('0');
    await work();
    await request(yuanbo.app).post(`/api/films/${id}/retry`).set(producer.headers);
    await reaches(id, 'review');
  });

  it('after Redis froze (F14): nobody waits for it longer than a moment', async () => {
    redis.freeze();
    // Answered while it is frozen: nothing thaws it before.
    const id = await upload('161 seconds, frozen redis').finally(() => redis.thaw());
    expect((await film(id)).state).toBe('probing');
    await work();
    await reconcileLibrary(yuanbo.parts);
    await reaches(id, 'review');
  });

  it('after Redis ran out of memory (F15): nothing is lost', async () => {
    await redis.client.config('SET', 'maxmemory', '1mb');
    const id = await upload('160 seconds, no memory');
    expect((await film(id)).state).toBe('probing');
    await redis.client.config('SET', 'maxmemory', '0');
    await work();
    await reconcileLibrary(yuanbo.parts);
    await reaches(id, 'review');
  });
});
