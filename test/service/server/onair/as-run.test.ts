import { read, utils } from '@e965/xlsx';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyFilm, makeSlate } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

const minuteMs = 60_000;
const eightMs = Date.UTC(2026, 11, 1);
let yuanbo: TestApp;
let scheduler: TestPerson;

beforeAll(async () => {
  yuanbo = await startApp();
  const { parts, time } = yuanbo;
  await makeSlate(parts);
  const film = await makeReadyFilm(parts, { title: '=HYPERLINK("x")', segments: 150, segmentBytes: 20 });
  await parts.tend();
  scheduler = await yuanbo.signInAs('scheduler');
  const office = { scheduler, reviewer: await yuanbo.signInAs('reviewer') };
  const items = [{ filmId: film.id, start: '2026-12-01T08:10:00+08:00' }];
  const plan = await approvedPlan(yuanbo.app, office, { from: '2026-12-01', to: '2026-12-02', items });
  expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
  // The servers were up from 8:00 to 8:13 and again from 8:16 on; the second one knew of 8:13 alone.
  const other = await yuanbo.replica();
  for (let minute = 0; minute < 30; minute += 1) {
    time.nowMs = eightMs + minute * minuteMs;
    if (minute < 13 || minute >= 16) await parts.airMarks.mark(time.nowMs);
    if (minute === 13) await other.parts.airMarks.mark(time.nowMs);
    if (minute !== 20) continue;
    const order = { scope: 'county', reason: '=1+1', drill: true };
    await request(yuanbo.app).post('/api/channels/county/cut').set(scheduler.headers).send(order).expect(201);
  }
});
afterAll(() => yuanbo.stop());

/** From where the slate began anew. */
const query = { from: String(eightMs + 9.6 * minuteMs), to: String(eightMs + 60 * minuteMs) };
const plain = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
/** Start, length in s, state, kind, title and note of each line. */
const short = (lines: readonly (readonly unknown[])[]) =>
  lines.slice(1).map((line) => [1, 3, 4, 5, 6, 7].map((column) => plain(line[column])));
const expected = (title: string, note: string) => [
  ['08:09:36', '24', '已播出', '垫片', '垫片', ''],
  ['08:10:00', '240', '已播出', '节目', title, ''],
  ['08:14:00', '120', '未播出（服务器停机）', '节目', title, ''],
  ['08:16:00', '240', '已播出', '节目', title, ''],
  ['08:20:00', '16', '已播出', '垫片', '垫片', ''],
  ['08:20:16', '524', '已播出', '垫片', '垫片', note],
];

describe('the as-run log', () => {
  it('lists as CSV what aired until now and what did not for want of a server, and no formula', async () => {
    const reply = await request(yuanbo.app).get('/api/channels/county/as-run.csv').query(query).set(scheduler.headers);
    expect(reply.status, reply.text).toBe(200);
    expect(reply.headers['content-disposition']).toContain('attachment');
    const lines = reply.text
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n')
      .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, text = '']) => text.replaceAll('""', '"')));
    expect(short(lines)).toEqual(expected('\'=HYPERLINK("x")', '切断（演练）：=1+1'));
  });

  it('is the same as a workbook, whose texts are no formulas either', async () => {
    const reply = await request(yuanbo.app)
      .get('/api/channels/county/as-run.xlsx')
      .query(query)
      .set(scheduler.headers)
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect(reply.status).toBe(200);
    const sheet = read(reply.body).Sheets['播出记录']!;
    expect(short(utils.sheet_to_json<unknown[]>(sheet, { header: 1 }))).toEqual(
      expected('=HYPERLINK("x")', '切断（演练）：=1+1'),
    );
    expect(Object.values(sheet).some((cell) => (cell as { f?: string }).f !== undefined)).toBe(false);
  });

  it('says of sample history that it is none, and takes no more than 31 days', async () => {
    const { heads, clock } = yuanbo.parts;
    const head = (await heads.of('county'))!;
    const document = { ...(await heads.document(head.document)), sampleUntilAtMs: eightMs + 12 * minuteMs };
    await heads.move(head, document, { by: 'test', reason: 'test', movedAtMs: clock() });
    const ask = (asked: object) =>
      request(yuanbo.app).get('/api/channels/county/as-run.csv').query(asked).set(scheduler.headers);
    expect((await ask(query)).text.match(/示例记录/g)).toHaveLength(2);
    const tooLong = { from: String(eightMs - 32 * 86_400_000), to: String(eightMs) };
    expect((await ask(tooLong)).status).toBe(400);
  });
});
