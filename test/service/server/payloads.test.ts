import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slateFilmId } from '../../../server/library/slate-id.ts';
import { newId } from '../../../server/new-id.ts';
import { previews } from '../../../server/link-previews/previews.ts';
import { makeReadyFilm } from '../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../start-app.ts';
import { formulas, kept, shown } from './payload-texts.ts';
import { calendarProperties, cellsOf, csvOf, readXml, type PageHead, type Programme, textsOf } from './read-back.ts';

/** Refused with the cure wherever a line of text is written. */
const refused = [
  '水稻\r\nEND:VEVENT\r\nBEGIN:VEVENT',
  '频道\n#EXTINF:-1,x\nhttp://x.cn/a.m3u8',
  '水\u2028稻\u061c',
  '水\u200b稻\ufeff\u202egpj.exe',
  '水\uffff稻',
] as const;

const theDay = { from: '2026-12-01', to: '2026-12-02' };
const eightMs = Date.UTC(2026, 11, 1);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const page =
  '<!doctype html><html lang="zh-CN"><head><title>远播</title><meta name="description" content="县" /></head><body></body></html>';

let yuanbo: TestApp;
let folder: string;
let admin: TestPerson;
let office: Office;
let films: readonly string[];

const send = (method: 'get' | 'post' | 'patch' | 'put', path: string, body?: object, who: TestPerson = admin) =>
  request(yuanbo.listener)[method](path).set(who.headers).send(body);
const get = (path: string) => send('get', path);
const film = (at: number): string => `/api/films/${films[at] ?? ''}`;
const items = (texts: readonly string[]) =>
  texts.map((text, at) => ({
    ...{ id: `i-${at}`, filmId: films[at], title: text, note: text },
    start: new Date(eightMs + 8 * hourMs + (10 + at) * minuteMs).toISOString().replace('.000Z', '+08:00'),
  }));

/** Where people write: a text goes into one field of it. */
const fields: Readonly<Record<string, (text: string, at: number) => PromiseLike<request.Response>>> = {
  'title of a film': (title, at) => send('patch', film(at), { title }),
  synopsis: (synopsis, at) => send('patch', film(at), { synopsis }),
  'title of a chapter': (title, at) => send('patch', film(at), { chapters: [{ atMs: 0, title }] }),
  'name of a category': (name, at) => send('patch', `/api/categories/c-${at}`, { name }),
  'name of a place': (name, at) => send('patch', `/api/places/p-${at}`, { name }),
  'name of an operator': (name, at) => send('patch', `/api/places/p-${at}`, { operators: [name] }),
  'name of a person': (name, at) => send('post', '/api/users', { ...member, username: `u-${at}`, name }),
  'name of a channel': (name) => send('patch', '/api/channels/county', { name }),
  'title of a plan': (title) => send('post', '/api/plans', { ...later, title }, office.scheduler),
  'reason of a return': (reason, at) => send('post', `/api/films/${returned[at] ?? ''}/reviews`, { ...back, reason }),
  'name of a track': (name, at) => send('post', `${film(at)}/tracks`, { ...subtitles, name }),
  'title of a planned item': (title, at) => sendItems(at, { title }),
  'note of a planned item': (note, at) => sendItems(at, { note }),
  'reason of a cut': (reason, at) =>
    send('post', '/api/channels/county/cut', { scope: `p-${at}`, reason }, office.scheduler),
};
const sendItems = (at: number, words: object) =>
  send(
    'put',
    `/api/plans/${films[at] ?? ''}/items`,
    { items: [{ ...items(shown)[at], ...words }] },
    office.scheduler,
  ).set('If-Match', '"1"');
const member = { roles: [{ role: 'member', place: 'county' }] };
const later = { channel: 'county', from: '2026-12-05', to: '2026-12-06' };
const back = { decision: 'return' };
const subtitles = { kind: 'subtitles', language: 'en', content: Buffer.from('WEBVTT\n').toString('base64') };
let returned: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yuanbo-payloads-'));
  for (const name of ['member', 'board']) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.html'), page);
  }
  yuanbo = await startApp({ doors: (parts) => ({ pagesFolder: folder, preview: previews(parts) }) });
  const { parts } = yuanbo;
  admin = await yuanbo.signInAs('admin');
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  await makeReadyFilm(parts, { title: '垫片', segments: 3, segmentBytes: 20, id: slateFilmId });
  const { id } = await makeReadyFilm(parts, { title: '水稻', segments: 3, segmentBytes: 20 });
  const made = (await parts.films.find(id))!;
  const copies = async (state: 'ready' | 'review') => {
    const ids = shown.map(() => newId(yuanbo.time.nowMs));
    await Promise.all(ids.map((id, at) => parts.films.insert({ ...made, id, state, title: `${state} ${at}` })));
    return ids;
  };
  [films, returned] = [await copies('ready'), await copies('review')];
  for (const at of shown.keys()) {
    await parts.categories.add({ code: `c-${at}`, name: `栏目 ${at}`, reviewsNeeded: 1 });
    await parts.places.add({ code: `p-${at}`, name: `村 ${at}`, kind: 'village', parent: 't1', operators: [] });
  }
  await parts.tend();
});
afterAll(async () => {
  await yuanbo.stop();
  rmSync(folder, { recursive: true });
});

