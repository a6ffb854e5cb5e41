import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../media/contract/planning.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

let yuanbo: TestApp;
let office: Office;
let admin: TestPerson;
let film: MadeFilm;

beforeAll(async () => {
  yuanbo = await startApp();
  await makeSlate(yuanbo.parts);
  film = await makeReadyFilm(yuanbo.parts, { title: '限期播出', segments: 6 });
  await yuanbo.parts.tend();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  admin = await yuanbo.signInAs('admin');
});
afterAll(() => yuanbo.stop());

const asAdmin = (path: string, body: object) => request(yuanbo.app).patch(path).set(admin.headers).send(body);
const limit = (body: object) => asAdmin(`/api/films/${film.id}`, body);
const days = { channel: 'county', from: '2026-12-05', to: '2026-12-06' };

/** What a draft with these items is answered, and where it is. */
async function draft(items: readonly object[]): Promise<{ path: string; findings: readonly Finding[] }> {
  const made = await request(yuanbo.app).post('/api/plans').set(office.scheduler.headers).send(days);
  const path = `/api/plans/${String(made.body.id)}`;
  const filled = await request(yuanbo.app)
    .put(`${path}/items`)
    .set(office.scheduler.headers)
    .set('If-Match', String(made.headers['etag']))
    .send({ items });
  expect(filled.status, JSON.stringify(filled.body)).toBe(200);
  return { path, findings: filled.body.findings as Finding[] };
}
const codesOf = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

describe('the days on which a film may be on air', () => {
  it('are set, shown and taken away again', async () => {
    expect((await limit({ airFrom: '2026-12-01', airUntil: '2026-12-04' })).body).toMatchObject({
      airFrom: '2026-12-01',
      airUntil: '2026-12-04',
    });
    const { body } = await limit({ airFrom: null });
    expect([body.airFrom, body.airUntil]).toEqual([undefined, '2026-12-04']);
  });
  it.each([
    [{ airUntil: '2026-02-29' }, 'airUntil'],
    [{ airFrom: '2026-04-31' }, 'airFrom'],
    [{ airFrom: '２０２６-12-01' }, 'airFrom'],
    [{ airFrom: '2026-12-05' }, 'airUntil'],
  ])('are refused where they cannot be: %j', async (body, field) => {
    const reply = await limit(body);
    expect([reply.status, reply.body.fields?.[0]?.path]).toEqual([422, field]);
  });
  it('stop a plan at edit and at submit', async () => {
    const { path, findings } = await draft([{ filmId: film.id, start: '2026-12-05T10:00:00' }]);
    expect(findings).toMatchObject([{ code: 'film_expired', severity: 'error', row: 1 }]);
    expect(findings[0]?.message).toContain('until 2026-12-04');
    const refused = await request(yuanbo.app).post(`${path}/submit`).set(office.scheduler.headers).send({});
    expect([refused.status, codesOf(refused.body.findings)]).toEqual([422, ['film_expired']]);
  });
  it('stop a plan at publishing too, and keep fillers off the air', async () => {
    await limit({ airUntil: '2026-12-05' });
    const plan = await approvedPlan(yuanbo.app, office, {
      ...days,
      items: [{ filmId: film.id, start: '2026-12-05T10:00:00' }],
    });
    await limit({ airUntil: '2026-12-04' });
    const refused = await publish(yuanbo.app, office, plan);
    expect([refused.status, codesOf(refused.body.findings)]).toEqual([422, ['film_expired']]);
    await limit({ airUntil: '2026-12-05', category: 'theory' });
    expect((await asAdmin('/api/channels/county', { fillerCategories: ['theory'] })).status).toBe(200);
    expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
    const kinds = async (day: number): Promise<Set<string>> => {
      const from = Date.UTC(2026, 11, day - 1, 16);
      const guide = await request(yuanbo.app).get(`/api/channels/county/guide?from=${from}&to=${from + 86_400_000}`);
      return new Set((guide.body.items as { kind: string }[]).map(({ kind }) => kind));
    };
    expect(await kinds(5)).toContain('filler');
    const other = await makeReadyFilm(yuanbo.parts, { title: '不限期', segments: 6 });
    const next = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-06',
      to: '2026-12-07',
      items: [{ filmId: other.id, start: '2026-12-06T10:00:00' }],
    });
    expect((await publish(yuanbo.app, office, next)).status).toBe(200);
    expect(await kinds(6)).toEqual(new Set(['slate', 'item']));
  });
});

describe('a plan', () => {
  it('tells films that nobody passed from those that are not made, and names a flash of slate', async () => {
    const unseen = await makeReadyFilm(yuanbo.parts, { title: '待审', segments: 6, state: 'review' });
    const unmade = await makeReadyFilm(yuanbo.parts, { title: '制作中', segments: 6, state: 'encoding' });
    const { findings } = await draft([
      { filmId: unseen.id, start: '2026-12-05T10:00:00' },
      { filmId: unmade.id, start: '2026-12-05T10:00:28' },
    ]);
    expect(codesOf(findings)).toEqual(['film_not_passed', 'film_not_ready', 'gap', 'slate_scrap']);
  });
});

describe('a channel', () => {
  it('declares its languages once each, the main one first', async () => {
    const add = (languages: readonly string[]) =>
      request(yuanbo.app)
        .post('/api/channels')
        .set(admin.headers)
        .send({ code: 'border', name: '边疆频道', package: 'cmaf', languages });
    expect((await add(['zh-CN', 'zh-CN'])).body.fields?.[0]?.path).toBe('languages');
    expect((await add([])).status).toBe(422);
    expect((await add(['zh-CN', 'ug'])).body.languages).toEqual(['zh-CN', 'ug']);
    expect((await asAdmin('/api/channels/border', { languages: ['ug'] })).body.languages).toEqual(['ug']);
  });
});
