import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chunkRecordKey, manifestKey, sourceKey } from '../../../../media/storage/keys.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';
import { keepLibrary } from '../../../../server/library/keep-library.ts';
import { reconcileLibrary } from '../../../../server/library/reconcile-library.ts';
import { makeSlate } from '../../make-ready-film.ts';
import type { TestPerson } from '../../start-app.ts';
import { startRedis, type TestRedis } from '../../start-redis.ts';
import { type LibraryApp, startLibrary } from './library-app.ts';
import { type PaperWorker, startPaperWorker } from './paper-worker.ts';

const dayMs = 86_400_000;
let redis: TestRedis;
let yuanbo: LibraryApp;
let producer: TestPerson;
let worker: PaperWorker;
beforeAll(async () => {
  redis = await startRedis();
  yuanbo = await startLibrary({ redis: redis.address });
  producer = await yuanbo.signInAs('producer');
  keepLibrary(yuanbo.parts);
  worker = await startPaperWorker(redis.address, yuanbo.parts.storage);
});
afterAll(async () => {
  await worker.stop();
  await yuanbo.stop();
  await redis.stop();
});

const film = async (id: string): Promise<FilmRecord> => (await yuanbo.parts.films.find(id))!;
const reaches = (id: string, wanted: Partial<FilmRecord>) =>
  vi.waitFor(async () => expect(await film(id)).toMatchObject(wanted), { timeout: 20_000, interval: 50 });

