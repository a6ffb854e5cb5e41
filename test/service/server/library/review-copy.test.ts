import { createServer, type Server } from 'node:http';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewCopyJobSchema, reviewCopyQueueName } from '../../../../media/contract/transcode-job.ts';
import type { ReviewCopy } from '../../../../media/film/review-copy.ts';
import { reviewCopyFolder, reviewCopyKey } from '../../../../media/storage/keys.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';
import { reconcileLibrary } from '../../../../server/library/reconcile-library.ts';
import { makeReadyFilm } from '../../make-ready-film.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';
import { startRedis, type TestRedis } from '../../start-redis.ts';
import { shelveFilm } from './library-app.ts';

let redis: TestRedis;
let yuanbo: TestApp;
let server: Server;
let producer: TestPerson;
let reviewer: TestPerson;
let member: TestPerson;
beforeAll(async () => {
  redis = await startRedis();
  yuanbo = await startApp({ settings: { REDIS_URL: redis.address } });
  server = createServer(yuanbo.listener).listen(0, '127.0.0.1');
  producer = await yuanbo.signInAs('producer');
  reviewer = await yuanbo.signInAs('reviewer');
  member = await yuanbo.signInAs('member');
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await yuanbo.stop();
  await redis.stop();
});

/** A film that is being looked at, as its upload left it. */
function uploaded(film: Partial<FilmRecord> = {}): Promise<FilmRecord> {
  const { id, name } = producer.user;
  return shelveFilm(yuanbo.parts, { state: 'probing', playable: false, owner: { id, name }, ...film });
}
const segment = Buffer.alloc(188 * 100, 'copied ');
/** Leaves on the shelf what a worker leaves. */
async function copied({ id }: FilmRecord, ended = false, more: Partial<ReviewCopy> = {}): Promise<void> {
  const path = reviewCopyFolder(id, 'abc');
  const copy: ReviewCopy = {
    ...{ schema: 1, filmId: id, path, codecs: 'avc1.640028,mp4a.40.2', width: 1280, height: 720, frameRate: 25 },
    segments: [{ durationMs: 4000, bytes: segment.length }],
    ended,
    ...more,
  };
  await yuanbo.parts.storage.put(`${path}/00000.ts`, segment);
  await yuanbo.parts.storage.put(reviewCopyKey(id), Buffer.from(JSON.stringify(copy)));
}
const playback = (id: string, who?: TestPerson) =>
  request(server)
    .get(`/api/films/${id}/playback`)
    .set(who?.headers ?? {});
const isPlayable = async (id: string): Promise<unknown> =>
  (await request(server).get(`/api/films/${id}`).set(producer.headers)).body.playable;

describe('an upload that is watched before it is encoded', () => {
  it('is there for its owner and reviewers as soon as a first part is copied, and for nobody else', async () => {
    const film = await uploaded();
    expect((await playback(film.id, producer)).body.code).toBe('not_ready');
    expect(await isPlayable(film.id)).toBe(false);
    await copied(film);
    expect(await isPlayable(film.id)).toBe(true);
    for (const who of [producer, reviewer]) {
      const { body, status } = await playback(film.id, who);
      expect(status).toBe(200);
      expect(body).toMatchObject({ asUploaded: true, posters: [] });
      expect(body.hls).toMatch(new RegExp(`^/p/[^/]+/vod/${film.id}/${film.id}/review/multivariant\\.m3u8$`));
      const list = await request(server).get(String(body.hls).replace('multivariant', 'media'));
      expect(list.text).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
      expect(list.headers['cache-control']).toMatch(/max-age=[0-2]\b/);
      const part = await request(server).get(String(body.hls).replace('multivariant.m3u8', '00000.ts'));
      expect([part.status, part.headers['content-length']]).toEqual([200, String(segment.length)]);
    }
    expect((await playback(film.id, member)).status).toBe(404);
    expect((await playback(film.id)).status).toBe(404);
  });

  it('is told apart from an opening, which players do not go on with', async () => {
    const film = await uploaded();
    await copied(film, true, { opening: true });
    const { body } = await playback(film.id, producer);
    expect([body.opening, body.asUploaded]).toEqual([true, undefined]);
  });

  it('cannot be reached with the token of a film that is ready', async () => {
    const film = await uploaded();
    await copied(film);
    const ready = await makeReadyFilm(yuanbo.parts, { title: '已审' });
    const token = String((await playback(ready.id)).body.hls).split('/')[2] ?? '';
    const foreign = await request(server).get(`/p/${token}/vod/${film.id}/${film.id}/review/media.m3u8`);
    expect([foreign.status, foreign.body.code]).toEqual([403, 'token']);
    const gate = yuanbo.parts.gate.issue('film', `${film.id}-${film.id}`, yuanbo.time.nowMs).token;
    const public_ = await request(server).get(`/p/${gate}/vod/${film.id}/${film.id}/review/media.m3u8`);
    expect([public_.status, public_.body.code]).toEqual([403, 'token']);
  });

  it('gives way to the first encoded part, and is gone when the film is whole', async () => {
    const film = await uploaded();
    await copied(film, true);
    const old = String((await playback(film.id, producer)).body.hls);
    const revision = (await makeReadyFilm(yuanbo.parts, { title: '新片', segments: 3 })).revision;
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state: 'encoding', revision, playable: true }));
    const next = (await playback(film.id, producer)).body;
    expect(next.asUploaded).toBeUndefined();
    expect(next.hls).toContain(`/${revision}/ts/multivariant.m3u8`);
    // Whoever watches the copy may go on until the film is whole.
    expect((await request(server).get(old)).status).toBe(200);
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state: 'review' }));
    await reconcileLibrary(yuanbo.parts);
    yuanbo.time.nowMs += 1000;
    expect((await request(server).get(old)).status).toBe(404);
    for await (const { key } of yuanbo.parts.storage.list('reviews/')) expect(key).not.toContain(film.id);
  });

  it('goes with its film', async () => {
    const film = await uploaded({ state: 'failed' });
    await copied(film);
    const gone = await request(server).delete(`/api/films/${film.id}`).set(producer.headers);
    expect(gone.status).toBe(204);
    expect(await yuanbo.parts.storage.stat(reviewCopyKey(film.id))).toBeUndefined();
  });
});

describe('copies of uploads', () => {
  it('are asked for when an upload ends, before anything else, but not for the films of a large import', async () => {
    const connection = new Redis(redis.address, { maxRetriesPerRequest: null });
    const queue = new Queue<unknown>(reviewCopyQueueName, { connection });
    const upload = async (name: string): Promise<string> => {
      const made = await request(server)
        .post('/api/uploads')
        .set({ ...producer.headers, 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/offset+octet-stream' })
        .set({
          'Upload-Length': '4',
          'Upload-Metadata': `filename ${Buffer.from(name).toString('base64')}`,
        })
        .send(Buffer.from('film'));
      return String(made.headers['location']).replace('/api/uploads/', '');
    };
    const asked = async () => (await queue.getWaiting()).map(({ data }) => reviewCopyJobSchema.parse(data).filmId);
    const first = await upload('one.mp4');
    expect(await asked()).toContain(first);
    for (let n = 0; n < 20; n += 1) await uploaded();
    const many = await upload('many.mp4');
    expect(await asked()).not.toContain(many);
    await queue.close();
    connection.disconnect();
  });
});
