import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceKey } from '../../../../media/storage/keys.ts';
import { applyResult } from '../../../../server/library/apply-transcode-result.ts';
import type { FilmRecord, StoredTrack } from '../../../../server/library/film-record.ts';
import { dropLeftSources } from '../../../../server/library/drop-left-sources.ts';
import { sourceKeyOf } from '../../../../server/library/film-source.ts';
import { reconcileLibrary } from '../../../../server/library/reconcile-library.ts';
import { newId } from '../../../../server/new-id.ts';
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

const ownerOf = ({ user }: TestPerson) => ({ id: user.id, name: user.name });
const stored = (id: string) => yuanbo.parts.films.find(id);
const isKept = async (id: string) => (await yuanbo.parts.storage.stat(sourceKey(id))) !== undefined;

async function film(more: Partial<FilmRecord> = {}): Promise<FilmRecord> {
  const made = await shelveFilm(yuanbo.parts, { owner: ownerOf(producer), state: 'ready', ...more });
  await yuanbo.parts.storage.put(sourceKey(made.id), Buffer.from('old file'));
  return made;
}
/** Sends another file for a film in one request. */
async function replace(id: string, content = 'new file', who = producer) {
  const metadata = Object.entries({ filename: 'mended.mp4', replaces: id });
  const reply = await fetch(`${yuanbo.url}/api/uploads`, {
    method: 'POST',
    headers: {
      ...who.headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(content.length),
      'Upload-Metadata': metadata.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(','),
      'Content-Type': 'application/offset+octet-stream',
    },
    body: content,
  });
  const text = await reply.text();
  const problem = (reply.ok ? {} : JSON.parse(text)) as { code?: string; detail?: string };
  return { status: reply.status, ...problem, id: reply.headers.get('location')?.split('/').at(-1) ?? '' };
}
/** The new version as it is when its package is whole. */
const encode = async (id: string) =>
  (await yuanbo.parts.films.change(id, (now) => ({
    ...now,
    ...{ state: 'review', revision: newId(yuanbo.time.nowMs), playable: true, sourceSha256: 'e'.repeat(64) },
    ...{ durationMs: 12_000, package: { ...whole.package!, durationMs: 12_000 } },
  })))!;
let whole: FilmRecord;
beforeAll(async () => {
  whole = await film({ title: '样片' });
});
const review = (id: string, decision: 'pass' | 'return', who = reviewer) =>
  request(yuanbo.app)
    .post(`/api/films/${id}/reviews`)
    .set(who.headers)
    .send({ decision, reason: '画面太暗', positionMs: 75_000 });
const versions = async (id: string) =>
  (await request(yuanbo.app).get(`/api/films/${id}/versions`).set(producer.headers)).body.items as {
    role: string;
    revision?: string;
    change?: string;
    film?: { id: string; state: string };
  }[];

// First, because every film that waits for Redis makes the reconciler wait too: it is away in this file.
describe('files that nothing needs any more', () => {
  it('are removed: of a track that a review took away, and never one that the film has', async () => {
    const atMs = yuanbo.time.nowMs;
    const track = (language: string): StoredTrack => ({
      ...{ id: newId(atMs), kind: 'subtitles', language, name: language, by: ownerOf(producer), addedAtMs: atMs },
    });
    const [kept, removed] = [track('zh-CN'), track('bo')];
    const old = await film({ tracks: [kept, removed] });
    for (const { id } of [kept, removed]) await yuanbo.parts.storage.put(sourceKey(id), Buffer.from('WEBVTT'));
    const reply = await request(yuanbo.app).delete(`/api/films/${old.id}/tracks/${removed.id}`).set(producer.headers);
    expect(reply.status).toBe(200);
    const [waiting] = await yuanbo.parts.films.renewalsOf(old.id);
    await yuanbo.parts.films.change(waiting!.id, (now) => ({
      ...now,
      ...{ state: 'ready', revision: newId(atMs), package: whole.package!, durationMs: 10_000, tracks: [kept] },
    }));
    await reconcileLibrary(yuanbo.parts);
    expect((await stored(old.id))?.tracks).toMatchObject([{ id: kept.id }]);
    expect([await isKept(kept.id), await isKept(removed.id), await isKept(old.id)]).toEqual([true, false, true]);
    expect((await stored(old.id))?.leftSources).toBeUndefined();
  });
});

