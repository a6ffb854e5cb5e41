import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FilmOptions, makeReadyFilm, makeSlate } from '../make-ready-film.ts';
import { approvedPlan, publish } from '../plan-a-day.ts';
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

/** A film with a picture in its package. */
async function filmWithPicture(options: FilmOptions) {
  const made = await makeReadyFilm(yuanbo.parts, options);
  await yuanbo.parts.films.change(made.id, (film) => ({
    ...film,
    package: { ...film.package!, hasPoster: true, posters: 1 },
  }));
  return made;
}

const get = (path: string) => request(yuanbo.app).get(path);

describe('pages', () => {
  it.each([
    ['/', 'member'],
    ['/library?query=sdyy', 'member'],
    ['/film/00000000000000000000000000', 'member'],
    ['/programme/1795737600000', 'member'],
    ['/notices', 'member'],
    ['/sign-in', 'member'],
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

  it('send scripts packed to whoever takes that, under the same name', async () => {
    const script = '/console/assets/console-Ab3_x9Zq.js';
    const packed = join(folder, 'console', 'assets', 'console-Ab3_x9Zq.js.gz');
    writeFileSync(packed, gzipSync('// packed'));
    const reply = await get(script).set('Accept-Encoding', 'gzip');
    expect(reply.text).toBe('// packed');
    expect(reply.headers).toMatchObject({
      ...{ 'content-encoding': 'gzip', vary: expect.stringContaining('Accept-Encoding') },
      ...{ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' },
    });
    expect((await get(script).set('Accept-Encoding', 'identity')).text).toBe('// console');
    expect((await get('/assets/member-Ab3_x9Zq.js').set('Accept-Encoding', 'gzip')).text).toBe('// member');
  });

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

  describe('tell chats what they are about', () => {
    const built =
      '<!doctype html><html lang="zh-CN"><head><title>远播</title><meta name="description" content="县" /></head></html>';
    const picture = /^http:\/\/yuanbo\.example\/p\/.+\/poster\.jpg$/;
    const told = async (path: string) => {
      const { text } = await get(path).set('Host', 'yuanbo.example');
      const property = (name: string) => new RegExp(`<meta property="og:${name}" content="([^"]*)" />`).exec(text)?.[1];
      return {
        text,
        title: property('title'),
        description: property('description'),
        url: property('url'),
        image: property('image'),
      };
    };
    beforeAll(async () => {
      await yuanbo.parts.onAir.refresh();
      for (const page of ['member', 'board']) writeFileSync(join(folder, page, 'index.html'), built);
    });

    it('a film: its title, literally, its length and its picture', async () => {
      const title = '</title><script>alert(1)</script>"&\'水稻';
      const film = await filmWithPicture({ title });
      const { text, ...preview } = await told(`/film/${film.id}`);
      expect(text).not.toContain('<script>');
      expect(preview.title).toBe('&#60;/title&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#38;&#39;水稻');
      expect(text).toContain(`<title>${preview.title ?? ''}</title>`);
      expect(preview.description).toContain('时长 2 分钟');
      expect(preview.url).toBe(`http://yuanbo.example/film/${film.id}`);
      expect(preview.image).toMatch(picture);
    });

    it('nothing of a film for members or of one that does not exist', async () => {
      const film = await makeReadyFilm(yuanbo.parts, { title: '内部片', audience: 'members' });
      for (const id of [film.id, '0'.repeat(26), '%3Cscript%3E']) {
        const { text, title } = await told(`/film/${id}`);
        expect([text.includes('内部片'), title]).toEqual([false, undefined]);
      }
    });

    it('a board, by any of its addresses', async () => {
      for (const path of ['/board/t1', '/notices/t1', '/notices?code=t1'])
        expect(await told(path)).toMatchObject({
          title: '乡镇 t1远程教育节目公示',
          description: '近期还没有公布节目。',
        });
      expect((await told('/notices?code=t1')).url).toBe('http://yuanbo.example/notices?code=t1');
      expect((await told('/programme/1795737600000')).title).toBeUndefined();
    });

    it('the channel, with what is on and what comes next, and an item of it, with the picture of its film', async () => {
      const office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
      await makeSlate(yuanbo.parts);
      await yuanbo.parts.tend();
      const [now, next] = [
        await filmWithPicture({ title: '田间管理', segments: 150, segmentBytes: 50 }),
        await filmWithPicture({ title: '防汛', segments: 150, segmentBytes: 50 }),
      ];
      const items = [
        { id: 'now', filmId: now.id, start: '2026-12-01T08:10:00+08:00' },
        { id: 'next', filmId: next.id, start: '2026-12-01T08:40:00+08:00' },
      ];
      const plan = await approvedPlan(yuanbo.app, office, { from: '2026-12-01', to: '2026-12-02', items });
      expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
      yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 0, 15);
      await yuanbo.parts.tend();
      const channel = await told('/');
      expect(channel.description).toContain('正在播出：田间管理。08:40 防汛。');
      expect(channel.image).toMatch(picture);
      const item = await told(`/programme/${Date.UTC(2026, 11, 1, 0, 40)}`);
      expect(item.image).toMatch(picture);
      expect(item).toMatchObject({ title: '防汛', description: expect.stringContaining('2026-12-01 08:40') });
      // A place that does not exist has no preview, and still a page.
      expect((await told('/?code=nowhere')).title).toBeUndefined();
    });
  });

  it('an address that names none, which people read about in a page and programs in a problem', async () => {
    const person = await get('/consol').set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect([person.status, person.type, person.text]).toEqual([
      404,
      'text/html',
      expect.stringContaining('data-time-zone'),
    ]);
    const program = await get('/consol');
    expect([program.status, program.body.code]).toEqual([404, 'not_found']);
    const file = await get('/station/gone.js').set('Accept', 'text/html');
    expect([file.status, file.body.code]).toEqual([404, 'not_found']);
  });

  it('that are not built say so', async () => {
    rmSync(join(folder, 'console', 'index.html'));
    const reply = await get('/console/');
    expect([reply.status, reply.body.detail]).toEqual([404, expect.stringContaining('npm run build')]);
  });
});