/** A film that was made by the worker and passed. */
async function passedFilm(text: string): Promise<FilmRecord> {
  const made = await request(yuanbo.app)
    .post('/api/uploads')
    .set({ ...producer.headers, 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/offset+octet-stream' })
    .set({
      'Upload-Length': String(text.length),
      'Upload-Metadata': `filename ${Buffer.from('film.mp4').toString('base64')}`,
    })
    .send(Buffer.from(text));
  const id = String(made.headers['location']).replace('/api/uploads/', '');
  await reaches(id, { state: 'review' });
  const reviewer = await yuanbo.signInAs('reviewer');
  const passed = await request(yuanbo.app)
    .post(`/api/films/${id}/reviews`)
    .set(reviewer.headers)
    .send({ decision: 'pass' });
  expect(passed.status, JSON.stringify(passed.body)).toBe(201);
  return film(id);
}
const verify = (id: string, who = producer) => request(yuanbo.app).post(`/api/films/${id}/verify`).set(who.headers);

const verifiedIds = (): string[] =>
  worker.jobs.flatMap((job) => (job.kind === 'verify' && job.fromPart === undefined ? [job.filmId] : []));

describe('a look at the stored files of a film', () => {
  it('is noted where all are as they were made', async () => {
    const { id, verifiedAtMs } = await passedFilm('152 seconds');
    expect(verifiedAtMs).toBe(yuanbo.time.nowMs);
    yuanbo.time.nowMs += 1000;
    const asked = await verify(id);
    expect([asked.status, asked.body.verifyAskedAtMs]).toEqual([202, yuanbo.time.nowMs]);
    await reaches(id, { state: 'ready', verifiedAtMs: yuanbo.time.nowMs });
    expect((await film(id)).verifyAskedAtMs).toBeUndefined();
    // In two halves, so that others come in between.
    const looks = worker.jobs.flatMap((job) => (job.kind === 'verify' ? [job.fromPart] : []));
    expect(looks).toEqual([undefined, 1]);
    expect((await film(id)).verifyNext).toBeUndefined();
  });

  it('takes a damaged film off the air, has the damaged part alone made again, and puts it back without a review', async () => {
    const { id, revision, reviews } = await passedFilm('153 seconds');
    await yuanbo.parts.storage.remove(chunkRecordKey(revision!, 0));
    const gone: string[] = [];
    yuanbo.parts.filmCatalogue.onWithdrawn.push((told) => {
      gone.push(`${told.filmId} ${told.state}`);
      return Promise.resolve();
    });
    const before = worker.jobs.length;
    expect((await verify(id)).status).toBe(202);
    await vi.waitFor(() => expect(gone).toEqual([`${id} withdrawn`]), { timeout: 10_000 });
    await reaches(id, { state: 'ready' });
    expect(worker.jobs.slice(before).map((job) => ('chunk' in job ? `${job.kind} ${job.chunk}` : job.kind))).toEqual([
      ...['verify', 'prepare', 'chunk 0', 'finish'],
    ]);
    const mended = await film(id);
    expect(mended).toMatchObject({ revision, reviews });
    expect([mended.damage, mended.problem]).toEqual([undefined, undefined]);
    expect(await yuanbo.parts.filmCatalogue.withdrawnFilms()).not.toContain(id);
    expect(await yuanbo.parts.storage.stat(manifestKey(revision!))).toBeDefined();
  });

  it('keeps a film that cannot be made again off the air, says what is damaged, and takes another file or the old one', async () => {
    const { id, revision } = await passedFilm('154 seconds');
    const upload = await yuanbo.parts.storage.read(sourceKey(id));
    await yuanbo.parts.storage.remove(sourceKey(id));
    await yuanbo.parts.storage.remove(chunkRecordKey(revision!, 0));
    await verify(id);
    await reaches(id, { state: 'withdrawn' });
    expect(await yuanbo.parts.filmCatalogue.withdrawnFilms()).toContain(id);
    const shown = await request(yuanbo.app).get(`/api/films/${id}`).set(producer.headers);
    expect(shown.body.problem).toMatchObject({ code: 'store_damaged', values: { finding: 'chunk 0 is missing' } });
    expect((await verify(id)).body.code).toBe('wrong_state');
    expect((await request(yuanbo.app).post(`/api/films/${id}/retry`).set(producer.headers)).status).toBe(409);
    // The upload is back: the next look of the library makes the film again by itself.
    await yuanbo.parts.storage.put(sourceKey(id), upload);
    await reconcileLibrary(yuanbo.parts);
    await reaches(id, { state: 'ready', revision: revision! });
  });

  it('comes by itself after thirty days, and again on the next day where the store was away', async () => {
    const { id, revision } = await passedFilm('155 seconds');
    const others = (await yuanbo.parts.films.inStates(['ready'])).filter((each) => each.id !== id);
    yuanbo.time.nowMs += 29 * dayMs;
    for (const other of others)
      await yuanbo.parts.films.change(other.id, (now) => ({ ...now, verifiedAtMs: yuanbo.time.nowMs }));
    await reconcileLibrary(yuanbo.parts);
    expect((await film(id)).verifyAskedAtMs).toBeUndefined();
    yuanbo.time.nowMs += dayMs + 1;
    await reconcileLibrary(yuanbo.parts);
    await reaches(id, { verifiedAtMs: yuanbo.time.nowMs, revision: revision! });
  });

  it('comes to what is planned soon first, and never takes the slate away', async () => {
    // Sessions do not last as long as these months.
    producer = await yuanbo.signInAs('producer');
    const [older, planned] = [await passedFilm('156 seconds'), await passedFilm('157 seconds')];
    yuanbo.time.nowMs += 31 * dayMs;
    const slate = await makeSlate(yuanbo.parts);
    for (const other of await yuanbo.parts.films.inStates(['ready']))
      if (![older.id, planned.id, slate.id].includes(other.id))
        await yuanbo.parts.films.change(other.id, (now) => ({ ...now, verifiedAtMs: yuanbo.time.nowMs }));
    await yuanbo.parts.films.change(older.id, (now) => ({ ...now, verifiedAtMs: 1 }));
    const starts = new Map([[planned.id, yuanbo.time.nowMs + dayMs]]);
    yuanbo.parts.filmCatalogue.plannedStarts.push(() => Promise.resolve(starts));
    const before = verifiedIds().length;
    for (const { id } of [planned, older]) {
      await reconcileLibrary(yuanbo.parts);
      await reaches(id, { verifiedAtMs: yuanbo.time.nowMs });
    }
    await reconcileLibrary(yuanbo.parts);
    expect(verifiedIds().slice(before)).toEqual([planned.id, older.id]);
    expect((await verify(slate.id, await yuanbo.signInAs('admin'))).body.code).toBe('wrong_state');
  });
});
