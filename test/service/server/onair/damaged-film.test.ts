import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellAt } from '../../../../media/grid/cell.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { packageManifestSchema, type PackageManifest } from '../../../../media/film/package-manifest.ts';
import { manifestKey } from '../../../../media/storage/keys.ts';
import { withdrawn } from '../../../../server/library/withdraw-film.ts';
import { keepOnAir } from '../../../../server/onair/on-air-parts.ts';
import { playableOf } from '../../../../server/onair/on-air.ts';
import { rangeLink } from '../../../../server/playback/playback-links.ts';
import { type Damage, damageFile, lookAtFiles, makeAgain, recordShelf, segmentKeyOf } from '../../damaged-shelf.ts';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { approvedPlan, type Office, publish } from '../../plan-a-day.ts';
import { startApp, type TestApp, type TestReplica } from '../../start-app.ts';
import { planOf } from '../library/paper-worker.ts';

/** 19:00 on the 1st. */
const eveningMs = Date.UTC(2026, 11, 1, 11);
const minuteMs = 60_000;
/** Every film twice: each five minutes from 19:00 and from 21:00 on. */
const startOf = (n: number, round = 0): number => eveningMs + round * 120 * minuteMs + n * 5 * minuteMs;
const damages: readonly [Damage, string][] = [
  ['flipped', 'has other bytes than were recorded'],
  ['missing', 'is missing'],
  ['truncated', 'has 43 bytes, not 50'],
];
const segments = 60;

let yuanbo: TestApp;
/** It asks the database by itself, as it does in earnest. */
let other: TestReplica;
let films: MadeFilm[];
let manifests: PackageManifest[];
let spare: MadeFilm;
let slate: MadeFilm;

beforeAll(async () => {
  yuanbo = await startApp();
  other = await yuanbo.replica();
  const { parts } = yuanbo;
  slate = await makeSlate(parts);
  spare = await makeReadyFilm(parts, { title: '备播', segments, segmentBytes: 50 });
  films = [];
  for (const [damage] of damages) {
    const film = await makeReadyFilm(parts, { title: damage, segments, segmentBytes: 50 });
    const plan = planOf(Buffer.from('240'), 'zh-CN');
    await recordShelf(parts, film, {
      ...plan,
      ...{ revision: film.revision, segments, chunks: [{ firstCell: 0, cells: segments, seekSeconds: 0 }] },
      rungs: ['720p', '360p', '216p'].map((name) => ({ name, width: 0, height: 0, frameRate: 25 })),
    });
    films.push(film);
  }
  manifests = await Promise.all(
    films.map(async ({ revision }) =>
      packageManifestSchema.parse(JSON.parse((await parts.storage.read(manifestKey(revision))).toString())),
    ),
  );
  const office: Office = { scheduler: await yuanbo.signInAs('scheduler'), reviewer: await yuanbo.signInAs('reviewer') };
  await parts.tend();
  const items = [0, 1].flatMap((round) =>
    films.map(({ id }, n) => ({
      ...{ id: `item-${round}-${n}`, filmId: id, alternates: n === 1 ? [] : [spare.id] },
      start: new Date(startOf(n, round)).toISOString().replace('.000', ''),
    })),
  );
  const plan = await approvedPlan(yuanbo.app, office, { from: '2026-12-01', to: '2026-12-02', items });
  expect((await publish(yuanbo.app, office, plan)).status).toBe(200);
  await keepOnAir({ ...other.parts, log: other.parts.log, closers: other.parts.closers });
});
afterAll(() => yuanbo.stop());

const segmentsOf = (text: string) => {
  const read = readMediaPlaylist(text);
  if (!read.ok) throw new Error(read.message);
  return read.segments;
};
const live = async (replica: TestReplica) => {
  const playback = await request(replica.listener).get('/api/channels/county/playback');
  const url = String(playback.body.live).replace('live/multivariant.m3u8', '360p/live.m3u8');
  return { url, listed: segmentsOf((await request(replica.listener).get(url)).text) };
};
/** What catch-up shows of the first 20 s of a programme. */
const caughtUp = async (replica: TestReplica, startMs: number) => {
  const { gate, onAir } = replica.parts;
  const fromCell = cellAt(startMs);
  const range = { fromCell, toCell: fromCell + 5, view: 'range' } as const;
  const { url } = rangeLink(gate, playableOf(onAir.require('county', yuanbo.time.nowMs)), range, yuanbo.time.nowMs);
  const list = url.replace(/(range-\d+-\d+)\/multivariant/, '360p/$1');
  const uris = segmentsOf((await request(replica.listener).get(list)).text).map(({ uri }) => uri);
  return [...new Set(uris.map((uri) => uri.split('/')[0]))];
};
const answer = async (replica: TestReplica, path: string): Promise<[number, string | undefined]> => {
  const reply = await request(replica.listener).get(path);
  return [reply.status, (reply.body as { code?: string }).code];
};
const tendBoth = () => Promise.all([yuanbo.parts.tend(), other.parts.tend()]);
const revisionsOf = (listed: Awaited<ReturnType<typeof live>>['listed']) => [
  ...new Set(listed.map(({ uri }) => uri.split('/')[0])),
];

