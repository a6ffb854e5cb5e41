import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Track } from '../../../../media/contract/tracks.ts';
import { readSubtitles } from '../../../../media/film/read-subtitles.ts';
import { packageFile } from '../../../../media/film/package-files.ts';
import { encodePlanKey, manifestKey, sourceKey } from '../../../../media/storage/keys.ts';
import { applyResult } from '../../../../server/library/apply-transcode-result.ts';
import { prepareJobOf } from '../../../../server/library/request-transcode.ts';
import { sweepRevisions } from '../../../../server/library/sweep-revisions.ts';
import { detectSandbox } from '../../../../transcoder/ffmpeg/sandbox.ts';
import { runJob } from '../../../../transcoder/run-job.ts';
import { makeReadyFilm, type FilmOptions } from '../../make-ready-film.ts';
import type { TestPerson } from '../../start-app.ts';
import { type LibraryApp, startLibrary } from './library-app.ts';
import { planOf } from './paper-worker.ts';

let yuanbo: LibraryApp;
let producer: TestPerson;
let reviewer: TestPerson;
const folder = mkdtempSync(join(tmpdir(), 'yuanbo-tracks-'));
beforeAll(async () => {
  yuanbo = await startLibrary();
  producer = await yuanbo.signInAs('producer');
  reviewer = await yuanbo.signInAs('reviewer');
});
afterAll(async () => {
  await yuanbo.stop();
  rmSync(folder, { recursive: true, force: true });
});

const api = () => request(yuanbo.app);
const stored = async (id: string) => (await yuanbo.parts.films.find(id))!;
const tracksOf = async (filmId: string): Promise<Track[]> =>
  (await api().get(`/api/films/${filmId}/tracks`).set(producer.headers)).body.items;

/** A film of the producer, 12 s long, with what a later job asks its shelf for. */
async function film(options: FilmOptions) {
  const owner = { id: producer.user.id, name: producer.user.name };
  const made = await makeReadyFilm(yuanbo.parts, { segments: 3, owner, ...options });
  const plan = { ...planOf(Buffer.from('12'), 'zh-CN'), revision: made.revision };
  await yuanbo.parts.storage.put(encodePlanKey(made.revision), Buffer.from(JSON.stringify(plan)));
  return made;
}

const srt = (words: string) =>
  `1\n00:00:01,000 --> 00:00:06,000\n${words}\n\n2\n00:00:05,000 --> 00:00:20,000\n下一句\n`;
const add = (filmId: string, language: string, content: Buffer, who = producer) =>
  api()
    .post(`/api/films/${filmId}/tracks`)
    .set(who.headers)
    .send({ kind: 'subtitles', language, filename: 'a.srt', content: content.toString('base64') });
async function added(filmId: string, language: string, words = '第一句'): Promise<Track> {
  const reply = await add(filmId, language, Buffer.from(srt(words)));
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.track;
}

/** Does what the worker is asked to for a film of its own, as often as it is asked. */
async function make(track: Track): Promise<string> {
  const { parts } = yuanbo;
  const id = track.filmId!;
  for (let round = 0; (await parts.films.find(id))?.state === 'probing' && round < 3; round += 1) {
    const job = await prepareJobOf(parts, await stored(id));
    const work = { storage: parts.storage, log: parts.log, sandbox: detectSandbox(), sourceFolder: join(folder, 's') };
    const attempt = { token: `t${round}`, folder: join(folder, 'w'), signal: new AbortController().signal };
    await applyResult(parts, job, await runJob(work, job, { ...attempt, report: () => undefined }));
  }
  return id;
}
const review = (id: string, decision = 'pass') =>
  api()
    .post(`/api/films/${id}/reviews`)
    .set(reviewer.headers)
    .send(decision === 'pass' ? { decision } : { decision, reason: '字幕有错' });

