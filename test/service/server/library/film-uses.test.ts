import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyFilm, makeSlate } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

let yuanbo: TestApp;
let producer: TestPerson;
beforeAll(async () => {
  yuanbo = await startApp();
  producer = await yuanbo.signInAs('producer');
  await makeSlate(yuanbo.parts);
  await yuanbo.parts.tend();
});
afterAll(() => yuanbo.stop());

describe('where a film is used', () => {
  it('is told from published timelines and open plans, and counts what was on air while a server was up', async () => {
    const { parts, time, app } = yuanbo;
    const film = await makeReadyFilm(parts, {
      title: '春耕',
      segments: 15,
      owner: { id: producer.user.id, name: '制播员' },
    });
    const office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
    const starts = ['10:00', '11:00', '12:00'].map((at) => ({ filmId: film.id, start: `2026-12-01T${at}:00+08:00` }));
    const plan = await approvedPlan(app, office, { from: '2026-12-01', to: '2026-12-02', items: starts });
    expect((await publish(app, office, plan)).status).toBe(200);
    const draft = await request(app)
      .post('/api/plans')
      .set(office.scheduler.headers)
      .send({ channel: 'county', from: '2026-12-05', to: '2026-12-06' });
    await request(app)
      .put(`/api/plans/${String(draft.body.id)}/items`)
      .set(office.scheduler.headers)
      .set('If-Match', draft.headers['etag']!)
      .send({ items: [{ filmId: film.id, start: '2026-12-05T19:30:00+08:00' }] });
    const uses = async (who = producer) => {
      await parts.tend();
      const reply = await request(app).get(`/api/films/${film.id}/uses`).set(who.headers);
      return reply.body as {
        planned: { kind: string }[];
        aired: { endAtMs: number }[];
        airedTimes: number;
        airedMs: number;
      };
    };
    const hours = (clock: string) => Date.parse(`2026-12-01T${clock}:00+08:00`);
    expect((await uses()).planned.map(({ kind }) => kind)).toEqual(['item', 'item', 'item', 'draft']);
    // A township reads no plans of the county, only what everybody sees on the channel.
    expect((await uses(await yuanbo.signInAs('township', 't1'))).planned.map(({ kind }) => kind)).not.toContain(
      'draft',
    );
    time.nowMs = hours('10:00');
    await parts.airMarks.mark(time.nowMs);
    // At 11:00 every server was away.
    time.nowMs = hours('11:30');
    const seen = await uses(await yuanbo.signInAs('producer'));
    expect([seen.airedTimes, seen.airedMs, seen.aired.map(({ endAtMs }) => endAtMs)]).toEqual([
      1,
      60_000,
      [hours('10:01')],
    ]);
    expect(seen.planned.map(({ kind }) => kind)).toEqual(['item', 'draft']);
  });
});
