import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../start-app.ts';

let yuanbo: TestApp;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yuanbo-pages-'));
  for (const page of ['member', 'station', 'console', 'board']) {
    mkdirSync(join(folder, page, 'assets'), { recursive: true });
    writeFileSync(join(folder, page, 'index.html'), `<!doctype html><html lang="zh-CN"><title>${page}</title>`);
    writeFileSync(join(folder, page, 'assets', `${page}-Ab3_x9Zq.js`), `// ${page}`);
    writeFileSync(join(folder, page, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  }
  writeFileSync(join(folder, 'secret.txt'), 'canary');
  writeFileSync(join(folder, 'member', '.hidden'), 'canary');
  yuanbo = await startApp({ doors: () => ({ pagesFolder: folder }) });
});
afterAll(async () => {
  await yuanbo.stop();
  rmSync(folder, { recursive: true });
});

const get = (path: string) => request(yuanbo.app).get(path);

describe('pages', () => {
  it.each([
    ['/', 'member'],
    ['/station/', 'station'],
    ['/station/?code=s1', 'station'],
    ['/console/', 'console'],
    ['/board/t1', 'board'],
  ])('%s opens %s, says the county time zone and is asked for again each time', async (path, page) => {
    const reply = await get(path);
    expect([reply.status, reply.text]).toEqual([
      200,
      `<!doctype html><html data-time-zone="Asia/Shanghai" lang="zh-CN"><title>${page}</title>`,
    ]);
    expect(reply.headers['cache-control']).toBe('no-cache');
    expect(reply.headers['content-type']).toMatch(/^text\/html/);
    const again = await get(path).set('If-None-Match', String(reply.headers['etag']));
    expect(again.status).toBe(304);
  });

  it.each(['/', '/station/', '/console/', '/board/'])(
    'files with a hash in their name stay for a year: %s',
    async (base) => {
      const page = base === '/' ? 'member' : base.replaceAll('/', '');
      const reply = await get(`${base}assets/${page}-Ab3_x9Zq.js`);
      expect([reply.status, reply.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
      expect((await get(`${base}favicon.svg`)).headers['cache-control']).toBe('no-cache');
    },
  );

  it('are reached without the slash at the end', async () => {
    const reply = await get('/console');
    expect([reply.status, reply.headers['location']]).toEqual([308, '/console/']);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/....//secret.txt',
    '/assets/../../secret.txt',
    '/station/..%2f..%2fsecret.txt',
    '/console/assets/%2e%2e/%2e%2e/%2e%2e/secret.txt',
    '/board/..%2fsecret.txt',
    '/.hidden',
    '//secret.txt',
  ])('hold nothing outside: %s', async (path) => {
    const reply = await get(path);
    // A place with a strange code opens the board page, which then says that there is none.
    const isBoard = path.startsWith('/board/') && reply.text.includes('<title>board');
    expect([400, 404].includes(reply.status) || isBoard).toBe(true);
    expect(reply.text).not.toContain('canary');
  });

  it('that are not built say so', async () => {
    rmSync(join(folder, 'console', 'index.html'));
    const reply = await get('/console/');
    expect([reply.status, reply.body.detail]).toEqual([404, expect.stringContaining('npm run build')]);
  });
});
