import { createHash } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOfDigest } from '../../../../media/contract/ids.ts';
import { encodeOptionsSchema } from '../../../../media/film/encode-plan.ts';
import { mergedFragment, mergeInits } from '../../../../media/film/merged-mp4.ts';
import { type PackageManifest, packageManifestSchema } from '../../../../media/film/package-manifest.ts';
import { revisionText } from '../../../../media/film/revision-id.ts';
import { manifestKey, sourceKey } from '../../../../media/storage/keys.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';
import { reconcileLibrary } from '../../../../server/library/reconcile-library.ts';
import { slateFilmId } from '../../../../server/library/slate-id.ts';
import { sweepRevisions } from '../../../../server/library/sweep-revisions.ts';
import { newId } from '../../../../server/new-id.ts';
import { audioInit, audioSegment, videoInit, videoSegment } from '../../../../transcoder/package/write-fmp4.ts';
import { makeReadyFilm } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import type { TestPerson } from '../../start-app.ts';
import { type LibraryApp, shelveFilm, startLibrary } from './library-app.ts';

let yuanbo: LibraryApp;
let producer: TestPerson;
let reviewer: TestPerson;
beforeAll(async () => {
  yuanbo = await startLibrary();
  producer = await yuanbo.signInAs('producer');
  reviewer = await yuanbo.signInAs('reviewer');
});
afterAll(() => yuanbo.stop());

const api = () => request(yuanbo.app);
const ownerOf = ({ user }: TestPerson) => ({ id: user.id, name: user.name });
const post = (path: string, who: TestPerson, body?: object) => api().post(path).set(who.headers).send(body);
const stored = async (id: string): Promise<FilmRecord> => (await yuanbo.parts.films.find(id))!;

/** A ready film of the producer with its upload in the store. */
async function readyFilm(film: Partial<FilmRecord> = {}): Promise<FilmRecord> {
  const made = await shelveFilm(yuanbo.parts, { owner: ownerOf(producer), state: 'ready', ...film });
  await yuanbo.parts.storage.put(sourceKey(made.id), Buffer.from('source'));
  return made;
}
/** The re-encode as it is when its package is whole. */
async function encode(id: string) {
  const facts = (await readyFilm()).package!;
  const wanted = { revision: newId(yuanbo.time.nowMs), package: facts, durationMs: 12_000, playable: true };
  return (await yuanbo.parts.films.change(id, (film) => ({ ...film, ...wanted, state: 'review' })))!;
}
const begin = async (film: FilmRecord) => {
  const reply = await post(`/api/films/${film.id}/reencode`, producer);
  expect([reply.status, reply.body.state, reply.body.renews]).toEqual([201, 'probing', film.id]);
  return reply.body as { id: string; title: string };
};