describe('a film whose stored files are damaged', () => {
  it.each(damages.map(([damage, words], n) => [damage, words, n] as const))(
    'is refused on every replica within 10 s, and something else airs: a file %s',
    async (damage, words, n) => {
      const film = films[n]!;
      const instead = n === 1 ? slate.revision : spare.revision;
      yuanbo.time.nowMs = startOf(n) + minuteMs;
      await tendBoth();
      const { url, listed } = await live(other);
      const segment = new URL(listed.at(-1)?.uri ?? '', `http://x${url}`).pathname;
      const vod = String((await request(other.listener).get(`/api/films/${film.id}/playback`)).body.hls);
      for (const path of [segment, vod]) expect(await answer(other, path)).toEqual([200, undefined]);
      expect(await caughtUp(other, startOf(n))).toEqual([film.revision]);

      const damaged = segmentKeyOf(film, 5);
      await damageFile(yuanbo.parts.storage, damaged, damage);
      const beganMs = performance.now();
      expect(await lookAtFiles(yuanbo.parts, film)).toEqual([`${damaged} ${words}`]);
      await expect.poll(() => answer(other, segment), { timeout: 10_000, interval: 50 }).toEqual([410, 'damaged']);
      const tookMs = performance.now() - beganMs;
      console.log(`file ${damage}: looked at, and refused on the other replica after ${Math.round(tookMs)} ms`);
      expect(tookMs).toBeLessThan(10_000);
      for (const replica of [yuanbo, other])
        for (const path of [segment, vod]) expect(await answer(replica, path)).toEqual([410, 'damaged']);
      expect((await request(yuanbo.app).get(`/api/films/${film.id}`)).status).toBe(404);
      const { headers } = await yuanbo.signInAs('admin');
      const shown = (await request(yuanbo.app).get(`/api/films/${film.id}`).set(headers)).body;
      expect(shown.damage).toEqual({ atMs: yuanbo.time.nowMs, finding: `${damaged} ${words}` });
      const status = (await request(yuanbo.app).get('/api/status').set(headers)).body;
      expect(status.damagedFilms).toContainEqual(expect.objectContaining({ filmId: film.id, isMending: true }));

      const lastListed = listed.at(-1)?.mediaSequence ?? 0;
      yuanbo.time.nowMs += 32_000;
      for (const replica of [yuanbo, other]) {
        const after = (await live(replica)).listed;
        for (const { mediaSequence, uri } of listed)
          expect(after.find((each) => each.mediaSequence === mediaSequence)?.uri ?? uri).toBe(uri);
        // At most 16 s after what was found; a cell that was listed by then stays.
        const later = after.filter(({ mediaSequence }) => mediaSequence > lastListed + 1);
        expect(revisionsOf(later)).toEqual([instead]);
        expect(await caughtUp(replica, startOf(n))).toEqual([slate.revision]);
      }
    },
    30_000,
  );

  it('airs again, on demand and in catch-up too, once the damaged part was made again; others wait', async () => {
    const [first, second, third] = films as [MadeFilm, MadeFilm, MadeFilm];
    for (const film of [first, second]) {
      await makeAgain(yuanbo.parts, film, manifests[films.indexOf(film)]!);
      expect(await yuanbo.parts.films.find(film.id)).toMatchObject({ state: 'ready', revision: film.revision });
      expect(await lookAtFiles(yuanbo.parts, film)).toEqual([]);
    }
    await tendBoth();
    for (const replica of [yuanbo, other]) {
      for (const n of [0, 1]) expect(await caughtUp(replica, startOf(n))).toEqual([films[n]?.revision]);
      expect(await caughtUp(replica, startOf(2))).toEqual([slate.revision]);
    }
    for (const [n, airs] of [first, second, spare].entries()) {
      yuanbo.time.nowMs = startOf(n, 1) + minuteMs;
      await tendBoth();
      const { url, listed } = await live(other);
      expect(revisionsOf(listed)).toEqual([airs.revision]);
      const path = new URL(listed[0]?.uri ?? '', `http://x${url}`).pathname;
      expect((await request(other.listener).get(path)).status).toBe(200);
    }
    expect((await request(yuanbo.app).get(`/api/films/${first.id}`)).status).toBe(200);
    expect((await request(yuanbo.app).get(`/api/films/${third.id}`)).status).toBe(404);
    const audited = (await yuanbo.parts.audit.page(50)).filter(({ actor }) => actor === 'system');
    expect(audited.map(({ action, object }) => [action, object]).reverse()).toEqual([
      ...films.map(({ id }) => ['film.damaged', `film/${id}`]),
      ...[first, second].map(({ id }) => ['film.mended', `film/${id}`]),
    ]);
    expect(audited.at(-1)?.detail).toBe(`${segmentKeyOf(first, 5)} has other bytes than were recorded`);
  });

  it('that somebody withdraws meanwhile is not put back by its mending', async () => {
    const film = (await yuanbo.parts.films.find(films[2]?.id ?? ''))!;
    expect(film.damage).toBeDefined();
    const gone = withdrawn({ ...film, state: 'encoding' }, film.owner, '内容有误', yuanbo.time.nowMs);
    expect(gone.damage).toBeUndefined();
    expect(gone.problem?.code).toBe('withdrawn');
  });
});
