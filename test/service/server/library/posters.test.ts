import sharp from 'sharp';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { posterKey } from '../../../../media/storage/keys.ts';
import { makeReadyFilm } from '../../make-ready-film.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

let yuanbo: TestApp;
let producer: TestPerson;
beforeAll(async () => {
  yuanbo = await startApp();
  producer = await yuanbo.signInAs('producer');
});
afterAll(() => yuanbo.stop());

const api = () => request(yuanbo.listener);
const readyFilm = async (title: string) => {
  const owner = { id: producer.user.id, name: producer.user.name };
  const { id } = await makeReadyFilm(yuanbo.parts, { title, segments: 2, owner });
  await yuanbo.parts.films.change(id, (film) => ({
    ...film,
    package: { ...film.package!, hasPoster: true, posters: 3 },
  }));
  return id;
};
const choose = (id: string, poster: unknown, who = producer) =>
  api().put(`/api/films/${id}/poster`).set(who.headers).send({ poster });
const send = (id: string, picture: Buffer, who = producer) =>
  api().post(`/api/films/${id}/posters`).set(who.headers).set('Content-Type', 'application/octet-stream').send(picture);
const shownPoster = async (id: string): Promise<string> =>
  (await api().get(`/api/films/${id}`).set(producer.headers)).body.posterPath as string;
const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#2e7d32' } });

describe('the picture that stands for a film', () => {
  it('is the best candidate until another is chosen, by those who may edit the film', async () => {
    const id = await readyFilm('春耕');
    const offered = await api().get(`/api/films/${id}/posters`).set(producer.headers);
    expect(
      offered.body.items.map(({ poster, isChosen }: { poster: number; isChosen: boolean }) => [poster, isChosen]),
    ).toEqual([
      [0, true],
      [1, false],
      [2, false],
    ]);
    expect(await shownPoster(id)).toMatch(/\/poster\.jpg$/);
    const chosen = await choose(id, 2);
    expect(chosen.body.items[2]).toMatchObject({ poster: 2, isChosen: true });
    expect(await shownPoster(id)).toMatch(/\/poster-2\.jpg$/);
    expect((await choose(id, 7)).body).toMatchObject({ status: 422, code: 'invalid', fields: [{ path: 'poster' }] });
    expect((await choose(id, 'own')).status).toBe(422);
    expect((await choose(id, 1, await yuanbo.signInAs('producer'))).status).toBe(404);
    // A version with fewer candidates falls back to its best.
    await yuanbo.parts.films.change(id, (film) => ({ ...film, package: { ...film.package!, posters: 1 } }));
    expect(await shownPoster(id)).toMatch(/\/poster\.jpg$/);
  });

  it('may be sent, is drawn anew without what lay beside its pixels, and gives way to a candidate again', async () => {
    const id = await readyFilm('育秧');
    const secret = 'secret of the camera';
    const photo = await flat(900, 1600)
      .withExif({ IFD0: { Copyright: secret } })
      .jpeg()
      .toBuffer();
    const polyglot = Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')]);
    expect(polyglot.includes(secret)).toBe(true);
    const sent = await send(id, polyglot);
    expect([sent.status, sent.body.items.at(-1)]).toMatchObject([201, { poster: 'own', isChosen: true }]);
    const shown = await api().get(await shownPoster(id));
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/jpeg']);
    const bytes = shown.body as Buffer;
    expect([bytes.includes(secret), bytes.includes('script')]).toEqual([false, false]);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 1280, height: 720, format: 'jpeg' });
    // A token of one film opens no picture of another.
    expect((await api().get((await shownPoster(id)).replace(id, await readyFilm('防汛')))).status).toBe(403);

    const first = (await yuanbo.parts.films.find(id))!.ownPoster!;
    expect((await send(id, await flat(640, 360).png().toBuffer())).status).toBe(201);
    expect(await yuanbo.parts.storage.stat(posterKey(id, first))).toBeUndefined();
    expect((await choose(id, 1)).body.items.map(({ isChosen }: { isChosen: boolean }) => isChosen)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect((await choose(id, 'own')).status).toBe(200);
  });

  it('is refused with its cure where it is no picture, damaged, too small or too large', async () => {
    const id = await readyFilm('秋收');
    const refusal = async (picture: Buffer) => {
      const { status, body } = await send(id, picture);
      return [status, body.code];
    };
    expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([415, 'unsupported_type']);
    const whole = await flat(1280, 720).jpeg().toBuffer();
    expect(await refusal(whole.subarray(0, whole.length / 2))).toEqual([415, 'unsupported_type']);
    expect(await refusal(await flat(100, 100).webp().toBuffer())).toEqual([422, 'invalid']);
    expect(await refusal(await flat(8000, 8000).png().toBuffer())).toEqual([413, 'too_large']);
    expect(await refusal(Buffer.alloc(0))).toEqual([400, 'bad_request']);
    expect(await shownPoster(id)).toMatch(/\/poster\.jpg$/);
  });
});
