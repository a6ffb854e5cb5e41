import { utils, write } from '@e965/xlsx';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyFilm, type MadeFilm } from '../../make-ready-film.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

let yuanbo: TestApp;
let scheduler: TestPerson;
let films: Record<'corn' | 'party' | 'fruit', MadeFilm>;

beforeAll(async () => {
  yuanbo = await startApp();
  films = {
    corn: await makeReadyFilm(yuanbo.parts, { title: '玉米收割', segments: 30 }),
    party: await makeReadyFilm(yuanbo.parts, { title: '《党课：第一讲》', segments: 6 }),
    fruit: await makeReadyFilm(yuanbo.parts, { title: '果树冬季修剪技术', segments: 6 }),
  };
  scheduler = await yuanbo.signInAs('scheduler');
});
afterAll(() => yuanbo.stop());

async function draft(dates = { from: '2026-12-05', to: '2027-01-01' }) {
  yuanbo.time.nowMs += 1;
  const body = { channel: 'county', ...dates };
  const made = await request(yuanbo.app).post('/api/plans').set(scheduler.headers).send(body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return `/api/plans/${String(made.body.id)}`;
}
const post = (path: string) => request(yuanbo.app).post(path);
const send = (path: string, bytes: Uint8Array | string, headers: object = {}) =>
  post(path)
    .set({ ...scheduler.headers, ...headers, 'Content-Type': 'application/octet-stream' })
    .send(Buffer.from(bytes as Uint8Array));
const apply = (path: string, bytes: Uint8Array | string, version = 1) =>
  send(`${path}/sheet?apply=true`, bytes, { 'If-Match': `"${version}"` });
const get = (path: string) => request(yuanbo.app).get(path).set(scheduler.headers);
const whole = async (asked: request.Test): Promise<Uint8Array> => {
  const { status, body } = await asked.buffer(true).parse(binary);
  expect(status).toBe(200);
  return body as Uint8Array;
};
const binary = (response: request.Response, done: (error: Error | null, body: Buffer) => void): void => {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  response.on('end', () => done(null, Buffer.concat(parts)));
};
const book = (pages: Record<string, readonly (readonly unknown[])[]>, merges: readonly string[] = []): Buffer => {
  const made = utils.book_new();
  for (const [name, lines] of Object.entries(pages)) {
    const sheet = utils.aoa_to_sheet(lines as unknown[][]);
    sheet['!merges'] = merges.map((range) => utils.decode_range(range));
    utils.book_append_sheet(made, sheet, name);
  }
  return write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
};
const starts = (body: { items: readonly { start?: string; filmTitle: string }[] }) =>
  body.items.map(({ start, filmTitle }) => `${start?.slice(5, 16) ?? 'follows'} ${filmTitle}`);

const csv =
  '日期,时间,节目\r\n12月5日,上午8:30,玉米收割\r\n,晚7点半,党课 第一讲\r\n12-6,19:30,guoshudongjixiujianjishu\r\n';
const expected = ['12-05T08:30 玉米收割', '12-05T19:30 《党课：第一讲》', '12-06T19:30 果树冬季修剪技术'];

describe('a month as the office writes it', () => {
  it.each([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${csv}`)],
    ['UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['semicolons', Buffer.from(csv.replaceAll(',', ';'))],
    ['tabs', Buffer.from(csv.replaceAll(',', '\t'))],
    [
      'a workbook with merged dates and serial numbers',
      book(
        {
          '12月': [
            ['十二月节目单'],
            ['日期', '星期', '时间', '节目名称'],
            [46_361, '星期六', 0.354_166_666_667, '玉米收割'],
            ['', '', '晚7点半', '党课 第一讲'],
            ['6日', '日', 0.8125, 'guoshudongjixiujianjishu'],
          ],
        },
        ['A1:D1', 'A3:A4'],
      ),
    ],
  ])('%s: rows, films, a dry run that changes nothing, then the draft', async (_, bytes) => {
    const path = await draft();
    const dry = await send(`${path}/sheet`, bytes);
    expect(dry.status, JSON.stringify(dry.body)).toBe(200);
    expect(dry.body).toMatchObject({ findings: [], applied: false, version: 1, changes: { added: 3, removed: 0 } });
    expect(dry.body.rows.map((row: { match: { kind: string } }) => row.match.kind)).toEqual([
      'exact',
      'same',
      'pinyin',
    ]);
    expect((await get(path)).body.items).toEqual([]);
    const done = await apply(path, bytes);
    expect(done.body).toMatchObject({ applied: true, version: 2 });
    expect(starts((await get(path)).body)).toEqual(expected);
    // Once more changes nothing, and makes no version.
    expect((await apply(path, bytes, 2)).body).toMatchObject({
      version: 2,
      changes: { added: 0, removed: 0, changed: 0 },
    });
  });

  // What Excel saves as CSV on a Chinese machine.
  it('takes GB18030', async () => {
    const text = '日期,时间,节目\n12-5,8:30,玉米收割\n';
    const gb: Record<string, string> = { 日: 'c8d5', 期: 'c6da', 时: 'cab1', 间: 'bce4', 节: 'bdda', 目: 'c4bf' };
    Object.assign(gb, { 玉: 'd3f1', 米: 'c3d7', 收: 'cad5', 割: 'b8ee' });
    const hex = Array.from(text, (each) => gb[each] ?? each.charCodeAt(0).toString(16).padStart(2, '0')).join('');
    const path = await draft();
    expect((await apply(path, Buffer.from(hex, 'hex'))).body).toMatchObject({ applied: true, changes: { added: 1 } });
  });

  it('what was exported changes nothing when it is imported', async () => {
    const path = await draft();
    const items = [
      { filmId: films.corn.id, start: '2026-12-05T08:30:00+08:00', repeat: { every: 'day', except: ['2026-12-07'] } },
      { filmId: films.party.id, startMode: 'follow', title: '=HYPERLINK("x")', note: '=1+1' },
      { filmId: films.fruit.id, start: '2026-12-05T19:30:00+08:00', startMode: 'soft', maxLateMs: 300_000 },
      { filmId: films.corn.id, start: '2026-12-06T21:00:00+08:00', durationMs: 60_000, mustWatch: true },
      { start: '2026-12-06T22:00:00+08:00', durationMs: 1_800_000, open: true },
    ];
    const put = await request(yuanbo.app)
      .put(`${path}/items`)
      .set(scheduler.headers)
      .set('If-Match', '"1"')
      .send({ items });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
    const bytes = await whole(get(`${path}/sheet.xlsx`));
    const reply = await apply(path, bytes, 2);
    expect(reply.body.findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect(reply.body).toMatchObject({ applied: true, version: 2, changes: { added: 0, removed: 0, changed: 0 } });
    // A formula in our own file is text.
    expect(strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).not.toContain('<f>');
  });

  it('leaves slots open without a film where it says so, with their length', async () => {
    const path = await draft();
    const sheet = (length: string) => Buffer.from(`日期,时间,节目,时长\n2026-12-05,19:00,乡镇自办,${length}\n`);
    const unsaid = await apply(path, sheet(''));
    expect(unsaid.status).toBe(422);
    expect(unsaid.body.findings).toMatchObject([{ code: 'slot_without_length', line: 2 }]);
    const reply = await apply(path, sheet('30分钟'));
    expect(reply.body, JSON.stringify(reply.body)).toMatchObject({
      applied: true,
      rows: [{ match: { kind: 'slot' } }],
    });
    const [slot, ...others] = (await get(path)).body.items;
    expect(others).toEqual([]);
    expect(slot).toMatchObject({ open: true, durationMs: 1_800_000, mustWatch: false });
    expect(slot.filmId).toBeUndefined();
  });

  it('offers what is alike, applies nothing while anybody has to choose, and says where', async () => {
    const path = await draft();
    const wrong = '日期,时间,节目\n12-5,8:30,果树修剪技术\n12-5,9:30,根本没有的片子\n12-5,25:00,玉米收割\n';
    const dry = await send(`${path}/sheet`, wrong);
    expect(dry.body.findings.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`)).toEqual([
      '2 choose_film',
      '3 unknown_film',
      '4 bad_time',
    ]);
    expect(dry.body.rows[0].match).toMatchObject({ kind: 'alike', candidates: [{ filmId: films.fruit.id }] });
    const done = await apply(path, wrong);
    expect(done.status).toBe(422);
    expect(done.body).toMatchObject({ code: 'findings', findings: [{ line: 2 }, { line: 3 }, { line: 4 }] });
    expect(done.body.detail).toContain('Line 2');
    expect((await get(path)).body).toMatchObject({ version: 1, items: [] });
    const annotated = textOf(
      unzipSync(
        await whole(post(`${path}/sheet/annotated`).set(scheduler.headers).set('Content-Type', 'text/csv').send(wrong)),
      ),
    );
    expect(annotated).toContain('果树冬季修剪技术');
    expect(annotated).toContain('【错误】');
  });

  it('two people at once: the second is told, nothing is lost', async () => {
    const path = await draft();
    expect((await send(`${path}/sheet?apply=true`, csv)).status).toBe(428);
    expect((await apply(path, csv)).status).toBe(200);
    expect((await apply(path, csv.replace('8:30', '9:30'))).status).toBe(412);
    expect(starts((await get(path)).body)).toEqual(expected);
  });

  it('gives an empty sheet with validation and the films, which it takes back', async () => {
    const path = await draft({ from: '2026-12-05', to: '2026-12-08' });
    const parts = unzipSync(await whole(get(`${path}/sheet-template.xlsx`)));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet).toMatch(/<dataValidations count="3">.*片库!\$A\$2:\$A\$\d+/u);
    expect(textOf(parts)).toContain('果树冬季修剪技术');
    const dry = await send(`${path}/sheet`, zipSync(parts));
    expect(dry.body).toMatchObject({ rows: [], findings: [{ code: 'empty_sheet' }] });
  });
});

