import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markPresets } from '../../../media/film/technical-check.ts';
import { startApp, type TestApp, type TestPerson } from '../start-app.ts';

let yuanbo: TestApp;
let admin: TestPerson;
beforeAll(async () => {
  yuanbo = await startApp();
  admin = await yuanbo.signInAs('admin');
});
afterAll(() => yuanbo.stop());

const post = (path: string, body: object) => request(yuanbo.app).post(path).set(admin.headers).send(body);
const patch = (path: string, body: object) => request(yuanbo.app).patch(path).set(admin.headers).send(body);
const get = (path: string) => request(yuanbo.app).get(path);

describe('places', () => {
  it('lie below one another and are listed for everybody, the county first', async () => {
    const made = await post('/api/places', {
      code: 'v1',
      name: '红星村',
      kind: 'village',
      parent: 't1',
      operators: ['甲', '乙'],
      hotline: '0710-12371',
    });
    expect(made.status).toBe(201);
    expect((await post('/api/places', { code: 's1', name: '活动室', kind: 'station', parent: 'v1' })).status).toBe(201);
    const { items } = (await get('/api/places')).body;
    expect(items[0]).toMatchObject({ code: 'county', kind: 'county' });
    expect(items).toContainEqual(made.body);
    const tree = await yuanbo.parts.places.tree();
    expect([tree.isWithin('s1', 't1'), tree.isWithin('s1', 't2'), tree.isWithin('nowhere', 'county')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('have no second county, no parent of the wrong kind, and no unknown parent', async () => {
    const add = (body: object) => post('/api/places', { code: 'x1', name: 'x', ...body });
    expect((await add({ kind: 'county' })).status).toBe(422);
    expect((await add({ kind: 'village' })).body.fields[0].path).toBe('parent');
    expect((await add({ kind: 'township', parent: 't1' })).status).toBe(422);
    expect((await add({ kind: 'village', parent: 'nowhere' })).status).toBe(404);
  });

  it('side by side have different codes and names in any width', async () => {
    const add = (code: string, name: string, parent: string) =>
      post('/api/places', { code, name, kind: 'village', parent });
    expect((await add('va', '村Ａ', 't1')).status).toBe(201);
    expect((await add('vb', '村A', 't1')).body.code).toBe('name_taken');
    expect((await add('vb', '村a', 't2')).status).toBe(201);
    expect((await add('va', '别的村', 't2')).body.code).toBe('name_taken');
    expect((await patch('/api/places/va', { name: '新名' })).body).toMatchObject({
      code: 'va',
      name: '新名',
      parent: 't1',
    });
  });

  it.each([
    ['a right-to-left override', '村\u202e', 422],
    ['a zero-width character', '村\u200b', 422],
    ['a zero byte', '村\0', 422],
    ['only spaces', '   ', 422],
    ['stacked accents', `e${'\u0301'.repeat(20)}`, 422],
    ['61 characters', 'x'.repeat(61), 422],
  ])('refuse a name with %s', async (_what, name, status) => {
    expect((await post('/api/places', { code: 'zz', name, kind: 'village', parent: 't1' })).status).toBe(status);
  });

  it('keep markup and query operators as plain text', async () => {
    const name = `<img src=x onerror=alert(1)> ' OR 1=1 {"$gt":""}`;
    const made = await post('/api/places', { code: 'markup', name, kind: 'village', parent: 't1' });
    expect(made.body.name).toBe(name);
  });
});

describe('categories', () => {
  it('begin with the presets, in their order', async () => {
    const codes = (await get('/api/categories')).body.items.map((category: { code: string }) => category.code);
    expect(codes.slice(0, 3)).toEqual(['theory', 'technique', 'wealth']);
    expect(codes).toEqual(expect.arrayContaining(['policy', 'culture', 'health', 'notice']));
  });

  it('are found by code and by name', async () => {
    await post('/api/categories', { code: 'tea', name: '茶叶Ａ', reviewsNeeded: 2 });
    const { categories } = yuanbo.parts;
    expect(await categories.find('茶叶a')).toEqual({ code: 'tea', name: '茶叶Ａ', reviewsNeeded: 2 });
    expect(await categories.find('tea')).toMatchObject({ code: 'tea' });
    expect((await patch('/api/categories/tea', { reviewsNeeded: 3 })).body.reviewsNeeded).toBe(3);
    expect((await patch('/api/categories/nowhere', { name: 'x' })).status).toBe(404);
    expect((await post('/api/categories', { code: 'tea2', name: '茶叶A' })).body.code).toBe('name_taken');
  });
});

describe('channels', () => {
  it('for members are seen by whoever signed in', async () => {
    const made = await post('/api/channels', { code: 'inner', name: '内部频道' });
    expect(made.body).toMatchObject({
      code: 'inner',
      name: '内部频道',
      audience: 'members',
      package: 'ts',
      groups: [],
    });
    const codes = (reply: request.Response) => reply.body.items.map((channel: { code: string }) => channel.code);
    expect(codes(await get('/api/channels'))).toEqual(['county']);
    expect(codes(await get('/api/channels').set(admin.headers))).toEqual(['county', 'inner']);
    const changed = await patch('/api/channels/inner', { audience: 'public', groups: ['t1'] });
    expect(changed.body).toMatchObject({ audience: 'public', groups: ['t1'] });
    expect((await patch('/api/channels/inner', { groups: ['nowhere'] })).status).toBe(422);
    expect((await post('/api/channels', { code: 'inner', name: 'x' })).body.code).toBe('name_taken');
  });
});

describe('county settings', () => {
  it('have presets, change from now on, and keep what held before', async () => {
    const read = () => get('/api/settings').set(admin.headers);
    expect((await read()).body).toEqual({
      countyName: '示范县',
      catchUpDays: 30,
      loudnessLufs: -23,
      keepOriginals: true,
      hevc2160p: false,
      highestRung: '2160p',
      qualityDays: 30,
      technicalCheck: markPresets,
    });
    const beforeMs = yuanbo.time.nowMs;
    yuanbo.time.nowMs += 60_000;
    expect((await patch('/api/settings', { catchUpDays: 60 })).body).toMatchObject({ catchUpDays: 60 });
    yuanbo.time.nowMs += 60_000;
    expect((await patch('/api/settings', { countyName: '青山县' })).body).toEqual({
      countyName: '青山县',
      catchUpDays: 60,
      loudnessLufs: -23,
      keepOriginals: true,
      hevc2160p: false,
      highestRung: '2160p',
      qualityDays: 30,
      technicalCheck: markPresets,
    });
    expect((await yuanbo.parts.countySettings.at(beforeMs)).catchUpDays).toBe(30);
  });

  it('have no setting for a program to run (T04)', async () => {
    const reply = await patch('/api/settings', { ffmpegPath: '/bin/sh' });
    expect([reply.status, reply.body.code]).toEqual([400, 'unknown_field']);
  });
});

describe('the settings of the installation', () => {
  it('are read by administrators', async () => {
    const admin = await yuanbo.signInAs('admin');
    const reply = await request(yuanbo.app).get('/api/settings/installation').set(admin.headers);
    expect(reply.body.items).toContainEqual(expect.objectContaining({ name: 'DATA_DIR', source: 'environment' }));
  });
});