const binary = (path: string) =>
  get(path)
    .buffer(true)
    .parse((stream, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => done(null, Buffer.concat(parts)));
    });

it.each(Object.entries(fields))('%s: what nobody sees is refused with the cure', async (_what, write) => {
  for (const [at, text] of refused.entries()) {
    const { status, body } = await write(text, at);
    expect([text, status, body.code]).toEqual([text, 422, 'invalid']);
    expect(body.fields[0].message).toBe('Remove control and invisible characters.');
  }
});

describe('what looks like code', () => {
  beforeAll(async () => {
    for (const [at, text] of shown.entries()) {
      const replies = [
        await send('patch', film(at), {
          ...{ title: text, synopsis: text, category: `c-${at}` },
          chapters: [{ atMs: 0, title: text }],
        }),
        await send('patch', `/api/categories/c-${at}`, { name: text }),
        await send('patch', `/api/places/p-${at}`, { name: text, operators: [text] }),
        await fields['name of a person']!(text, at),
        await fields['title of a plan']!(text, at),
        await fields['reason of a return']!(text, at),
      ];
      for (const { status, body } of replies) expect([text, status < 300 || body]).toEqual([text, true]);
    }
    const plan = await approvedPlan(yuanbo.app, office, { ...theDay, items: items(shown) });
    planPath = `/api/plans/${plan.id}`;
    expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
  });
  let planPath: string;

  it('stays what it is in JSON', async () => {
    const read = async (path: string) => (await get(path)).body.items as Record<string, unknown>[];
    const byCode = (prefix: string, rows: readonly Record<string, unknown>[]) =>
      shown.map((_, at) => rows.find(({ code, username }) => [code, username].includes(`${prefix}-${at}`)));
    const rows = await read('/api/films?limit=200');
    const words = films.map((id) => rows.find((row) => row['id'] === id));
    const same = (make: (text: string) => object) => shown.map((text) => expect.objectContaining(make(text)));
    expect(words).toEqual(same((text) => ({ title: text, synopsis: text, chapters: [{ atMs: 0, title: text }] })));
    const reviews = returned.map((id) => textsOf(rows.find((row) => row['id'] === id)?.['reviews']));
    expect(reviews).toEqual(shown.map((text) => expect.arrayContaining([text])));
    expect(byCode('c', await read('/api/categories?limit=200'))).toEqual(same((name) => ({ name })));
    expect(byCode('p', await read('/api/places?limit=200'))).toEqual(same((name) => ({ name, operators: [name] })));
    expect(byCode('u', await read('/api/users?limit=200'))).toEqual(same((name) => ({ name })));
    expect((await read('/api/plans?limit=200')).map(({ title }) => title)).toEqual(expect.arrayContaining([...shown]));
    expect(await read(planPath)).toEqual(same((text) => ({ title: text, note: text, filmTitle: text })));
    const board = (await get('/board/county.json')).body;
    expect(board.items.map(({ title }: { title: string }) => title)).toEqual(shown);
  });

  it('is text of XMLTV', async () => {
    for (const path of ['/board/county.xml', '/guide/county.xml']) {
      const { text } = await get(path);
      const { tv } = readXml(text) as { tv: { programme: Programme[] } };
      expect(Object.keys(tv).sort()).toEqual(['@generator-info-name', 'channel', 'programme']);
      const told = tv.programme.map(({ title, category }) => [title['#text'], category['#text']]);
      expect(told).toEqual(shown.map((each) => [each, each]));
      for (const each of tv.programme)
        expect(Object.keys(each).sort()).toEqual(['@channel', '@start', '@stop', 'category', 'length', 'title']);
    }
  });

  it('is text of calendars, and one line of them', async () => {
    for (const [at, name] of shown.entries()) {
      const { text } = await get(`/board/p-${at}.ics`);
      const lines = text
        .replaceAll('\r\n ', '')
        .trimEnd()
        .split('\r\n')
        .map((each) => /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(each) ?? [each, 'INJECTED', each]);
      const values = (property: string) => lines.flatMap(([, key, value = '']) => (key === property ? [value] : []));
      const said = (property: string) => values(property).map((each) => each.replaceAll(/\\([\\;,])/g, '$1'));
      expect(said('SUMMARY')).toEqual(shown);
      expect(said('CATEGORIES')).toEqual(shown);
      expect(said('LOCATION')).toEqual(shown.map(() => name));
      expect(said('NAME')).toEqual([`${name}远程教育节目`]);
      expect(values('BEGIN').filter((each) => each === 'VEVENT')).toHaveLength(shown.length);
      expect(values('UID')).toEqual(shown.map((_, n) => `i-${n}@county.yuanbo`));
      expect(new Set(lines.map(([, key]) => key))).toEqual(calendarProperties);
    }
  });

  it('is text of a workbook', async () => {
    const cells = cellsOf((await binary(`${planPath}/sheet.xlsx`)).body);
    for (const text of shown) expect([text, cells.filter((cell) => cell === text).length]).toEqual([text, 2]);
    const draft = await send('post', '/api/plans', { channel: 'county', ...theDay }, office.scheduler);
    const again = await request(yuanbo.listener)
      .post(`/api/plans/${String(draft.body.id)}/sheet`)
      .set({ ...office.scheduler.headers, 'Content-Type': 'application/octet-stream' })
      .send((await binary(`${planPath}/sheet.xlsx`)).body as Buffer);
    expect(again.body.rows.map(({ title, note }: Record<string, string>) => [title, note])).toEqual(
      shown.map((text) => [text, text]),
    );
  });

  it('stays on the line of a channel in M3U, and in its name', async () => {
    for (const name of shown) {
      expect((await fields['name of a channel']!(name, 0)).body.name).toBe(name);
      await yuanbo.parts.onAir.refresh();
      const [head, entry = '', url, ...rest] = String((await binary('/guide/county.m3u')).body).split('\n');
      expect([head?.startsWith('#EXTM3U '), url?.startsWith('http://127.0.0.1:'), rest]).toEqual([true, true, ['']]);
      const [, attributes = '', shownName] = /^#EXTINF:-1((?: [a-z-]+="[^"]*")*),([^,]*)$/.exec(entry) ?? [];
      const plain = name.replaceAll('"', '”');
      expect(attributes).toContain(` tvg-name="${plain}" `);
      expect(shownName).toBe(plain.replaceAll(',', '，'));
    }
  });

  it('is text of the pages that chats read, whose elements are their own', async () => {
    for (const [at, text] of shown.entries()) {
      for (const [path, title] of [
        [`/film/${films[at] ?? ''}`, text],
        [`/board/p-${at}`, `${text}远程教育节目公示`],
        [`/programme/${eightMs + (10 + at) * minuteMs}`, text],
      ] as const) {
        const html = (await get(path)).text;
        const { head } = (readXml(html.replace('<!doctype html>', '')) as { html: { head: PageHead } }).html;
        expect(Object.keys(head).sort()).toEqual(['meta', 'title']);
        const said = (property: string) => head.meta.find((each) => each['@property'] === property)?.['@content'];
        expect([head.title, said('og:title')]).toEqual([title, title]);
        if (path.startsWith('/film')) expect(said('og:description')).toContain(text);
        for (const each of head.meta)
          expect(['@content', '@name', '@property']).toEqual(expect.arrayContaining(Object.keys(each)));
      }
    }
  });

  it('is text of the as-run log and of the record of deeds, and no formula', async () => {
    yuanbo.time.nowMs = eightMs + hourMs;
    office = { ...office, scheduler: await yuanbo.signInAs('scheduler') };
    const reasons = [kept[0], ...formulas];
    for (const [at, text] of reasons.entries())
      expect((await fields['reason of a cut']!(text, at)).body.reason).toBe(text);
    yuanbo.time.nowMs += hourMs;
    admin = await yuanbo.signInAs('admin');
    const query = `from=${eightMs}&to=${eightMs + 2 * hourMs}`;
    const [head = [], ...rows] = csvOf((await get(`/api/channels/county/as-run.csv?${query}&group=p-0`)).text);
    const titles = rows.map((row) => row[head.indexOf('节目')]);
    expect(titles).toEqual(expect.arrayContaining([...kept, ...formulas.map((text) => `'${text}`)]));
    expect(rows.map((row) => row[head.indexOf('说明')])).toContain(`切断：${kept[0]}`);
    const cells = cellsOf((await binary(`/api/channels/county/as-run.xlsx?${query}`)).body);
    expect(cells).toEqual(expect.arrayContaining([...shown]));
    const deeds = csvOf((await get('/api/audit.csv')).text);
    for (const row of [...rows, ...deeds]) {
      expect(row.filter((cell) => /^[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
      expect([head.length, deeds[0]?.length]).toContain(row.length);
    }
    const said = deeds.map((row) => row.join(' ')).join('\n');
    for (const text of shown) expect(said).toContain(JSON.stringify(text).slice(1, -1));
  });
});
