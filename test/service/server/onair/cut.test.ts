import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestPerson } from '../../start-app.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let yuanbo: TestApp;
let slate: MadeFilm;
let film: MadeFilm;
let scheduler: TestPerson;
let reviewer: TestPerson;

const signIn = async () => {
  scheduler = await yuanbo.signInAs('scheduler');
  reviewer = await yuanbo.signInAs('reviewer');
};
beforeAll(async () => {
  yuanbo = await startApp();
  slate = await makeSlate(yuanbo.parts);
  film = await makeReadyFilm(yuanbo.parts, { title: '防汛知识', segments: 150, segmentBytes: 50 });
  await yuanbo.parts.tend();
  await signIn();
  const plan = await approvedPlan(
    yuanbo.app,
    { scheduler, reviewer },
    {
      from: '2026-12-01',
      to: '2026-12-08',
      items: ['2026-12-01T08:10', '2026-12-01T12:00', '2026-12-05T19:30'].map((start) => ({
        filmId: film.id,
        start: `${start}:00+08:00`,
      })),
    },
  );
  expect((await publish(yuanbo.app, { scheduler, reviewer }, plan)).status).toBe(200);
  yuanbo.time.nowMs = Date.UTC(2026, 11, 1, 0, 12);
});
beforeEach(signIn);
afterAll(() => yuanbo.stop());

const cut = (person: TestPerson, order: object) =>
  request(yuanbo.app).post('/api/channels/county/cut').set(person.headers).send(order);
const end = (person: TestPerson) =>
  request(yuanbo.app).delete('/api/channels/county/cut').set(person.headers).send({ reason: '已查明' });
const flood = { scope: 'county', reason: '信号异常' };

const segmentsNow = async () => {
  const playback = await request(yuanbo.listener).get('/api/channels/county/playback');
  const url = String(playback.body.live).replace('live/multivariant.m3u8', '360p/live.m3u8');
  const read = readMediaPlaylist((await request(yuanbo.listener).get(url)).text);
  if (!read.ok) throw new Error(read.message);
  return read.segments;
};
const guide = async (): Promise<GuideItem[]> => {
  const query = { from: String(yuanbo.time.nowMs), to: String(yuanbo.time.nowMs + 6 * 24 * hourMs) };
  return (await request(yuanbo.app).get('/api/channels/county/guide').query(query)).body.items as GuideItem[];
};
const board = async () => (await request(yuanbo.app).get('/board/county.json')).body;
const titles = async () => (await guide()).filter(({ kind }) => kind === 'item').map(({ startAtMs }) => startAtMs);
const audited = async () => {
  const reply = await request(yuanbo.app).get('/api/audit').set(reviewer.headers);
  return (reply.body.items as { action: string; actor: string; detail: string }[]).filter(({ action }) =>
    action.startsWith('channel.cut'),
  );
};

