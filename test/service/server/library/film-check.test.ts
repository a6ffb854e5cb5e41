import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idSchema } from '../../../../media/contract/ids.ts';
import { packageManifestSchema, type PackageManifest } from '../../../../media/film/package-manifest.ts';
import { markPresets } from '../../../../media/film/technical-check.ts';
import { manifestKey } from '../../../../media/storage/keys.ts';
import { packageFactsOf } from '../../../../server/library/package-facts.ts';
import { makeReadyFilm } from '../../make-ready-film.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

let yuanbo: TestApp;
let producer: TestPerson;
let reviewer: TestPerson;
let admin: TestPerson;
beforeAll(async () => {
  yuanbo = await startApp();
  producer = await yuanbo.signInAs('producer');
  reviewer = await yuanbo.signInAs('reviewer');
  admin = await yuanbo.signInAs('admin');
});
afterAll(() => yuanbo.stop());

const marks = [
  { kind: 'black', fromMs: 1000, toMs: 3500 },
  { kind: 'freeze', fromMs: 4000, toMs: 6000 },
  { kind: 'aspect', fromMs: 0, toMs: 12_000, value: 32 },
];

/** A film in review of the producer whose manifest says this. */
async function film(title: string, change: Partial<PackageManifest>): Promise<string> {
  const { user } = producer;
  const owner = { id: idSchema.parse(user.id), name: user.name };
  const made = await makeReadyFilm(yuanbo.parts, { title, segments: 3, state: 'review', owner });
  const key = manifestKey(made.revision);
  const manifest = packageManifestSchema.parse(JSON.parse((await yuanbo.parts.storage.read(key)).toString('utf8')));
  await yuanbo.parts.storage.put(key, Buffer.from(JSON.stringify({ ...manifest, ...change })));
  return made.id;
}
const checkOf = (id: string, { headers }: Pick<TestPerson, 'headers'>) =>
  request(yuanbo.app).get(`/api/films/${id}/check`).set(headers);

describe('the technical check of a film', () => {
  it('tells its reviewer and its owner the marks, the conversions and the certificate, and nobody else', async () => {
    const id = await film('检查', { marks, conversions: ['deinterlaced'] });
    const told = { marks: [marks[0], marks[2]], conversions: ['deinterlaced'], isChannelReady: true };
    expect((await checkOf(id, reviewer)).body).toMatchObject(told);
    expect((await checkOf(id, producer)).body).toMatchObject(told);
    const others = await Promise.all(['member', 'scheduler'].map((role) => yuanbo.signInAs(role as 'member')));
    for (const other of others) expect((await checkOf(id, other)).status).toBe(403);
  });

  it('follows the limits of the county at once', async () => {
    const id = await film('界限', { marks });
    const technicalCheck = { ...markPresets, blackMs: 3000, freezeMs: 2000, filledPercent: 10 };
    const change = (body: object) => request(yuanbo.app).patch('/api/settings').set(admin.headers).send(body);
    expect((await change({ technicalCheck })).status).toBe(200);
    expect((await checkOf(id, reviewer)).body.marks).toEqual([marks[1]]);
    expect((await change({ technicalCheck: { ...technicalCheck, blackMs: -1 } })).status).toBe(422);
    await change({ technicalCheck: markPresets });
  });

  it('says that a film without a certificate is not ready for a channel', async () => {
    const id = await film('没有合格证', { channelReady: undefined });
    const reply = await checkOf(id, reviewer);
    expect(reply.body.isChannelReady).toBe(false);
    const record = (await yuanbo.parts.films.find(id))!;
    const manifest = (await yuanbo.parts.filmCatalogue.manifest(record.revision!))!;
    const facts = packageFactsOf(manifest);
    expect(facts.isChannelReady).toBe(false);
    await yuanbo.parts.films.change(record.id, (now) => ({ ...now, state: 'ready', package: facts }));
    expect(await yuanbo.parts.filmCatalogue.find(record.id)).toMatchObject({ state: 'ready', lacksCertificate: true });
  });

  it('is not there before the film was looked at', async () => {
    const id = await film('还没检查', {});
    await yuanbo.parts.storage.remove(manifestKey((await yuanbo.parts.films.find(id))!.revision!));
    expect((await checkOf(id, producer)).body).toMatchObject({ status: 409, code: 'not_ready' });
  });
});
