import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePlaybackPath } from '../../../../media/channel/playback-path.ts';
import { slateFilmId } from '../../../../server/library/slate-id.ts';
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

const api = () => request(yuanbo.app);
const person = ({ user }: TestPerson) => ({ id: user.id, name: user.name });
const judge = (id: string, who: TestPerson, body: object) =>
  api().post(`/api/films/${id}/reviews`).set(who.headers).send(body);
const pass = (id: string, who: TestPerson) => judge(id, who, { decision: 'pass' });

describe('reviewing a film', () => {
  it('makes it ready with one pass, and says who passed it to those who judge', async () => {
    const film = await shelveFilm(yuanbo.parts);
    const reply = await pass(film.id, reviewer);
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ id: film.id, state: 'ready', reviews: { needed: 1, passed: 1 } });
    const anyone = await api().get(`/api/films/${film.id}`);
    expect(anyone.status).toBe(200);
    expect(anyone.body.reviews).toBeUndefined();
    expect(anyone.body.posterPath).toMatch(/^\/p\/.+\/poster\.jpg$/);
  });

  it('needs as many people as the category says, each once', async () => {
    await yuanbo.parts.categories.add({ code: 'strict', name: '重点', reviewsNeeded: 2 });
    const film = await shelveFilm(yuanbo.parts, { category: 'strict' });
    expect((await pass(film.id, reviewer)).body).toMatchObject({ state: 'review', reviews: { needed: 2, passed: 1 } });
    const again = await pass(film.id, reviewer);
    expect([again.status, again.body.code]).toEqual([409, 'same_person']);
    const other = await yuanbo.signInAs('reviewer');
    expect((await pass(film.id, other)).body.state).toBe('ready');
    expect((await pass(film.id, other)).body.code).toBe('same_person');
  });

  it('counts two people who pass at the same instant as two', async () => {
    await yuanbo.parts.categories.add({ code: 'three', name: '三审', reviewsNeeded: 3 });
    const film = await shelveFilm(yuanbo.parts, { category: 'three' });
    const people = await Promise.all([1, 2, 3].map(() => yuanbo.signInAs('reviewer')));
    const replies = await Promise.all([...people, people[0]!].map((who) => pass(film.id, who)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409]);
    expect((await yuanbo.parts.films.find(film.id))?.state).toBe('ready');
  });

  it('refuses one’s own film, whatever other roles one has', async () => {
    const admin = await yuanbo.signInAs('admin');
    const film = await shelveFilm(yuanbo.parts, { owner: person(admin) });
    const reply = await pass(film.id, admin);
    expect([reply.status, reply.body.code]).toEqual([409, 'same_person']);
  });

  it('returns a film with a reason, and a retry brings it back with no pass left', async () => {
    await yuanbo.parts.categories.add({ code: 'twice', name: '两审', reviewsNeeded: 2 });
    const film = await shelveFilm(yuanbo.parts, { owner: person(producer), category: 'twice' });
    await pass(film.id, reviewer);
    expect((await judge(film.id, reviewer, { decision: 'return' })).status).toBe(422);
    const other = await yuanbo.signInAs('reviewer');
    const returned = await judge(film.id, other, { decision: 'return', reason: '片头错字' });
    expect(returned.body).toMatchObject({ state: 'refused', problem: { code: 'returned' } });
    expect(returned.body.problem.message).toContain('片头错字');
    const changed = await api().patch(`/api/films/${film.id}`).set(producer.headers).send({ title: '新片名' });
    expect([changed.status, changed.body.title]).toEqual([200, '新片名']);
    const back = await api().post(`/api/films/${film.id}/retry`).set(producer.headers);
    expect(back.body).toMatchObject({ state: 'review', reviews: { needed: 2, passed: 0 } });
    expect(back.body.problem).toBeUndefined();
    expect((await pass(film.id, reviewer)).body.reviews.passed).toBe(1);
  });

  it('does not count a pass of other bytes', async () => {
    const film = await shelveFilm(yuanbo.parts, {
      category: 'twice',
      reviews: [{ by: person(reviewer), decision: 'pass', atMs: yuanbo.time.nowMs, revision: newId(1) }],
    });
    expect((await pass(film.id, reviewer)).body).toMatchObject({ state: 'review', reviews: { passed: 1 } });
  });

  it('says what is wrong: wrong state 409, no role 403, no sign-in 401, unknown 404', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'failed' });
    expect((await pass(film.id, reviewer)).body.code).toBe('wrong_state');
    const member = await yuanbo.signInAs('member');
    expect((await pass(film.id, member)).status).toBe(403);
    expect((await api().post(`/api/films/${film.id}/reviews`).send({ decision: 'pass' })).status).toBe(401);
    expect((await pass(newId(1), reviewer)).status).toBe(404);
    expect((await pass('..', reviewer)).status).not.toBe(500);
  });

  it('is done by township people for their township only', async () => {
    const township = await yuanbo.signInAs('township', 't1');
    const here = await shelveFilm(yuanbo.parts, { place: 't1' });
    const there = await shelveFilm(yuanbo.parts, { place: 't2' });
    expect((await pass(here.id, township)).status).toBe(201);
    expect((await pass(there.id, township)).status).toBe(404);
  });
});

