import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { finishCards, settleCards } from '../../settle-cards.ts';
import { startApp, type TestApp } from '../../start-app.ts';

let yuanbo: TestApp;
let office: Office;
let rice: MadeFilm;
let law: MadeFilm;
const hour = 3_600_000;

beforeAll(async () => {
  yuanbo = await startApp();
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  await makeSlate(yuanbo.parts);
  rice = await makeReadyFilm(yuanbo.parts, { title: '水稻插秧' });
  law = await makeReadyFilm(yuanbo.parts, { title: '普法讲座' });
  await yuanbo.parts.tend();
  const plan = await approvedPlan(yuanbo.app, office, {
    from: '2026-12-01',
    to: '2026-12-02',
    items: [
      { filmId: rice.id, start: '2026-12-01T09:00:00+08:00' },
      { filmId: rice.id, start: '2026-12-01T09:30:00+08:00' },
      { filmId: law.id, start: '2026-12-01T10:00:00+08:00', mustWatch: true },
    ],
  });
  expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
});
afterAll(() => yuanbo.stop());

const cards = (): Promise<readonly FilmRecord[]> => yuanbo.parts.films.cards();

const settle = () => settleCards(yuanbo.parts, rice.id);

/** Titles of what airs between two clock times of the day. */
async function aired(from: string, to: string): Promise<string[]> {
  const range = { from: Date.parse(`2026-12-01T${from}+08:00`), to: Date.parse(`2026-12-01T${to}+08:00`) };
  const guide = await request(yuanbo.app)
    .get('/api/channels/county/guide')
    .query({ ...range, fillers: 'each' });
  expect(guide.status, JSON.stringify(guide.body)).toBe(200);
  return (guide.body.items as GuideItem[]).map(({ title }) => title);
}

describe('cards between programmes', () => {
  it('are asked for a few at a time, the soonest first, and are no films of the library’s lists', async () => {
    await yuanbo.parts.tendCards();
    const asked = await cards();
    expect(asked).toHaveLength(4);
    expect(asked.map(({ title }) => title)).toContain('接下来 09:00 水稻插秧');
    expect(asked.every(({ state }) => state === 'probing')).toBe(true);
    const admin = await yuanbo.signInAs('admin');
    const listed = await request(yuanbo.app).get('/api/films').set(admin.headers);
    expect((listed.body.items as { title: string }[]).map(({ title }) => title).sort()).toEqual(
      ['垫片', '普法讲座', '水稻插秧'].sort(),
    );
    const ready = await yuanbo.parts.films.titlesIn(['probing', 'ready']);
    expect(ready.some(({ title }) => title.startsWith('接下来'))).toBe(false);
  });

  it('that take too long to work out wait, and the status page says so until they are there', async () => {
    const troubles = async (): Promise<unknown> => {
      const status = await request(yuanbo.app).get('/api/status').set(office.scheduler.headers);
      return (status.body as { channels: { troubles: unknown }[] }).channels[0]?.troubles;
    };
    await finishCards(yuanbo.parts, rice.id);
    const before = yuanbo.time.nowMs;
    // Each time that layers are written takes longer than the last one.
    let delayMs = 3000;
    const slow = vi.spyOn(yuanbo.parts.heads, 'keepLayers').mockImplementation(() => {
      yuanbo.time.nowMs += delayMs;
      delayMs *= 3;
      return Promise.resolve();
    });
    await yuanbo.parts.tendCards();
    slow.mockRestore();
    yuanbo.time.nowMs = before;
    expect(await troubles()).toEqual(['slow-cards']);
    await yuanbo.parts.tendCards();
    await yuanbo.parts.onAir.refresh();
    expect(await troubles()).toEqual([]);
  });

  it('air once they are whole, instead of slate and before what they announce', async () => {
    await settle();
    const titles = await aired('09:02', '10:00');
    expect(titles.slice(0, 1)).toEqual(['今日节目']);
    expect(titles).toEqual(expect.arrayContaining(['预告：普法讲座', '即将播出', '接下来']));
    expect(titles.at(-1)).toBe('接下来');
    expect(titles[titles.lastIndexOf('水稻插秧') - 1]).toBe('接下来');
    const head = await yuanbo.parts.heads.of('county');
    expect(head).toMatchObject({ by: 'system', reason: 'cards in gaps' });
    expect(head?.publication?.planId).toBeDefined();
  });

  it('are left alone once they stand, and are not announced on the notice board', async () => {
    const before = await yuanbo.parts.heads.of('county');
    yuanbo.time.nowMs += hour + 60_000;
    await settle();
    expect((await yuanbo.parts.heads.of('county'))?.seq).toBe(before?.seq);
    const board = await request(yuanbo.app).get('/board/county.json');
    expect((board.body.items as GuideItem[]).map(({ title }) => title)).toEqual(['水稻插秧', '水稻插秧', '普法讲座']);
  });

  it('that name a withdrawn film are gone with it, on air and from everybody’s reach', async () => {
    const reviewer = await yuanbo.signInAs('reviewer');
    const response = await request(yuanbo.app)
      .post(`/api/films/${law.id}/withdraw`)
      .set(reviewer.headers)
      .send({ reason: '内容有误' });
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    const naming = (await cards()).filter(({ card }) => card?.shows.rows.some(({ filmId }) => filmId === law.id));
    expect(naming.length).toBeGreaterThan(1);
    expect(naming.every(({ state }) => state === 'withdrawn')).toBe(true);
    await settle();
    // What was listed already stays listed, but its media is refused.
    const titles = await aired('09:10', '10:10');
    expect(titles).not.toContain('预告：普法讲座');
    expect(titles).not.toContain('普法讲座');
    expect(titles).toEqual(expect.arrayContaining(['接下来', '水稻插秧']));
  });

  it('are none where a channel wants none', async () => {
    const admin = await yuanbo.signInAs('admin');
    const path = '/api/channels/county';
    const changed = await request(yuanbo.app).patch(path).set(admin.headers).send({ gapCardHours: 0 });
    expect(changed.body.gapCardHours).toBe(0);
    await yuanbo.parts.onAir.refresh();
    await settle();
    expect(await aired('09:10', '09:30')).not.toContain('接下来');
  });

  it('are deleted a day later unless catch-up shows them', async () => {
    yuanbo.time.nowMs += 25 * hour;
    await yuanbo.parts.onAir.refresh();
    const before = (await cards()).length;
    await yuanbo.parts.tendCards();
    const left = await cards();
    expect(left.length).toBeLessThan(before);
    expect(left.map(({ title }) => title)).toContain('接下来 09:00 水稻插秧');
  });
});
