import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { Plan } from '../../../../media/contract/planning.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { settleCards } from '../../settle-cards.ts';
import { startApp, type TestApp } from '../../start-app.ts';

let yuanbo: TestApp;
let office: Office;
let rice: MadeFilm;
let law: MadeFilm;
let local: MadeFilm;
const at = (time: string): string => `2026-12-01T${time}:00+08:00`;
const day = { from: '2026-12-01', to: '2026-12-02' };
const ownCard = '接下来 09:30 镇里的片';

beforeAll(async () => {
  yuanbo = await startApp();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  await makeSlate(yuanbo.parts);
  rice = await makeReadyFilm(yuanbo.parts, { title: '水稻插秧' });
  law = await makeReadyFilm(yuanbo.parts, { title: '普法讲座' });
  local = await makeReadyFilm(yuanbo.parts, { title: '镇里的片' });
  await yuanbo.parts.tend();
  const admin = await yuanbo.signInAs('admin');
  for (const [code, kind, parent] of [
    ['t1', 'township', 'county'],
    ['t2', 'township', 'county'],
    ['v1', 'village', 't1'],
  ]) {
    const made = await request(yuanbo.app)
      .post('/api/places')
      .set(admin.headers)
      .send({ code, name: code, kind, parent });
    expect([201, 409]).toContain(made.status);
  }
  const items = [
    { filmId: rice.id, start: at('09:00') },
    { filmId: law.id, start: at('09:30'), open: true },
    { filmId: rice.id, start: at('10:00') },
  ];
  const plan = await approvedPlan(yuanbo.app, office, { ...day, items });
  expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
  for (const place of ['t1', 't2']) await publishOwn(place, local);
});
afterAll(() => yuanbo.stop());

/** Plans and publishes one item of a township's own. */
async function publishOwn(place: string, film: MadeFilm): Promise<void> {
  const township = await yuanbo.signInAs('township', place);
  const post = (path: string, headers: Record<string, string>, body: object) =>
    request(yuanbo.app).post(path).set(headers).send(body);
  const plan = (await post('/api/plans', township.headers, { channel: 'county', place, ...day })).body as Plan;
  const path = `/api/plans/${plan.id}`;
  await request(yuanbo.app)
    .put(`${path}/items`)
    .set(township.headers)
    .set('If-Match', `"${plan.version}"`)
    .send({ items: [{ filmId: film.id, start: at('09:30') }] });
  await post(`${path}/submit`, township.headers, {});
  await post(`${path}/approve`, office.reviewer.headers, {});
  const published = await publish(yuanbo.app, office, plan);
  expect(published.status, JSON.stringify(published.body)).toBe(200);
}

/** Has all cards made that are asked for, and put into gaps. */
const settle = () => settleCards(yuanbo.parts, rice.id);

const cardTitles = async (): Promise<string[]> => (await yuanbo.parts.films.cards()).map(({ title }) => title);

/** What airs between two clock times, with the film ids of cards. */
async function aired(from: string, to: string, group?: string): Promise<GuideItem[]> {
  const query = { from: Date.parse(at(from)), to: Date.parse(at(to)), fillers: 'each' };
  const guide = await request(yuanbo.app)
    .get('/api/channels/county/guide')
    .query({ ...query, ...(group === undefined ? {} : { group }) });
  expect(guide.status, JSON.stringify(guide.body)).toBe(200);
  return guide.body.items as GuideItem[];
}
const titlesOf = (items: readonly GuideItem[]): string[] => items.map(({ title }) => title);

describe('cards before programmes of a place’s own', () => {
  it('name them there and below, are made once for all places that say the same, and leave the county’s alone', async () => {
    await settle();
    for (const place of ['t1', 't2', 'v1']) {
      expect(titlesOf(await aired('09:20', '09:31', place)).slice(-2), place).toEqual(['接下来', '镇里的片']);
    }
    expect(titlesOf(await aired('09:20', '09:31')).slice(-2)).toEqual(['接下来', '普法讲座']);
    expect((await cardTitles()).filter((title) => title === ownCard)).toHaveLength(1);
    // What the place airs like the county is announced by the county's card, for which nobody asks twice.
    expect(titlesOf(await aired('09:50', '10:01', 't1')).slice(-2)).toEqual(['接下来', '水稻插秧']);
  });

  it('are left alone once they stand, change no calendar and stay as long as the place shows them', async () => {
    const before = await yuanbo.parts.heads.of('county');
    const board = await request(yuanbo.app).get('/board/t1.ics');
    yuanbo.time.nowMs += 61_000;
    await settle();
    expect((await yuanbo.parts.heads.of('county'))?.seq).toBe(before?.seq);
    expect(board.text).toContain('镇里的片');
    expect(board.text).not.toContain('接下来');
  });

  it('go when the place airs something else there, at once', async () => {
    await publishOwn('t2', await makeReadyFilm(yuanbo.parts, { title: '别的片' }));
    await yuanbo.parts.onAir.refresh();
    const [before, own] = (await aired('09:20', '09:31', 't2')).slice(-2);
    expect([before?.kind, own?.title]).toEqual(['slate', '别的片']);
    await settle();
    expect(titlesOf(await aired('09:20', '09:31', 't2')).slice(-2)).toEqual(['接下来', '别的片']);
    expect(await cardTitles()).toContain('接下来 09:30 别的片');
    expect(titlesOf(await aired('09:20', '09:31', 't1')).slice(-2)).toEqual(['接下来', '镇里的片']);
  });

  it('go with the film that they name', async () => {
    const reviewer = await yuanbo.signInAs('reviewer');
    const gone = await request(yuanbo.app)
      .post(`/api/films/${local.id}/withdraw`)
      .set(reviewer.headers)
      .send({ reason: '内容有误' });
    expect(gone.status, JSON.stringify(gone.body)).toBe(200);
    await settle();
    expect(titlesOf(await aired('09:20', '09:31', 't1')).slice(-2)).toEqual(['接下来', '普法讲座']);
    const cards = await yuanbo.parts.films.cards();
    expect(cards.find(({ title }) => title === ownCard)?.state).toBe('withdrawn');
  });
});