describe('encoding a film anew', () => {
  it('leaves the film on air until another person passed the new revision, then takes its place', async () => {
    const film = await readyFilm({ sourceSha256: 'a'.repeat(64) });
    const renewal = await begin(film);
    expect(renewal.title).toContain(film.title);
    const encoded = await encode(renewal.id);
    expect(await stored(film.id)).toMatchObject({ state: 'ready', revision: film.revision });
    expect((await post(`/api/films/${renewal.id}/reviews`, producer, { decision: 'pass' })).status).toBe(403);
    const passed = await post(`/api/films/${renewal.id}/reviews`, reviewer, { decision: 'pass' });
    expect(passed.body).toMatchObject({ id: film.id, title: film.title, state: 'ready', revision: encoded.revision });
    expect(passed.body).toMatchObject({ durationMs: 12_000, reviews: { passed: 1 } });
    expect((await stored(film.id)).earlierRevisions).toEqual([film.revision]);
    expect(await yuanbo.parts.films.find(renewal.id)).toBeUndefined();
  });

  it('reads the upload of the film that it renews', async () => {
    const film = await readyFilm();
    const renewal = await begin(film);
    await yuanbo.parts.films.change(renewal.id, (now) => ({ ...now, state: 'failed' }));
    expect((await post(`/api/films/${renewal.id}/retry`, producer)).body.state).toBe('probing');
  });

  it('finishes after a stop between the pass and the exchange', async () => {
    const film = await readyFilm();
    const renewal = await begin(film);
    const { revision } = await encode(renewal.id);
    await yuanbo.parts.films.change(renewal.id, (now) => ({ ...now, state: 'ready' }));
    await reconcileLibrary(yuanbo.parts);
    expect(await stored(film.id)).toMatchObject({ state: 'ready', revision });
    expect(await yuanbo.parts.films.find(renewal.id)).toBeUndefined();
  });

  it('is refused with its cure where nothing would change, twice at once, before the film is ready, without its upload', async () => {
    const sourceSha256 = 'b'.repeat(64);
    const options = encodeOptionsSchema.parse({ language: 'zh-CN', loudnessLufs: -23 });
    const digest = createHash('sha256').update(revisionText(sourceSha256, options)).digest();
    const same = await readyFilm({ sourceSha256, revision: idOfDigest(digest) });
    const refusal = async (film: FilmRecord) => {
      const reply = await post(`/api/films/${film.id}/reencode`, producer);
      expect([reply.status, reply.body.code]).toEqual([409, 'wrong_state']);
      return String(reply.body.detail);
    };
    expect(await refusal(same)).toMatch(/^Nothing would change/);
    const admin = await yuanbo.signInAs('admin');
    await api().patch('/api/settings').set(admin.headers).send({ loudnessLufs: -20 });
    const renewal = await begin(same);
    expect(await refusal(same)).toContain(renewal.id);
    expect(await refusal(await readyFilm({ state: 'review' }))).toMatch(/judged first/);
    const gone = await readyFilm();
    await yuanbo.parts.storage.remove(sourceKey(gone.id));
    expect(await refusal(gone)).toMatch(/Upload it anew/);
    expect((await post(`/api/films/${same.id}/reencode`, await yuanbo.signInAs('producer'))).status).toBe(404);
  });

  it('makes nothing ready whose film was withdrawn, and goes with a film that is deleted', async () => {
    const film = await readyFilm();
    const renewal = await begin(film);
    await encode(renewal.id);
    await post(`/api/films/${film.id}/withdraw`, reviewer, { reason: '内容有误' });
    expect((await stored(renewal.id)).state).toBe('withdrawn');
    await post(`/api/films/${renewal.id}/retry`, producer);
    const passed = await post(`/api/films/${renewal.id}/reviews`, reviewer, { decision: 'pass' });
    expect([passed.status, passed.body.code]).toEqual([409, 'wrong_state']);
    expect((await api().delete(`/api/films/${film.id}`).set(producer.headers)).status).toBe(204);
    expect(await yuanbo.parts.films.find(renewal.id)).toBeUndefined();
  });

  it('keeps an earlier revision, which may be on air, until its film is deleted', async () => {
    const old = newId(yuanbo.time.nowMs);
    const film = await readyFilm({ earlierRevisions: [old] });
    const twin = await readyFilm({ revision: old });
    await yuanbo.parts.storage.put(manifestKey(old), Buffer.from('{}'));
    await api().delete(`/api/films/${twin.id}`).set(producer.headers);
    expect(await yuanbo.parts.storage.stat(manifestKey(old))).toBeDefined();
    await api().delete(`/api/films/${film.id}`).set(producer.headers);
    expect(await yuanbo.parts.storage.stat(manifestKey(old))).toBeUndefined();
  });
});

describe('the uploaded file', () => {
  it('is kept, or dropped once its film is ready and no re-encode reads it, as the county says', async () => {
    const admin = await yuanbo.signInAs('admin');
    const keep = (keepOriginals: boolean) => api().patch('/api/settings').set(admin.headers).send({ keepOriginals });
    const [ready, waiting, read] = [await readyFilm(), await readyFilm({ state: 'review' }), await readyFilm()];
    await begin(read);
    const here = async () =>
      Promise.all(
        [ready, waiting, read].map(async ({ id }) => (await yuanbo.parts.storage.stat(sourceKey(id))) !== undefined),
      );
    await reconcileLibrary(yuanbo.parts);
    expect(await here()).toEqual([true, true, true]);
    expect((await keep(false)).body.keepOriginals).toBe(false);
    await reconcileLibrary(yuanbo.parts);
    expect(await here()).toEqual([false, true, true]);
    const seen = await api().get(`/api/films/${ready.id}`).set(producer.headers);
    expect(seen.body).toMatchObject({ state: 'ready', sourceKept: false });
    expect((await post(`/api/films/${ready.id}/reencode`, producer)).body.detail).toMatch(/keepOriginals/);
    await keep(true);
  });

  it('is found by its hash, by those who may see the film', async () => {
    const sourceSha256 = 'c'.repeat(64);
    const film = await shelveFilm(yuanbo.parts, { owner: ownerOf(producer), sourceSha256 });
    const find = async (hash: string, who: TestPerson) =>
      (await api().get(`/api/films?sourceSha256=${hash}`).set(who.headers)).body;
    expect((await find(sourceSha256, producer)).items).toMatchObject([{ id: film.id, sourceSha256 }]);
    expect((await find('d'.repeat(64), producer)).items).toEqual([]);
    expect((await find(sourceSha256, await yuanbo.signInAs('producer'))).items).toEqual([]);
    expect((await find('ABC', producer)).code).toBe('bad_request');
  });
});