describe('subtitles that are added to a film', () => {
  it('leave the film as it is until they are passed, and refer to its pictures by their old keys', async () => {
    const { id, revision } = await film({ title: '果树修剪' });
    const gb18030 = Buffer.from([0xb5, 0xda, 0xd2, 0xbb, 0xbe, 0xe4]);
    const [head, tail] = srt('WORDS')
      .split('WORDS')
      .map((part) => Buffer.from(part.replaceAll('下一句', 'next')));
    const reply = await add(id, 'zh-CN', Buffer.concat([head!, gb18030, tail!]));
    expect(reply.body.findings).toMatchObject([
      { severity: 'warning', line: 6, code: 'over_end' },
      { severity: 'warning', line: 6, code: 'overlap' },
    ]);
    const track: Track = reply.body.track;
    expect(track).toMatchObject({ state: 'making', change: 'add', isOwn: false, filename: 'a.srt' });
    const ownId = await make(track);
    expect(await stored(id)).toMatchObject({ state: 'ready', revision });
    expect(await tracksOf(id)).toMatchObject([{ id: 'audio-zh-CN', isOwn: true, state: 'ready' }, { state: 'review' }]);
    expect(
      (await api().post(`/api/films/${ownId}/reviews`).set(producer.headers).send({ decision: 'pass' })).status,
    ).toBe(403);
    expect((await review(ownId)).body).toMatchObject({ id, state: 'ready', subtitles: ['zh-CN'] });
    const renewed = await stored(id);
    const before = (await yuanbo.parts.shelf.manifest(revision))!;
    const after = (await yuanbo.parts.shelf.manifest(renewed.revision!))!;
    expect(packageFile(after, 'ts/720p/00001.ts')).toEqual(packageFile(before, 'ts/720p/00001.ts'));
    expect(after.base).toBe(revision);
    const text = await api().get(`/api/films/${id}/tracks/${track.id}/text`).set(producer.headers);
    expect(text.headers['content-type']).toContain('text/vtt');
    expect(readSubtitles(text.text, Infinity).cues).toEqual([
      { startMs: 1000, endMs: 6000, text: '第一句' },
      { startMs: 5000, endMs: 12_000, text: 'next' },
    ]);
    // The old revision is not on air any more, but its pictures are.
    const { films, shelf, storage, clock } = yuanbo.parts;
    const filmCatalogue = { revisionsInUse: [() => Promise.resolve(new Set<string>())] };
    await sweepRevisions({ films, shelf, storage, filmCatalogue, clock: () => clock() + 2 * 86_400_000 });
    expect(await storage.stat(manifestKey(revision))).toBeDefined();
  });

  it('are joined when several wait, so that passing one loses none', async () => {
    const { id } = await film({ title: '两种字幕' });
    const [english, tibetan] = [await added(id, 'en'), await added(id, 'bo')];
    await make(english);
    const ownId = await make(tibetan);
    expect((await tracksOf(id)).map(({ language, state, filmId }) => [language, state, filmId])).toEqual([
      ['zh-CN', 'ready', undefined],
      ['en', 'review', ownId],
      ['bo', 'review', ownId],
    ]);
    expect((await review(ownId)).body).toMatchObject({ subtitles: ['en', 'bo'] });
    expect(await yuanbo.parts.films.find(english.filmId!)).toBeUndefined();
    expect((await stored(id)).tracks?.map(({ language }) => language)).toEqual(['en', 'bo']);
  });

  it('join a film that is in review at once, and the passes that it has lapse', async () => {
    const { id, revision } = await film({ title: '在审影片', state: 'review' });
    const by = { id: reviewer.user.id, name: reviewer.user.name };
    await yuanbo.parts.films.change(id, (now) => ({
      ...now,
      reviews: [{ by, decision: 'pass', atMs: yuanbo.time.nowMs, revision }],
    }));
    await make(await added(id, 'en'));
    const reply = await api().get(`/api/films/${id}`).set(producer.headers);
    expect(reply.body).toMatchObject({ state: 'review', subtitles: ['en'], reviews: { passed: 0 } });
    expect((await tracksOf(id)).map(({ state }) => state)).toEqual(['ready', 'ready']);
  });

  it('are taken back while they wait, removed by review when they are in the film, and replaced by their language', async () => {
    const { id } = await film({ title: '换字幕' });
    const remove = (trackId: string) => api().delete(`/api/films/${id}/tracks/${trackId}`).set(producer.headers);
    const waiting = await added(id, 'en');
    expect((await remove(waiting.id)).body.items).toHaveLength(1);
    expect(await yuanbo.parts.storage.stat(sourceKey(waiting.id))).toBeUndefined();
    await review(await make(await added(id, 'en', 'old')));
    const better = await added(id, 'en', 'new');
    expect((await review(await make(better))).body.subtitles).toEqual(['en']);
    expect((await tracksOf(id)).map((track) => track.id)).toEqual(['audio-zh-CN', better.id]);
    const [, leaving] = (await remove(better.id)).body.items as Track[];
    expect(leaving).toMatchObject({ id: better.id, change: 'remove', state: 'making' });
    await make(leaving!);
    expect((await stored(id)).package?.subtitles).toEqual(['en']);
    expect((await review(leaving!.filmId!)).body.subtitles).toEqual([]);
    expect(await tracksOf(id)).toHaveLength(1);
    const own = await remove('audio-zh-CN');
    expect([own.status, own.body.code]).toEqual([409, 'wrong_state']);
    expect((await remove('subtitles-xx')).status).toBe(409);
    expect((await remove(better.id)).status).toBe(404);
  });

  it('must be reviewed as they will be: a version that others have overtaken is made again', async () => {
    const { id } = await film({ title: '先后不同' });
    const first = await make(await added(id, 'en'));
    const second = await added(id, 'bo');
    // Somebody passes the first while the second is uploaded, and the second was made for the film before.
    await make(second);
    const overtaken = await stored(second.filmId!);
    await yuanbo.parts.films.change(id, (now) => ({
      ...now,
      tracks: [...(overtaken.tracks ?? []), { ...overtaken.tracks![0]!, id: first as never, language: 'ug' }],
    }));
    const reply = await review(second.filmId!);
    expect([reply.status, reply.body.code]).toEqual([409, 'wrong_state']);
    expect((await stored(second.filmId!)).state).toBe('probing');
  });

  it('go back to their maker with the reason of the return', async () => {
    const { id } = await film({ title: '退回字幕' });
    const track = await added(id, 'en');
    await review(await make(track), 'return');
    expect((await tracksOf(id))[1]).toMatchObject({ state: 'refused', problem: { code: 'returned' } });
  });

  it('are refused with line and cure, for foreign and unfinished films, and beyond 2 MB', async () => {
    const { id } = await film({ title: '坏字幕' });
    const bad = await add(id, 'en', Buffer.from('1\n00:00:09,000 --> 00:00:08,000\nx\n'));
    expect([bad.status, bad.body.code]).toEqual([422, 'invalid']);
    expect(bad.body.fields).toEqual([
      { path: 'content', message: 'Line 2: It ends before it begins. Correct the times of this cue.' },
    ]);
    expect((await add(id, 'en', Buffer.from([0xff, 0xfe, 0x00]))).body.detail).toMatch(/no subtitles|encoding/);
    expect((await add(id, 'en', Buffer.from(`\ufeff${srt('x')}`, 'utf16le'))).status).toBe(201);
    expect((await add(id, 'not a tag', Buffer.from(srt('x')))).status).toBe(422);
    expect((await add(id, 'en', Buffer.alloc(2_090_000, 'x'))).status).toBe(422);
    expect((await add(id, 'en', Buffer.alloc(2_150_000, 'x'))).status).toBeGreaterThanOrEqual(400);
    expect((await add(id, 'en', Buffer.from(srt('x')), await yuanbo.signInAs('producer'))).status).toBe(404);
    const early = await film({ title: '还在转码', state: 'encoding' });
    const refusal = await add(early.id, 'en', Buffer.from(srt('x')));
    expect([refusal.status, refusal.body.code]).toEqual([409, 'wrong_state']);
  });
});