describe('who sees which film', () => {
  it('shows ready public films to everybody, those of members after sign-in, unfinished ones to owner and office', async () => {
    const open = await shelveFilm(yuanbo.parts, { state: 'ready' });
    const closed = await shelveFilm(yuanbo.parts, { state: 'ready', audience: 'members' });
    const draft = await shelveFilm(yuanbo.parts, { owner: person(producer) });
    const stranger = await yuanbo.signInAs('producer');
    const member = await yuanbo.signInAs('member');
    const see = async (id: string, who?: TestPerson) =>
      (
        await api()
          .get(`/api/films/${id}`)
          .set(who?.headers ?? {})
      ).status;
    expect(await see(open.id)).toBe(200);
    expect(await see(closed.id)).toBe(401);
    expect(await see(closed.id, member)).toBe(200);
    expect([await see(draft.id), await see(draft.id, member), await see(draft.id, stranger)]).toEqual([404, 404, 404]);
    expect([await see(draft.id, producer), await see(draft.id, reviewer)]).toEqual([200, 200]);
    const foreign = await api().get(`/api/films/${draft.id}`).set(stranger.headers);
    const unknown = await api()
      .get(`/api/films/${newId(1)}`)
      .set(stranger.headers);
    expect(foreign.body.detail).toBe(unknown.body.detail);
  });

  it('lists by the same rule, newest first, in pages that miss and repeat nothing', async () => {
    const mine = await yuanbo.signInAs('producer');
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      yuanbo.time.nowMs += 10;
      const owner = count % 2 === 0 ? { owner: person(mine) } : {};
      ids.unshift((await shelveFilm(yuanbo.parts, { title: '分页测试', ...owner })).id);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const reply = await api().get(`/api/films?query=分页&limit=2${cursor}`).set(mine.headers);
      expect(reply.status).toBe(200);
      expect(reply.body.items.length).toBeLessThanOrEqual(2);
      seen.push(...reply.body.items.map((film: { id: string }) => film.id));
      cursor = reply.body.nextCursor === undefined ? '' : `&cursor=${reply.body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(ids.filter((_id, at) => at % 2 === 0));
    const anonymous = await api().get('/api/films?query=分页');
    expect(anonymous.body.items).toEqual([]);
    expect((await api().get('/api/films?cursor=nonsense')).status).toBe(400);
  });

  it('gives nobody who did not sign in a film that is not ready, whatever state is asked for', async () => {
    await shelveFilm(yuanbo.parts, { state: 'review', title: '审核中' });
    const replies = await Promise.all(
      ['review', 'withdrawn', 'ready'].map((state) => api().get(`/api/films?state=${state}`)),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(replies[0]?.body.items).toEqual([]);
    for (const film of replies[2]?.body.items ?? []) expect(film).toMatchObject({ state: 'ready', audience: 'public' });
  });

  it('finds titles by characters, pinyin and initials, literally, within a category', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'ready', title: '果树冬季修剪（重庆）', category: 'wealth' });
    const find = async (query: string) =>
      (await api().get(`/api/films?${new URLSearchParams({ query })}`)).body.items.map(({ id }: { id: string }) => id);
    for (const query of ['冬季', 'dongji', 'gsdj', 'CHONGQING', 'zhongqing', '（重庆）']) {
      expect([query, (await find(query)).includes(film.id)]).toEqual([query, true]);
    }
    for (const query of ['.*', '(a+)+$', '{"$gt":""}', '冬夏', '修剪修剪修剪修剪修剪'])
      expect(await find(query)).toEqual([]);
    const inCategory = await api().get('/api/films?category=wealth&query=guoshu');
    expect(inCategory.body.items).toHaveLength(1);
    expect((await api().get('/api/films?category=theory&query=guoshu')).body.items).toEqual([]);
    expect((await api().get(`/api/films?query=${'长'.repeat(101)}`)).status).toBe(400);
  });

  it('finds what has one letter newest first, page by page, among the newest films and long behind them', async () => {
    const library = await startLibrary();
    const titles = Array.from({ length: 430 }, (_, at) => (at < 5 ? `玩具 ${at}` : at % 2 === 0 ? '水稻' : '果树'));
    const atMs = library.parts.clock();
    await Promise.all(
      titles.map((title, at) => shelveFilm(library.parts, { state: 'ready', id: newId(atMs + at), title })),
    );
    const found = async (query: string): Promise<readonly string[]> => {
      const all: string[] = [];
      for (let cursor = ''; ;) {
        const { body } = await request(library.app).get(`/api/films?limit=150&query=${query}${cursor}`);
        all.push(...(body.items as { title: string }[]).map(({ title }) => title));
        if (body.nextCursor === undefined) return all;
        cursor = `&cursor=${String(body.nextCursor)}`;
      }
    };
    const having = (word: string) => titles.filter((title) => title.includes(word)).reverse();
    expect(await found('w')).toEqual(having('玩具'));
    expect(await found('g')).toEqual(having('果树'));
    await library.stop();
  });
});

describe('playing a film', () => {
  it('gives everybody the URL of a ready public film', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'ready' });
    const reply = await api().get(`/api/films/${film.id}/playback`);
    expect(reply.status).toBe(200);
    expect(reply.body.hls).toMatch(new RegExp(`^/p/[^/]+/vod/${film.id}/${film.revision}/.*multivariant\\.m3u8$`));
    expect(reply.body.languages).toBeUndefined();
    expect(reply.body.storyboard).toBeUndefined();
    expect(reply.body.posters).toEqual([reply.body.hls.replace('ts/multivariant.m3u8', 'poster-0.jpg')]);
    expect(reply.body.expiresAtMs).toBeGreaterThan(yuanbo.time.nowMs);
  });

  it('lets owner and reviewers preview, 409 before the first part, 404 for others', async () => {
    const film = await shelveFilm(yuanbo.parts, { owner: person(producer), state: 'encoding', playable: false });
    const play = (who?: TestPerson) =>
      api()
        .get(`/api/films/${film.id}/playback`)
        .set(who?.headers ?? {});
    expect((await play(producer)).body.code).toBe('not_ready');
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, playable: true }));
    expect([(await play(producer)).status, (await play(reviewer)).status]).toEqual([200, 200]);
    const scheduler = await yuanbo.signInAs('scheduler');
    expect([(await play()).status, (await play(scheduler)).status]).toEqual([404, 404]);
    // The scheduler sees that there is a film, and gets no token that would open it by its poster.
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, package: { ...now.package!, hasPoster: true } }));
    const seen = async (who: TestPerson) => (await api().get(`/api/films/${film.id}`).set(who.headers)).body;
    expect(await seen(scheduler)).toMatchObject({ id: film.id, state: 'encoding' });
    expect((await seen(scheduler)).posterPath).toBeUndefined();
    expect((await seen(reviewer)).posterPath).toMatch(/poster\.jpg$/);
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state: 'review' }));
  });

  it('names the storyboard and every poster candidate', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'ready' });
    await yuanbo.parts.films.change(film.id, (now) => ({
      ...now,
      package: { ...now.package!, posters: 8, hasStoryboard: true },
    }));
    const { body } = await api().get(`/api/films/${film.id}/playback`);
    expect(body.storyboard).toMatch(/^\/p\/.*\/storyboard\/storyboard\.vtt$/);
    expect(body.posters).toHaveLength(8);
    expect(parsePlaybackPath(body.posters[7])).toMatchObject({ kind: 'vod', filmId: film.id, file: 'poster-7.jpg' });
    expect(parsePlaybackPath(body.storyboard)).toBeDefined();
  });

  it('offers languages where the package has them', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'ready' });
    await yuanbo.parts.films.change(film.id, (now) => ({
      ...now,
      package: { ...now.package!, packages: ['ts', 'cmaf'] },
    }));
    const reply = await api().get(`/api/films/${film.id}/playback`);
    expect(reply.body.languages).toMatch(/\/cmaf\/multivariant\.m3u8$/);
  });
});

describe('withdrawing a film', () => {
  it('takes it and every film of the same bytes away, and other replicas know', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'ready' });
    const twin = await shelveFilm(yuanbo.parts, { state: 'ready', revision: film.revision!, duplicateOf: film.id });
    const told: string[] = [];
    yuanbo.parts.filmCatalogue.onWithdrawn.push((gone) => {
      told.push(gone.filmId);
      return Promise.resolve();
    });
    const reply = await api().post(`/api/films/${film.id}/withdraw`).set(reviewer.headers).send({ reason: '内容有误' });
    expect(reply.body).toMatchObject({ state: 'withdrawn', problem: { code: 'withdrawn' } });
    const replica = await yuanbo.replica();
    expect(await replica.parts.filmCatalogue.withdrawnFilms()).toEqual(expect.arrayContaining([film.id, twin.id]));
    expect(told).toEqual(expect.arrayContaining([film.id, twin.id]));
    expect((await api().get(`/api/films/${twin.id}`)).status).toBe(404);
    expect((await api().get(`/api/films/${film.id}/playback`).set(reviewer.headers)).body.code).toBe('withdrawn');
    const audit = await yuanbo.parts.audit.page(1);
    expect(audit[0]).toMatchObject({ action: 'film.withdraw', object: `film/${film.id}`, detail: '内容有误' });
  });

  it('can be handed in again, and needs new passes', async () => {
    const film = await shelveFilm(yuanbo.parts, { owner: person(producer) });
    await pass(film.id, reviewer);
    await api().post(`/api/films/${film.id}/withdraw`).set(reviewer.headers).send({ reason: '先停' });
    const back = await api().post(`/api/films/${film.id}/retry`).set(producer.headers);
    expect(back.body).toMatchObject({ state: 'review', reviews: { passed: 0 } });
    expect((await pass(film.id, reviewer)).body.state).toBe('ready');
  });

  it('is refused to producers and for films that are not there yet', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'refused', owner: person(producer) });
    const by = (who: TestPerson) => api().post(`/api/films/${film.id}/withdraw`).set(who.headers).send({ reason: 'x' });
    expect((await by(producer)).status).toBe(403);
    expect((await by(reviewer)).body.code).toBe('wrong_state');
  });
});

describe('deleting and changing a film', () => {
  it('refuses while a plan needs it and lists where, then deletes it with its files', async () => {
    const film = await shelveFilm(yuanbo.parts, { owner: person(producer), state: 'ready' });
    const key = `revisions/${film.revision}/manifest.json`;
    await yuanbo.parts.storage.put(`sources/${film.id}/source`, Buffer.from('source'));
    await yuanbo.parts.storage.put(key, Buffer.from('{}'));
    let uses = [{ channel: 'county', title: '水稻', startAtMs: yuanbo.time.nowMs }];
    yuanbo.parts.filmCatalogue.usesOf.push((id) => Promise.resolve(id === film.id ? uses : []));
    const refused = await api().delete(`/api/films/${film.id}`).set(producer.headers);
    expect([refused.status, refused.body.code, refused.body.findings]).toEqual([409, 'in_plan', uses]);
    uses = [];
    expect((await api().delete(`/api/films/${film.id}`).set(producer.headers)).status).toBe(204);
    expect((await api().get(`/api/films/${film.id}`).set(producer.headers)).status).toBe(404);
    expect(await yuanbo.parts.storage.stat(key)).toBeUndefined();
    expect(await yuanbo.parts.storage.stat(`sources/${film.id}/source`)).toBeUndefined();
  });

  it('leaves the slate where it is', async () => {
    const admin = await yuanbo.signInAs('admin');
    await shelveFilm(yuanbo.parts, { id: slateFilmId, state: 'ready', audience: 'members' });
    const gone = await api().delete(`/api/films/${slateFilmId}`).set(admin.headers);
    const away = await api().post(`/api/films/${slateFilmId}/withdraw`).set(admin.headers).send({ reason: 'x' });
    expect([gone.body.code, away.body.code]).toEqual(['in_plan', 'in_plan']);
    const featured = await api().put(`/api/films/${slateFilmId}/featured`).set(admin.headers).send({ featured: true });
    expect(featured.body.code).toBe('in_plan');
  });

  it('offers the slate to nobody who looks for something to watch', async () => {
    const [member, reviewing] = [await yuanbo.signInAs('member'), await yuanbo.signInAs('reviewer')];
    const idsFor = async (who: TestPerson) =>
      ((await api().get('/api/films?state=ready&limit=200').set(who.headers)).body.items as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await idsFor(reviewing)).toContain(slateFilmId);
    expect(await idsFor(member)).not.toContain(slateFilmId);
    expect((await api().get(`/api/films/${slateFilmId}`).set(member.headers)).status).toBe(404);
  });

  it('keeps the files of a revision that another film shares', async () => {
    const film = await shelveFilm(yuanbo.parts, { owner: person(producer) });
    await shelveFilm(yuanbo.parts, { revision: film.revision! });
    const key = `revisions/${film.revision}/manifest.json`;
    await yuanbo.parts.storage.put(key, Buffer.from('{}'));
    expect((await api().delete(`/api/films/${film.id}`).set(producer.headers)).status).toBe(204);
    expect(await yuanbo.parts.storage.stat(key)).toBeDefined();
  });

  it('lets the owner change words and keeps the passes; a stranger gets 404', async () => {
    const film = await shelveFilm(yuanbo.parts, { owner: person(producer) });
    await pass(film.id, reviewer);
    const change = { title: '<script>alert(1)</script>', category: 'theory', audience: 'members', synopsis: '简介' };
    const reply = await api().patch(`/api/films/${film.id}`).set(producer.headers).send(change);
    expect(reply.body).toMatchObject({ ...change, state: 'ready' });
    const stranger = await yuanbo.signInAs('producer');
    expect((await api().patch(`/api/films/${film.id}`).set(stranger.headers).send({ title: 'x' })).status).toBe(404);
    const patch = (body: object) => api().patch(`/api/films/${film.id}`).set(producer.headers).send(body);
    expect((await patch({ category: 'nothing' })).body.code).toBe('unknown_category');
    expect((await patch({ state: 'ready' })).body.code).toBe('unknown_field');
    expect((await patch({ title: 'a\u202eb' })).status).toBe(422);
  });

  it('overwrites nobody’s words where the version that was read is given, whatever the encode did meanwhile', async () => {
    const film = await shelveFilm(yuanbo.parts, {
      owner: { id: producer.user.id, name: '制播员' },
    });
    const read = await api().get(`/api/films/${film.id}`).set(producer.headers);
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state: 'ready' }));
    const patch = (ifMatch: string, title: string) =>
      api().patch(`/api/films/${film.id}`).set(producer.headers).set('If-Match', ifMatch).send({ title });
    const changed = await patch(read.headers['etag']!, '甲的片名');
    expect([changed.status, changed.body.title]).toEqual([200, '甲的片名']);
    expect((await patch(read.headers['etag']!, '乙的片名')).body).toMatchObject({ status: 412, code: 'stale' });
    expect((await patch(`"${String(changed.body.wordsVersion)}"`, '乙的片名')).status).toBe(200);
    expect((await patch('*', '丙的片名')).status).toBe(200);
  });

  it('shows the chapters of the upload until its owner writes others', async () => {
    const shelved = await shelveFilm(yuanbo.parts, { owner: person(producer) });
    const patch = (chapters: object[]) =>
      api().patch(`/api/films/${shelved.id}`).set(producer.headers).send({ chapters });
    const read = async () => (await api().get(`/api/films/${shelved.id}`).set(producer.headers)).body.chapters;
    expect(await read()).toBeUndefined();
    const source = [
      { atMs: 0, title: '' },
      { atMs: 5000, title: '<b>第二讲</b>' },
    ];
    await yuanbo.parts.films.change(shelved.id, (film) => ({
      ...film,
      package: { ...film.package!, chapters: source },
    }));
    expect(await read()).toEqual(source);
    expect((await patch([{ atMs: 1000, title: '开场' }])).body.chapters).toEqual([{ atMs: 1000, title: '开场' }]);
    expect(await read()).toEqual([{ atMs: 1000, title: '开场' }]);
    expect((await patch([])).status).toBe(200);
    expect(await read()).toBeUndefined();
    const wrong = await patch([
      { atMs: 2000, title: 'b' },
      { atMs: 1000, title: 'a' },
    ]);
    expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid']);
  });
});

describe('waiting', () => {
  it('tells a queued film how many are before it, not counting twins of its own', async () => {
    const first = await shelveFilm(yuanbo.parts, { state: 'encoding', queuedAtMs: 1 });
    const revision = newId(5);
    await shelveFilm(yuanbo.parts, { state: 'queued', queuedAtMs: 2, revision });
    const film = await shelveFilm(yuanbo.parts, { state: 'queued', queuedAtMs: 3, revision });
    const reply = await api().get(`/api/films/${film.id}`).set(reviewer.headers);
    expect(reply.body.waitingBehind).toBe(1);
    await yuanbo.parts.films.change(film.id, (now) => ({ ...now, state: 'encoding' }));
    const planned = await api().get(`/api/films/${film.id}`).set(reviewer.headers);
    expect(planned.body.waitingBehind).toBe(1);
    await yuanbo.parts.films.change(first.id, (now) => ({ ...now, state: 'review' }));
    expect((await api().get(`/api/films/${film.id}`).set(reviewer.headers)).body.waitingBehind).toBe(0);
  });

  it('shows progress and counts its time down', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'encoding' });
    const atMs = yuanbo.time.nowMs;
    await yuanbo.parts.films.noteProgress(film.id, ['encoding'], {
      phase: 'encoding',
      ratio: 0.5,
      speed: 1.8,
      etaMs: 60_000,
      atMs,
    });
    yuanbo.time.nowMs += 10_000;
    const reply = await api().get(`/api/films/${film.id}`).set(reviewer.headers);
    expect(reply.body.progress).toEqual({ phase: 'encoding', ratio: 0.5, speed: 1.8, etaMs: 50_000 });
  });
});
