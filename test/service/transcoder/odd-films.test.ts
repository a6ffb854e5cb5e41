import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilmProblemCode } from '../../../media/film/film-problem-text.ts';
import { needPlan, readAudioRecord } from '../../../transcoder/shelf.ts';
import { openBench, type Bench } from '../../journey/transcoder-fixture.ts';
import { makeOddFilm, ODD_KINDS, type OddKind } from '../../odd-films/make-odd-film.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Makes the film, uploads it and lets the transcoder look at it. */
async function look(kind: OddKind) {
  const path = await makeOddFilm(kind, join(bench.folder, kind));
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  await bench.upload(path);
  return { sha256, result: await bench.prepare() };
}

const refusals: Partial<Record<OddKind, FilmProblemCode>> = {
  empty: 'empty_file',
  text: 'unsupported_container',
  'web-page': 'unsupported_container',
  'random-bytes': 'unsupported_container',
  'hls-playlist': 'unsupported_container',
  'hls-playlist-http': 'unsupported_container',
  'hls-playlist-protocols': 'unsupported_container',
  ffconcat: 'unsupported_container',
  dash: 'unsupported_container',
  'dash-http': 'unsupported_container',
  'png-picture': 'unsupported_container',
  'gif-picture': 'unsupported_container',
  'without-index': 'unreadable',
  'only-sound': 'no_video',
  'magic-yuv': 'unsupported_codec',
  encrypted: 'encrypted_source',
  'huge-picture': 'too_many_pixels',
  'tiny-picture': 'bad_dimensions',
  'thousand-frames': 'bad_frame_rate',
  'many-tracks': 'too_many_streams',
  'timestamp-gap': 'bad_timestamps',
  spliced: 'spliced_source',
  'too-short': 'too_short',
  'too-long': 'too_long',
};

describe('a source that is no film', () => {
  it.each(Object.entries(refusals) as [OddKind, FilmProblemCode][])(
    'is refused in plain words: %s, %s',
    async (kind, code) => {
      const { sha256, result } = await look(kind);
      expect(result).toMatchObject({ outcome: 'refused', problem: { code } });
      if (result.outcome !== 'refused') return;
      expect(result.problem.message).not.toMatch(/undefined|\{|0x/);
      if (kind !== 'empty') expect(result.sourceSha256).toBe(sha256);
    },
  );

  it('leaves nothing on the shelf', async () => {
    const keys: string[] = [];
    for await (const { key } of bench.storage.list('revisions/')) keys.push(key);
    expect(keys).toEqual([]);
  });

  it('is missing when nothing was uploaded', async () => {
    const job = { kind: 'prepare', ...bench.film, sourceKey: 'sources/none/source', language: 'zh-CN' } as const;
    await expect(bench.run(job)).rejects.toThrow('source_missing');
  });
});

const converted = (...codes: string[]) => ({ conversions: expect.arrayContaining(codes) as unknown });

/** What the plan must say of a film that is accepted. */
const plans: Partial<Record<OddKind, object>> = {
  'cut-in-half': { warnings: [{ code: 'damaged', values: { declaredSeconds: 8 } }] },
  'wrapping-clock': { durationMs: 8000, segments: 2 },
  'odd-size': { facts: { video: { codedWidth: 321, pixelFormat: 'yuv444p' } } },
  hdr10: converted('tone_mapped'),
  interlaced: converted('deinterlaced', 'letter_boxed'),
  anamorphic: { facts: { video: { codedWidth: 720, width: 1024 } } },
  rotated: converted('rotated', 'pillar_boxed'),
  'variable-rate': { ...converted('frame_rate'), frameRate: 24 },
  mono: converted('upmixed'),
  surround: converted('downmixed'),
  'two-languages': { audio: [{ language: 'zh-CN' }, { language: 'en' }], cmaf: true },
  'without-sound': converted('silence_added'),
  'long-sound': { durationMs: 10_000, pictureEndMs: 2000, segments: 3 },
  'drifting-sound': { durationMs: 8000 },
  'size-change': { ...converted('deinterlaced'), segments: 2 },
  'sound-change': { segments: 2 },
  avi: { demuxer: 'avi' },
  flv: { demuxer: 'flv' },
  wmv: { demuxer: 'asf' },
  mpeg: { demuxer: 'mpeg' },
  mts: { demuxer: 'mpegts' },
};

describe('an unusual film', () => {
  it.each(ODD_KINDS.filter((kind) => refusals[kind] === undefined))(
    'is planned, and has sound for every cell: %s',
    async (kind) => {
      const { result } = await look(kind);
      const warnings = kind === 'cut-in-half' || kind === 'scratched' ? [{ code: 'damaged' }] : [];
      expect(result).toMatchObject({ outcome: 'planned', warnings });
      if (result.outcome !== 'planned') return;
      const plan = await needPlan(bench.storage, result.revision);
      expect(plan).toMatchObject(plans[kind] ?? {});
      const sound = await readAudioRecord(bench.storage, result.revision, 'zh-CN');
      expect(sound?.high.cellOffsets).toHaveLength(plan.segments + 1);
    },
  );
});