describe('a language track', () => {
  const upload = (filmId: string, language: string, who = producer) => {
    const fields = { filename: 'en.mp3', trackOf: filmId, trackName: 'English', language };
    const metadata = Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
    return api()
      .post('/api/uploads')
      .set({
        ...who.headers,
        'Tus-Resumable': '1.0.0',
        'Upload-Length': '1000',
        'Upload-Metadata': metadata.join(','),
      });
  };

  it('is uploaded by tus for its film, and seen on its way', async () => {
    const { id } = await film({ title: '加英语' });
    const reply = await upload(id, 'en');
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    const filmId = reply.headers['location']!.split('/').at(-1);
    expect((await tracksOf(id))[1]).toMatchObject({
      ...{ id: filmId, filmId, kind: 'audio', language: 'en', name: 'English', state: 'uploading', ratio: 0 },
    });
    expect(await stored(filmId!)).toMatchObject({ renews: id, title: '加英语（新音轨 en）' });
    expect((await api().delete(`/api/films/${id}`).set(producer.headers)).status).toBe(204);
    expect(await yuanbo.parts.films.find(filmId!)).toBeUndefined();
  });

  it('is refused in the language of the film’s own sound, and for the film of somebody else', async () => {
    const { id } = await film({ title: '同一种话' });
    const own = await upload(id, 'zh-cn');
    expect([own.status, own.body.code]).toEqual([422, 'invalid']);
    expect((await upload(id, 'en', await yuanbo.signInAs('producer'))).status).toBe(404);
  });
});

describe('encoding a film with added tracks anew', () => {
  it('makes its tracks again for the new pictures before anybody reviews it', async () => {
    const { id } = await film({ title: '重新转码带字幕' });
    await review(await make(await added(id, 'en')));
    await yuanbo.parts.storage.put(sourceKey(id), Buffer.from('source'));
    const reply = await api().post(`/api/films/${id}/reencode`).set(producer.headers);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    const fresh = await film({ title: '新的画面' });
    const facts = { revision: fresh.revision, sourceSha256: 'c'.repeat(64), durationMs: 12_000, chunks: 1 };
    const job = await prepareJobOf(yuanbo.parts, await stored(reply.body.id));
    expect(job.kind).toBe('prepare');
    await applyResult(yuanbo.parts, job, {
      outcome: 'planned',
      ...facts,
      languages: ['zh-CN'],
      rungs: ['360p'],
      warnings: [],
    });
    expect(await prepareJobOf(yuanbo.parts, await stored(reply.body.id))).toMatchObject({
      kind: 'tracks',
      base: fresh.revision,
    });
    await make({ filmId: reply.body.id } as Track);
    expect(await stored(reply.body.id)).toMatchObject({ state: 'review', package: { subtitles: ['en'] } });
    expect((await review(reply.body.id)).body).toMatchObject({ id, state: 'ready', subtitles: ['en'] });
    expect((await stored(id)).tracks).toHaveLength(1);
  });
});