describe('another file for a film', () => {
  it('waits beside the film that is on air, and takes its place, name and upload when it is passed', async () => {
    const old = await film({
      poster: 0,
      reviews: [{ by: ownerOf(reviewer), decision: 'pass', atMs: yuanbo.time.nowMs, revision: whole.revision! }],
    });
    const sent = await replace(old.id);
    expect(sent.status).toBe(201);
    expect(await stored(sent.id)).toMatchObject({
      state: 'probing',
      renews: old.id,
      filename: 'mended.mp4',
      reviews: [],
    });
    expect(await stored(old.id)).toMatchObject({ state: 'ready', revision: old.revision, filename: old.filename });
    const made = await encode(sent.id);
    expect(
      (await versions(old.id)).map(({ role, change, revision, film: waiting }) => [
        role,
        change,
        revision ?? waiting?.state,
      ]),
    ).toEqual([
      ['current', undefined, old.revision],
      ['waiting', 'file', 'review'],
    ]);
    expect((await replace(old.id)).code).toBe('wrong_state');
    const again = await request(yuanbo.app).post(`/api/films/${old.id}/reencode`).set(producer.headers);
    expect([again.status, again.body.code]).toEqual([409, 'wrong_state']);

    expect((await review(sent.id, 'pass')).body).toMatchObject({
      id: old.id,
      title: old.title,
      filename: 'mended.mp4',
      revision: made.revision,
    });
    const now = (await stored(old.id))!;
    expect(now).toMatchObject({
      state: 'ready',
      durationMs: 12_000,
      sourceSha256: 'e'.repeat(64),
      earlierRevisions: [old.revision],
    });
    expect(now.poster).toBeUndefined();
    expect(await stored(sent.id)).toBeUndefined();
    expect((await versions(old.id)).map(({ role }) => role)).toEqual(['current', 'earlier']);
    await dropLeftSources(yuanbo.parts);
    expect([await isKept(old.id), await isKept(sent.id)]).toEqual([false, true]);
    expect((await yuanbo.parts.storage.read(sourceKeyOf(now))).toString()).toBe('new file');

    // A file for the second time, and then the film goes with all that is its own.
    const third = await replace(old.id, 'third file');
    await encode(third.id);
    expect((await review(third.id, 'pass')).status).toBe(201);
    expect((await request(yuanbo.app).delete(`/api/films/${old.id}`).set(producer.headers)).status).toBe(204);
    expect([await isKept(sent.id), await isKept(third.id)]).toEqual([false, false]);
  });

  it('goes into a film that nobody has passed at once: it is made and reviewed again, and passes lapse', async () => {
    const returned = await film({ state: 'review' });
    const verdict = await review(returned.id, 'return');
    expect(verdict.body).toMatchObject({ state: 'refused', problem: { code: 'returned' } });
    expect(verdict.body.problem.message).toContain('1:15 画面太暗');
    expect(
      (await request(yuanbo.app).get(`/api/films/${returned.id}`).set(producer.headers)).body.reviews.entries,
    ).toMatchObject([{ decision: 'return', positionMs: 75_000 }]);
    const sent = await replace(returned.id);
    expect(await stored(sent.id)).toBeUndefined();
    const begun = (await stored(returned.id))!;
    expect(begun).toMatchObject({ state: 'probing', attempt: 1, filename: 'mended.mp4', sourceId: sent.id });
    expect([begun.revision, begun.package, begun.problem, begun.sourceSha256]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect((await yuanbo.parts.storage.read(sourceKeyOf(begun))).toString()).toBe('new file');
  });

  it('is refused where it changes nothing, for a film that is made or was withdrawn, and to others', async () => {
    const old = await film({ sourceSha256: 'f'.repeat(64) });
    const sent = await replace(old.id);
    const job = {
      kind: 'prepare',
      filmId: newIdOf(sent.id),
      attempt: 0,
      sourceKey: sourceKey(sent.id),
      language: 'zh-CN',
    } as const;
    await applyResult(yuanbo.parts, job, {
      ...{ outcome: 'planned', revision: newId(yuanbo.time.nowMs), sourceSha256: 'f'.repeat(64), durationMs: 10_000 },
      ...{ chunks: 1, languages: ['zh-CN'], rungs: ['360p'], warnings: [] },
    });
    expect(await stored(sent.id)).toMatchObject({ state: 'refused', problem: { code: 'same_file' } });
    expect((await replace((await film({ state: 'encoding' })).id)).code).toBe('wrong_state');
    expect((await replace((await film({ state: 'withdrawn' })).id)).code).toBe('wrong_state');
    expect((await replace(sent.id)).detail).toMatch(/new version of another film/);
    expect((await replace(old.id, 'x', await yuanbo.signInAs('producer'))).status).toBe(404);
  });
});

const newIdOf = (id: string): FilmRecord['id'] => id as FilmRecord['id'];