describe('a cut', () => {
  it('asks for a reason and for a place that the caller may speak for', async () => {
    expect((await cut(scheduler, { scope: 'county' })).body.fields).toMatchObject([{ path: 'reason' }]);
    expect((await cut(scheduler, { ...flood, scope: 'nowhere' })).status).toBe(404);
    expect((await cut(await yuanbo.signInAs('township', 't1'), flood)).status).toBe(404);
    expect((await end(scheduler)).body.code).toBe('wrong_state');
  });

  it('refuses a place that has nothing of its own to be cut', async () => {
    const admin = await yuanbo.signInAs('admin');
    const station = { code: 's1', name: '一号站', kind: 'station', parent: 't1' };
    expect((await request(yuanbo.app).post('/api/places').set(admin.headers).send(station)).status).toBe(201);
    const reply = await cut(scheduler, { ...flood, scope: 's1' });
    expect([reply.status, reply.body.code]).toEqual([422, 'invalid']);
    expect(reply.body.fields).toMatchObject([{ path: 'scope' }]);
  });

  it('is slate from the first cell that nobody has listed, at most 16 s later', async () => {
    const before = await segmentsNow();
    const reply = await cut(scheduler, flood);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    expect(reply.body).toMatchObject({ kind: 'cut', drill: false, reason: '信号异常', by: { id: scheduler.user.id } });
    expect(reply.body.effectiveAtMs).toBeLessThanOrEqual(yuanbo.time.nowMs + 16_000);
    yuanbo.time.nowMs += 30_000;
    for (const { programDateAtMs, uri, mediaSequence } of await segmentsNow()) {
      const isCut = (programDateAtMs ?? 0) >= reply.body.effectiveAtMs;
      expect([mediaSequence, uri.startsWith(isCut ? slate.revision : film.revision)]).toEqual([mediaSequence, true]);
      const listed = before.find((each) => each.mediaSequence === mediaSequence);
      if (listed !== undefined) expect(uri).toBe(listed.uri);
    }
    expect((await cut(reviewer, flood)).body.code).toBe('wrong_state');
  });

  it('shows in guide and board, which go on announcing later days', async () => {
    const [now] = (await guide()).filter(({ startAtMs }) => startAtMs <= yuanbo.time.nowMs);
    expect(now).toMatchObject({ kind: 'slate', title: '节目调整', interruption: 'cut' });
    expect(await titles()).toEqual([Date.UTC(2026, 11, 5, 11, 30)]);
    const said = await board();
    expect(said.adjustment).toMatchObject({ title: '节目调整', drill: false });
    const later = (said.items as GuideItem[]).filter(({ endAtMs }) => endAtMs > yuanbo.time.nowMs);
    expect(later.map(({ startAtMs }) => startAtMs)).toEqual([Date.UTC(2026, 11, 5, 11, 30)]);
    const duty = await request(yuanbo.app).get('/api/channels/county/duty').set(scheduler.headers);
    expect(duty.body.interruptions).toMatchObject([{ kind: 'cut', reason: '信号异常' }]);
    const calendar = (await request(yuanbo.app).get('/board/county.ics')).text;
    expect(calendar.match(/STATUS:CANCELLED/g)).toHaveLength(1);
  });

  it('goes on for days and longer than any replica that has lost the database', async () => {
    for (let hours = 0; hours < 72; hours += 6) {
      yuanbo.time.nowMs += 6 * hourMs;
      await yuanbo.parts.tend();
      expect((await segmentsNow()).every(({ uri }) => uri.startsWith(slate.revision))).toBe(true);
      const until = (await guide()).find(({ interruption }) => interruption === 'cut')?.endAtMs ?? 0;
      expect(until - yuanbo.time.nowMs).toBeGreaterThan(24 * hourMs);
    }
  });

  it('ends when a second person agrees, not before, and the plan is where it would be', async () => {
    const first = await end(scheduler);
    expect([first.status, first.body]).toEqual([202, { awaiting: 'second_person' }]);
    const again = await end(scheduler);
    expect([again.status, again.body.code]).toEqual([409, 'same_person']);
    expect((await guide())[0]?.interruption).toBe('cut');
    const second = await end(reviewer);
    expect(second.status, JSON.stringify(second.body)).toBe(200);
    expect(second.body.effectiveAtMs).toBeLessThanOrEqual(yuanbo.time.nowMs + 16_000);
    expect(await titles()).toEqual([Date.UTC(2026, 11, 5, 11, 30)]);
    expect((await board()).adjustment).toBeUndefined();
    yuanbo.time.nowMs += minuteMs;
    expect((await guide()).some(({ interruption }) => interruption !== undefined)).toBe(false);
    const deeds = (await audited()).map(({ action, actor }) => [action, actor]);
    expect(deeds).toHaveLength(3);
    expect(deeds[0]).toEqual(['channel.cut-end', reviewer.user.username]);
    expect(deeds.map(([action]) => action)).toEqual(['channel.cut-end', 'channel.cut-end-asked', 'channel.cut']);
  });

  it('wants the password of both entered a short while ago', async () => {
    yuanbo.time.nowMs += 20 * minuteMs;
    await request(yuanbo.app).get('/api/channels/county/duty').set(scheduler.headers);
    yuanbo.time.nowMs += 11 * minuteMs;
    expect((await end(scheduler)).body.code).toBe('step_up');
  });
});

describe('a drill', () => {
  it('airs like a cut, is marked wherever it is seen, and gives way to a real cut', async () => {
    const drill = await cut(scheduler, { ...flood, drill: true, reason: '季度演练' });
    expect(drill.body).toMatchObject({ drill: true });
    yuanbo.time.nowMs += 30_000;
    expect((await segmentsNow()).at(-1)?.uri.startsWith(slate.revision)).toBe(true);
    expect((await guide())[0]).toMatchObject({ title: '节目调整（演练）', interruption: 'drill' });
    expect((await board()).adjustment).toMatchObject({ title: '节目调整（演练）', drill: true });
    expect((await audited())[0]?.detail).toContain('drill');
    expect((await cut(reviewer, { ...flood, drill: true })).body.code).toBe('wrong_state');

    expect((await cut(reviewer, flood)).status).toBe(201);
    yuanbo.time.nowMs += 30_000;
    expect((await guide())[0]).toMatchObject({ title: '节目调整', interruption: 'cut' });
    expect((await end(scheduler)).status).toBe(202);
    expect((await end(reviewer)).status).toBe(200);
  });
});
