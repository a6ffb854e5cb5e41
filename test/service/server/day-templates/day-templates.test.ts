import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyFilm, type MadeFilm } from '../../make-ready-film.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

let yuanbo: TestApp;
let scheduler: TestPerson;
let film: MadeFilm;
beforeAll(async () => {
  yuanbo = await startApp();
  scheduler = await yuanbo.signInAs('scheduler');
  film = await makeReadyFilm(yuanbo.parts, { title: '开台', segments: 6 });
});
afterAll(() => yuanbo.stop());

const as = (person: TestPerson) => {
  const client = request(yuanbo.app);
  return {
    get: (path: string) => client.get(path).set(person.headers),
    post: (path: string, body: object) => client.post(path).set(person.headers).send(body),
    patch: (path: string, etag: string, body: object) =>
      client.patch(path).set(person.headers).set('If-Match', etag).send(body),
    delete: (path: string) => client.delete(path).set(person.headers),
  };
};
const evening = () => [
  { clock: '19:30', filmId: film.id, mustWatch: true },
  { startMode: 'follow', title: '当晚节目' },
];
const everyDay = [1, 2, 3, 4, 5, 6, 7];

async function template(name: string): Promise<{ id: string; path: string; etag: string }> {
  const made = await as(scheduler).post('/api/day-templates', { name, items: evening() });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return { id: made.body.id, path: `/api/day-templates/${String(made.body.id)}`, etag: String(made.headers['etag']) };
}

describe('a day template', () => {
  it('keeps times of day without a date, with the films of this moment', async () => {
    await template('晚间');
    const { body } = await as(scheduler).get('/api/day-templates');
    expect(body.items).toMatchObject([
      {
        name: '晚间',
        version: 1,
        items: [
          { clock: '19:30:00', filmId: film.id, filmTitle: '开台', filmMs: 24_000, startMode: 'hard', mustWatch: true },
          { startMode: 'follow', title: '当晚节目', mustWatch: false },
        ],
      },
    ]);
    expect(body.items[0].items[1]).not.toHaveProperty('filmId');
  });
  it.each([
    [{ clock: '24:00' }, 'items.0.clock'],
    [{ clock: '７:30' }, 'items.0.clock'],
    [{ clock: '19:30:02' }, 'items.0.clock'],
    [{}, 'items.0.clock'],
    [{ startMode: 'follow' }, 'items'],
    [{ clock: '19:30', startMode: 'follow' }, 'items.0.clock'],
    [{ clock: '19:30', start: '2026-12-01T19:30:00' }, 'start'],
  ])('is refused with the line %j', async (line, field) => {
    const reply = await as(scheduler).post('/api/day-templates', { name: '错误', items: [line] });
    expect([400, 422]).toContain(reply.status);
    expect(JSON.stringify(reply.body.fields ?? reply.body.detail)).toContain(field);
  });
  it('is renamed and changed by the version that was read, and its name is its own', async () => {
    const { id, path, etag } = await template('早间');
    const renamed = await as(scheduler).patch(`/api/day-templates/${id}`, etag, { name: '清晨' });
    expect(renamed.body).toMatchObject({ name: '清晨', version: 2 });
    expect(renamed.body.items).toHaveLength(2);
    expect((await as(scheduler).patch(path, etag, { name: '又改' })).body.code).toBe('stale');
    const taken = await as(scheduler).patch(path, '"2"', { name: '晚间' });
    expect([taken.status, taken.body.code]).toEqual([409, 'name_taken']);
    expect((await as(scheduler).post('/api/day-templates', { name: '清晨', items: evening() })).status).toBe(409);
  });
  it('is deleted, unless a season uses it', async () => {
    const { id, path } = await template('农闲晚间');
    const rules = [{ weekdays: everyDay, template: id }];
    const ranges = [{ from: '2026-12-01', to: '2027-03-01' }];
    const season = await as(scheduler).post('/api/seasons', { name: '农闲', ranges, rules });
    expect(season.status, JSON.stringify(season.body)).toBe(201);
    const kept = await as(scheduler).delete(path);
    expect([kept.status, kept.body.code]).toEqual([409, 'wrong_state']);
    expect(kept.body.detail).toContain('农闲');
    expect((await as(scheduler).delete(`/api/seasons/${String(season.body.id)}`)).status).toBe(204);
    expect((await as(scheduler).delete(`/api/day-templates/${id}`)).status).toBe(204);
    expect((await as(scheduler).delete(path)).status).toBe(404);
  });
  it('is read by the office and changed by schedulers of the county', async () => {
    const township = await yuanbo.signInAs('township', 't1');
    expect((await as(township).get('/api/day-templates')).status).toBe(200);
    expect((await as(township).post('/api/day-templates', { name: 'x', items: evening() })).status).toBe(403);
    expect((await as(await yuanbo.signInAs('member')).get('/api/seasons')).status).toBe(403);
  });
});

describe('a season', () => {
  it('says which template applies on which weekdays, and how much later', async () => {
    const busy = await template('农忙晚间');
    const body = {
      name: '农忙',
      ranges: [
        { from: '2027-03-01', to: '2027-06-01' },
        { from: '2027-09-01', to: '2027-11-01' },
      ],
      rules: [{ weekdays: [6, 7], template: busy.id, shiftMinutes: 60 }],
    };
    const made = await as(scheduler).post('/api/seasons', body);
    expect(made.body).toMatchObject({ ...body, version: 1 });
    const id = String(made.body.id);
    const etag = String(made.headers['etag']);
    const shorter = await as(scheduler).patch(`/api/seasons/${id}`, etag, { ranges: body.ranges.slice(1) });
    expect(shorter.body).toMatchObject({ version: 2, rules: body.rules, ranges: body.ranges.slice(1) });
    expect((await as(scheduler).patch(`/api/seasons/${id}`, etag, { name: '旧' })).status).toBe(412);
    expect((await as(scheduler).get('/api/seasons?query=农忙')).body.items).toHaveLength(1);
  });
  it.each([
    [{ ranges: [{ from: '2027-02-29', to: '2027-06-01' }] }, 'ranges.0.from'],
    [{ ranges: [{ from: '2027-06-01', to: '2027-06-01' }] }, 'ranges.0.to'],
    [{ ranges: [] }, 'ranges'],
    [{ rules: [{ weekdays: [], template: '0'.repeat(26) }] }, 'rules.0.weekdays'],
    [{ rules: [{ weekdays: [1], template: '0'.repeat(26) }] }, 'rules.0.template'],
    [{ rules: [{ weekdays: [1], template: '0'.repeat(26), shiftMinutes: 721 }] }, 'rules.0.shiftMinutes'],
  ])('is refused with %j', async (part, field) => {
    const whole = { name: '错误', ranges: [{ from: '2027-01-01', to: '2027-02-01' }], rules: [], ...part };
    const reply = await as(scheduler).post('/api/seasons', whole);
    expect([reply.status, reply.body.fields?.[0]?.path]).toEqual([422, field]);
  });
});
