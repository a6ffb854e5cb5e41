import request from 'supertest';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp } from '../../start-app.ts';

let yuanbo: TestApp;
let server: TestApp['listener'];
let office: Office;
let slate: MadeFilm;
let film: MadeFilm;

beforeAll(async () => {
  yuanbo = await startApp();
  server = yuanbo.listener;
  office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  slate = await makeSlate(yuanbo.parts);
  film = await makeReadyFilm(yuanbo.parts, { title: '水稻插秧' });
});
afterAll(() => yuanbo.stop());

/** Lines of the media playlist of a rung that a channel's multivariant playlist names. */
async function mediaList(url: string, rung = '360p') {
  const multivariant = await request(server).get(url);
  expect(multivariant.status, multivariant.text).toBe(200);
  const line = multivariant.text.split('\n').find((each) => each.includes(`/${rung}/`));
  const path = new URL(line ?? '', `http://x${url}`).pathname;
  const list = await request(server).get(path);
  expect(list.status, list.text).toBe(200);
  const read = readMediaPlaylist(list.text);
  if (!read.ok) throw new Error(read.message);
  return { path, text: list.text, segments: read.segments, playlist: read.playlist };
}

describe('a plan on its way to the screen', () => {
  it('says that the channel is being prepared until it has a slate', async () => {
    await yuanbo.parts.onAir.refresh();
    // Nothing was tended yet, so nothing is on air.
    const reply = await request(server).get('/api/channels/county/playback');
    expect(reply.status).toBe(503);
    expect(reply.body.code).toBe('starting');
    expect(reply.headers['retry-after']).toBeDefined();
  });

  it('shows the slate while nothing is planned', async () => {
    await yuanbo.parts.tend();
    const reply = await request(server).get('/api/channels/county/playback');
    expect(reply.status).toBe(200);
    const { segments } = await mediaList(String(reply.body.live));
    expect(segments).toHaveLength(18);
    expect(segments.every(({ uri }) => uri.startsWith(`${slate.revision}/`))).toBe(true);
  });

  it('answers every playlist that its multivariant playlists name, and a segment of each', async () => {
    const playback = await request(server).get('/api/channels/county/playback');
    for (const multivariant of [String(playback.body.live), String(playback.body.dvr)]) {
      const named = urisOf((await request(server).get(multivariant)).text);
      expect(named).toContain(`../audio/${multivariant.includes('/dvr/') ? 'dvr' : 'live'}.m3u8`);
      for (const uri of named) {
        const path = new URL(uri, `http://x${multivariant}`).pathname;
        const list = await request(server).get(path);
        expect(list.status, uri).toBe(200);
        const [segment = ''] = urisOf(list.text);
        expect((await request(server).head(new URL(segment, `http://x${path}`).pathname)).status, uri).toBe(200);
      }
    }
  });

  it('shows the film on its second, from the live list down to the bytes of a segment', async () => {
    const plan = await approvedPlan(yuanbo.app, office, {
      from: '2026-12-01',
      to: '2026-12-02',
      items: [{ filmId: film.id, start: '2026-12-01T08:10:00+08:00' }],
    });
    const published = await publish(yuanbo.app, office, plan);
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    expect(published.body.state).toBe('published');
    expect(published.body.effectiveAtMs).toBeLessThanOrEqual(yuanbo.time.nowMs + 40_000);

    const startMs = Date.UTC(2026, 11, 1, 0, 10, 0);
    yuanbo.time.nowMs = startMs + 20_000;
    const reply = await request(server).get('/api/channels/county/playback');
    const { segments, path } = await mediaList(String(reply.body.live));
    const first = segments.find(({ uri }) => uri === `${film.revision}/00000.ts`);
    expect(first?.programDateAtMs).toBe(startMs);
    expect(first?.discontinuity).toBe(true);
    const segment = await request(server)
      .get(new URL(`${film.revision}/00002.ts`, `http://x${path}`).pathname)
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect(segment.status).toBe(200);
    expect(segment.headers['content-type']).toBe('video/mp2t');
    expect(segment.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(film.segment('360p', 2).equals(segment.body as Buffer)).toBe(true);
  });
});

/** The URIs that a playlist names, in order. */
const urisOf = (playlist: string): readonly string[] =>
  playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
