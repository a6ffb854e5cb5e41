import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renewedBy } from '../../../../server/library/reencode-film.ts';
import { filmOfNewFile } from '../../../../server/library/replace-file.ts';
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

describe('the featured shelf', () => {
  const feature = (id: string, featured: boolean, who: TestPerson) =>
    api().put(`/api/films/${id}/featured`).set(who.headers).send({ featured });
  const shelf = async (): Promise<readonly string[]> => {
    const reply = await api().get('/api/films?featured=true&state=ready');
    return (reply.body.items as { id: string }[]).map(({ id }) => id);
  };

  it('is chosen by the county, newest first, and leaves a trace of who chose', async () => {
    const scheduler = await yuanbo.signInAs('scheduler');
    const atMs = yuanbo.parts.clock();
    const [older, newer, other] = [
      await shelveFilm(yuanbo.parts, { state: 'ready', id: newId(atMs + 1000) }),
      await shelveFilm(yuanbo.parts, { state: 'ready', id: newId(atMs + 2000) }),
      await shelveFilm(yuanbo.parts, { state: 'ready' }),
    ];
    for (const { id } of [older, newer]) {
      expect((await feature(id, true, scheduler)).body).toMatchObject({ id, featured: true });
    }
    const shown = await shelf();
    expect(shown.filter((id) => [older, newer, other].some((film) => film.id === id))).toEqual([newer.id, older.id]);
    const ended = await feature(newer.id, false, reviewer);
    expect([ended.status, ended.body.featured]).toEqual([200, undefined]);
    // Once more is no other deed to the shelf.
    expect((await feature(newer.id, false, reviewer)).status).toBe(200);
    expect(await shelf()).not.toContain(newer.id);
    expect((await api().get(`/api/films/${other.id}`)).body.featured).toBeUndefined();
    const admin = await yuanbo.signInAs('admin');
    const audit = await api().get(`/api/audit?noun=film&query=${older.id}`).set(admin.headers);
    expect(audit.body.items[0]).toMatchObject({ action: 'film.feature', object: `film/${older.id}` });
  });

  it('is not filled by producers and townships, and shows nothing that is not ready or for members only', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'ready', owner: person(producer) });
    expect((await feature(film.id, true, producer)).status).toBe(403);
    expect((await feature(newId(0), true, reviewer)).status).toBe(404);
    const [waiting, inside] = [
      await shelveFilm(yuanbo.parts),
      await shelveFilm(yuanbo.parts, { state: 'ready', audience: 'members' }),
    ];
    for (const { id } of [waiting, inside]) expect((await feature(id, true, reviewer)).status).toBe(200);
    const shown = await shelf();
    expect([waiting.id, inside.id].filter((id) => shown.includes(id))).toEqual([]);
    const signedIn = await api().get('/api/films?featured=true').set(producer.headers);
    expect((signedIn.body.items as { id: string }[]).map(({ id }) => id)).toContain(inside.id);
    expect((await api().get('/api/films?featured=maybe')).status).toBe(400);
  });

  it('keeps its films when a new version of them takes over, and does not show the version that waits', async () => {
    const film = await shelveFilm(yuanbo.parts, { state: 'ready' });
    await feature(film.id, true, reviewer);
    const featured = (await yuanbo.parts.films.find(film.id))!;
    expect(filmOfNewFile(featured, person(producer), { filename: 'new.mp4', sourceBytes: 1 }, 1).featured).toBe(
      undefined,
    );
    const id = newId(1);
    expect(renewedBy(featured, { ...featured, id, revision: newId(2), renews: film.id }).featured).toBe(true);
  });
});
