import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { ensureFirstCounty } from '../../../server/accounts/ensure-first-county.ts';
import { demoPlaces, demoUsers, ensureDemoCounty } from '../../../server/demo/demo-county.ts';
import { startApp, type TestApp } from '../start-app.ts';

let yuanbo: TestApp | undefined;
afterEach(() => yuanbo?.stop());

const signIn = (app: TestApp['app'], username: string, password: string) =>
  request(app).post('/api/sessions').send({ username, password });

describe('the first start', () => {
  it('makes a county, its channel, the categories and an administrator whose password is told once', async () => {
    yuanbo = await startApp({ empty: true });
    const first = await ensureFirstCounty(yuanbo.parts);
    expect(first.adminPassword).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect(await ensureFirstCounty(yuanbo.parts)).toEqual({});
    const reply = await signIn(yuanbo.app, 'admin', first.adminPassword ?? '');
    expect(reply.body.user.roles).toEqual([{ role: 'admin', place: 'county' }]);
    expect(await yuanbo.parts.channels.list()).toMatchObject([{ code: 'county', audience: 'public', package: 'ts' }]);
    expect(await yuanbo.parts.places.list()).toMatchObject([{ code: 'county', kind: 'county' }]);
    expect((await yuanbo.parts.categories.list()).length).toBeGreaterThanOrEqual(7);
  });

  it('tells one password when two replicas start at once, and that one is good', async () => {
    yuanbo = await startApp({ empty: true });
    const other = await yuanbo.replica();
    const told = await Promise.all([ensureFirstCounty(yuanbo.parts), ensureFirstCounty(other.parts)]);
    const passwords = told.flatMap(({ adminPassword }) => adminPassword ?? []);
    expect(passwords).toHaveLength(1);
    expect((await signIn(other.app, 'admin', passwords[0] ?? '')).status).toBe(201);
    expect(await yuanbo.parts.categories.list()).toHaveLength(9);
  });

  it('changes nothing of a county that people have changed', async () => {
    yuanbo = await startApp();
    await yuanbo.parts.channels.change('county', { audience: 'members', name: '新名' });
    await ensureFirstCounty(yuanbo.parts);
    expect(await yuanbo.parts.channels.find('county')).toMatchObject({ audience: 'members', name: '新名' });
  });
});

describe('the demo county', () => {
  it('has its places and people, all with one password, also the second time', async () => {
    yuanbo = await startApp({ empty: true });
    await ensureDemoCounty(yuanbo.parts, 'first demo password');
    await ensureDemoCounty(yuanbo.parts, 'second demo password');
    const codes = (await yuanbo.parts.places.list()).map((place) => place.code);
    expect(codes).toEqual(expect.arrayContaining(['county', 't1', 't2', 't3', 's1', 's2', 's3', 's4', 's5', 's6']));
    expect(codes).toHaveLength(demoPlaces.length + 1);
    const people = demoUsers.map((user) => user.username);
    expect(people).toEqual(['admin', 'producer', 'reviewer', 'reviewer2', 'scheduler', 'township', 'member']);
    for (const username of people) {
      expect([username, (await signIn(yuanbo.app, username, 'second demo password')).status]).toEqual([username, 201]);
    }
    expect((await signIn(yuanbo.app, 'admin', 'first demo password')).status).toBe(401);
    const tree = await yuanbo.parts.places.tree();
    expect([tree.isWithin('s1', 't1'), tree.isWithin('s6', 't3')]).toEqual([true, true]);
  });
});