describe('a film for the stick', () => {
  const download = (id: string, who: TestPerson, query = '') =>
    api().get(`/api/films/${id}/download${query}`).set(who.headers).buffer(true);

  it('is the best rung in one file, named after the film, and goes on where it broke off', async () => {
    const { id, segment } = await makeReadyFilm(yuanbo.parts, { title: '水稻/育秧', segments: 3 });
    const whole = Buffer.concat([0, 1, 2].map((number) => segment('720p', number)));
    const reply = await download(id, producer);
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'video/mp2t']);
    expect(reply.headers['content-length']).toBe(String(whole.length));
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="_____.ts"; filename*=UTF-8''${encodeURIComponent('水稻_育秧')}.ts`,
    );
    expect(Buffer.from(reply.body as Buffer).equals(whole)).toBe(true);
    const rest = await download(id, producer).set('Range', 'bytes=3000-').set('If-Range', reply.headers['etag']!);
    expect([rest.status, rest.headers['content-range']]).toEqual([206, `bytes 3000-5999/${whole.length}`]);
    expect(Buffer.from(rest.body as Buffer).equals(whole.subarray(3000))).toBe(true);
    const audit = await yuanbo.parts.audit.page(5);
    expect(audit.filter(({ action, object }) => action === 'film.download' && object === `film/${id}`)).toHaveLength(1);
    const small = await download(id, producer, '?rung=216p');
    expect(Buffer.from(small.body as Buffer).equals(Buffer.concat([0, 1, 2].map((n) => segment('216p', n))))).toBe(
      true,
    );
  });

  it('has picture and sound of another language in one MP4', async () => {
    const { id, revision } = await makeReadyFilm(yuanbo.parts, { title: '双语', segments: 2 });
    const parts = { video: [pictures(0), pictures(1)], audio: [sound(0), sound(1)] };
    await addLanguage(revision, 'bo', parts);
    const reply = await download(id, producer, '?language=bo');
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'video/mp4']);
    expect(reply.headers['content-disposition']).toContain(`${encodeURIComponent('双语')}.bo.mp4`);
    const init = mergeInits(videoInit(640, 360, Buffer.from([1, 100, 0, 30])), audioInit(128_000));
    const whole = Buffer.concat([
      init,
      ...[0, 1].flatMap((cell) => [
        mergedFragment(parts.video[cell]!, { track: 'video', sequence: 2 * cell + 1, frameRate: 25 }),
        mergedFragment(parts.audio[cell]!, { track: 'audio', sequence: 2 * cell + 2, frameRate: 25 }),
      ]),
    ]);
    expect(Buffer.from(reply.body as Buffer).equals(whole)).toBe(true);
    const from = init.length + 10;
    const rest = await download(id, producer, '?language=bo').set('Range', `bytes=${from}-`);
    expect(Buffer.from(rest.body as Buffer).equals(whole.subarray(from))).toBe(true);
  });

  it('is refused before it is passed and after it was withdrawn, for unknown languages, and to members', async () => {
    const film = await makeReadyFilm(yuanbo.parts, { title: '防汛', segments: 2, owner: ownerOf(producer) });
    const code = async (who: TestPerson, query = '') => {
      const reply = await api().get(`/api/films/${film.id}/download${query}`).set(who.headers);
      return [reply.status, reply.body.code];
    };
    expect(await code(producer, '?language=bo')).toEqual([404, 'not_found']);
    expect(await code(producer, '?rung=1080p')).toEqual([404, 'not_found']);
    expect(await code(producer, '?rung=../x')).toEqual([400, 'bad_request']);
    expect(await code(await yuanbo.signInAs('member'))).toEqual([403, 'forbidden']);
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state: 'review' }));
    expect(await code(producer)).toEqual([409, 'not_ready']);
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state: 'withdrawn' }));
    expect(await code(reviewer)).toEqual([410, 'withdrawn']);
  });
});

// Last: its weeks end everybody's session.
describe('the revision that a re-encode replaced', () => {
  it('stays while a channel shows it or gives it as catch-up, and goes a day after nobody does', async () => {
    const { parts, time } = yuanbo;
    await makeReadyFilm(parts, { title: '垫片', segments: 15, segmentBytes: 200, id: slateFilmId });
    await parts.tend();
    const [planned, unplanned] = [
      await makeReadyFilm(parts, { title: '春耕', segments: 4 }),
      await makeReadyFilm(parts, { title: '秋收', segments: 4 }),
    ];
    const office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer };
    const items = [{ filmId: planned.id, start: '2026-12-01T19:30:00+08:00' }];
    const plan = await approvedPlan(yuanbo.app, office, { from: '2026-12-01', to: '2026-12-02', items });
    expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
    for (const { id, revision } of [planned, unplanned]) {
      const renewed = { revision: newId(time.nowMs), earlierRevisions: [revision], stateAtMs: time.nowMs };
      await parts.films.change(id, (film) => ({ ...film, ...renewed }));
    }
    const here = async (dayMs: number, sweep: (swept: typeof parts) => Promise<void> = sweepRevisions) => {
      time.nowMs += dayMs;
      await parts.tend();
      await sweep(parts);
      const found = [planned, unplanned].map(async ({ id, revision }) => [
        (await stored(id)).earlierRevisions,
        (await parts.storage.stat(manifestKey(revision))) !== undefined,
      ]);
      return Promise.all(found);
    };
    const day = 86_400_000;
    expect(await here(day / 2)).toEqual([
      [[planned.revision], true],
      [[unplanned.revision], true],
    ]);
    expect(await here(day, reconcileLibrary)).toEqual([
      [[planned.revision], true],
      [undefined, false],
    ]);
    // Catch-up is kept for 30 days.
    expect((await here(28 * day))[0]).toEqual([[planned.revision], true]);
    expect((await here(2 * day))[0]).toEqual([undefined, false]);
    expect((await stored(planned.id)).state).toBe('ready');
  });
});

const pictures = (cell: number): Buffer =>
  videoSegment({
    cell,
    frameTicks: 3600,
    video: [{ data: Buffer.alloc(90 + cell, 1), isKey: true, ptsTicks: cell * 360_000, decodeIndex: cell * 100 }],
  });
const sound = (cell: number): Buffer => audioSegment(cell, cell * 188, [Buffer.alloc(40 + cell, 2)]);

/** Puts package `cmaf` with a second language beside the film's `ts`. */
async function addLanguage(
  revision: string,
  language: string,
  { video, audio }: { readonly video: readonly Buffer[]; readonly audio: readonly Buffer[] },
): Promise<void> {
  const { storage } = yuanbo.parts;
  const folders = {
    video: `revisions/${revision}/chunks/00000-test/cmaf`,
    audio: `revisions/${revision}/audio/${language}`,
  };
  const init = videoInit(640, 360, Buffer.from([1, 100, 0, 30]));
  await storage.put(`${folders.video}/360p/init.mp4`, init);
  await storage.put(`${folders.audio}/init.mp4`, audioInit(128_000));
  const put = (folder: string, segments: readonly Buffer[]) =>
    Promise.all(segments.map((bytes, cell) => storage.put(`${folder}/0000${cell}.m4s`, bytes)));
  await put(`${folders.video}/360p`, video);
  await put(folders.audio, audio);
  const files = (segments: readonly Buffer[]) =>
    segments.map(({ length }) => ({ bytes: length, sha256: '0'.repeat(64) }));
  const manifest = packageManifestSchema.parse(JSON.parse((await storage.read(manifestKey(revision))).toString()));
  const rung = manifest.ts.rungs.find(({ name }) => name === '360p')!;
  const withLanguage = {
    ...manifest,
    languages: [...manifest.languages, language],
    cmaf: {
      rungs: [{ ...rung, files: files(video), init: `${folders.video}/360p/init.mp4`, initFile: files([init])[0]! }],
      chunks: [{ firstSegment: 0, segments: video.length, path: folders.video }],
      audio: [{ language, name: language, isDefault: false, path: folders.audio, files: files(audio) }],
      subtitles: [],
    },
  } satisfies PackageManifest;
  await storage.put(manifestKey(revision), Buffer.from(JSON.stringify(withLanguage)));
}