const textOf = (parts: Record<string, Uint8Array>): string =>
  Object.entries(parts)
    .filter(([name]) => /sharedStrings|worksheets/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('');
describe('hostile and wrong sheets', () => {
  const zipOf = (files: Record<string, Uint8Array>) => zipSync(files, { level: 6 });
  const workbook = unzipSync(book({ A: [['日期', '时间', '节目']] }));
  const bomb = zipOf({ ...workbook, 'xl/worksheets/sheet2.xml': new Uint8Array(70 * 1_048_576) });
  /** Says that its longest part is 10 bytes long. */
  const liar = (): Uint8Array => {
    const bytes = Buffer.from(zipOf({ ...workbook, 'xl/media/a.bin': new Uint8Array(8 * 1_048_576) }));
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1)) {
      if (bytes.readUInt32LE(at + 24) === 8 * 1_048_576) bytes.writeUInt32LE(10, at + 24);
    }
    return bytes;
  };
  it.each([
    ['100,000 rows', () => `日期,时间,节目\n${'12-5,8:30,玉米收割\n'.repeat(100_000)}`, 413],
    ['6 MB', () => Buffer.alloc(6 * 1_048_576, 65), 413],
    ['a zip bomb', () => bomb, 413],
    ['a zip that lies about its sizes', liar, 415],
    ['a zip that is no workbook', () => zipOf({ 'a.txt': Buffer.from('x') }), 415],
    ['half a workbook', () => book({ A: [['日期', '时间', '节目']] }).subarray(0, 3000), 415],
    ['an old .xls', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 415],
    ['a PDF', () => '%PDF-1.7', 415],
    ['XML', () => '<?xml version="1.0"?><tv/>', 415],
    ['bytes', () => Buffer.from([0, 1, 2, 3, 255, 254]), 415],
    ['a quotation mark that is never closed', () => '日期,时间,节目\n12-5,8:30,"玉米\n', 422],
  ])('%s', async (_, make, status) => {
    const path = await draft();
    const answer = await send(`${path}/sheet`, make());
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(status);
    expect(answer.body.detail).toMatch(/\.$/);
  });
  it('nothing at all is a finding', async () => {
    const path = await draft();
    expect((await send(`${path}/sheet`, '')).body).toMatchObject({ findings: [{ code: 'empty_sheet' }] });
  });
  it('formulas and links are only their last values', async () => {
    const made = utils.book_new();
    const sheet = utils.aoa_to_sheet([
      ['日期', '时间', '节目'],
      ['12-5', '8:30', '玉米收割'],
      ['12-5', '9:30', ''],
    ]);
    sheet['C3'] = { t: 's', v: '玉米收割', f: 'HYPERLINK("http://127.0.0.1:9/x","玉米收割")' };
    utils.book_append_sheet(made, sheet, 'A');
    const path = await draft();
    const dry = await send(`${path}/sheet`, write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    expect(dry.body.rows.map((row: { title: string }) => row.title)).toEqual(['玉米收割', '玉米收割']);
  });
  it('somebody who plans nothing may not send one', async () => {
    const path = await draft();
    const producer = await yuanbo.signInAs('producer');
    const asked = await request(yuanbo.app)
      .post(`${path}/sheet`)
      .set(producer.headers)
      .set('Content-Type', 'text/csv')
      .send(csv);
    expect(asked.status).toBe(403);
  });
});
