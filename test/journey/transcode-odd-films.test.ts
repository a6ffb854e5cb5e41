import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import { needPlan } from '../../transcoder/shelf.ts';
import { makeOddFilm, type OddKind } from '../odd-films/make-odd-film.ts';
import { ffmpeg, joinedAndWhole, joinRung, openBench, segmentsOf, type Bench } from './transcoder-fixture.ts';

/** Makes the film of this kind, uploads it and plans its encode. */
async function plan(bench: Bench, kind: OddKind) {
  await bench.upload(await makeOddFilm(kind, join(bench.folder, 'source')));
  const planned = await bench.prepare();
  if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
  return planned;
}

/** Mean level of a second of the lowest rung in dB; digital silence is -91. */
async function levelAt(bench: Bench, manifest: PackageManifest, second: number): Promise<number> {
  const file = await joinRung(bench, manifest, '216p');
  const log = ffmpeg(
    ...['-v', 'info', '-ss', String(second), '-t', '1', '-i', file],
    ...['-vn', '-af', 'volumedetect', '-f', 'null', '-'],
  );
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(log)?.[1]);
}

/** Every segment of these was checked by our inspector before it was stored, and the outer ones decoded. */
const wholeFilms: Partial<Record<OddKind, number>> = {
  'odd-size': 1,
  hdr10: 1,
  interlaced: 1,
  rotated: 1,
  'variable-rate': 2,
  'without-sound': 1,
  'long-sound': 3,
  'wrapping-clock': 2,
  'size-change': 2,
  hlg: 1,
  'editing-codec': 1,
  'double-rate': 1,
};
/** Films whose clock is odd, and when there must be something to hear. */
const heardAt: Partial<Record<OddKind, readonly number[]>> = {
  'sound-change': [1, 3, 6, 7],
  'drifting-sound': [1, 3, 6, 7],
  'early-sound': [0, 2, 6],
  'edit-list': [0, 2],
};

/** SPS and PPS at the head of a segment: what a decoder is set up with. */
const parametersOf = (segment: Buffer | undefined): string | undefined => {
  const [from, last] = ['0000000167', '0000000168'].map((start) => segment?.indexOf(start, 0, 'hex') ?? -1);
  return segment?.subarray(from, (last ?? -1) + 10).toString('hex');
};

describe('an unusual film', () => {
  const parameters = new Map<number, string | undefined>();

  it.each(Object.entries(wholeFilms) as [OddKind, number][])(
    'is made whole on every rung: %s has %i cells',
    async (kind, cells) => {
      const bench = await openBench();
      const { revision } = await plan(bench, kind);
      const { manifest, warnings } = await bench.finish(revision);
      expect(warnings).toEqual([]);
      expect(manifest.ts.rungs.length).toBeGreaterThan(0);
      for (const rung of manifest.ts.rungs) expect(rung.files).toHaveLength(cells);
      expect(manifest.channelReady).toMatchObject({ cellMs: 4000, audioLayout: 'stereo-48000-aac-lc' });
      // Whatever came in, the lowest rung is set up alike in every film of its frame rate.
      const own = parametersOf((await segmentsOf(bench.storage, manifest, '216p'))[0]);
      expect(own).toMatch(/^000000016764001e/);
      expect(own).toBe(parameters.get(manifest.frameRate) ?? own);
      parameters.set(manifest.frameRate, own);
      await bench.close();
    },
  );

  it.each(Object.entries(heardAt) as [OddKind, readonly number[]][])(
    'is heard from its beginning to its end: %s',
    async (kind, seconds) => {
      const bench = await openBench();
      const { manifest, warnings } = await bench.finish((await plan(bench, kind)).revision);
      expect(warnings).toEqual([]);
      for (const second of seconds) expect(await levelAt(bench, manifest, second)).toBeGreaterThan(-45);
      await bench.close();
    },
  );

  it('is refused in plain words where not one picture can be decoded, and not tried again', async () => {
    const bench = await openBench();
    const { revision } = await plan(bench, 'undecodable');
    const result = await bench.run({ kind: 'chunk', ...bench.film, revision, chunk: 0 });
    expect(result).toMatchObject({
      outcome: 'refused',
      problem: { code: 'unreadable', values: { cause: 'undecodable' } },
    });
    await bench.close();
  });

  it.each(['cut-in-half', 'scratched'] as const)('is made as far as it goes and marked: %s', async (kind) => {
    const bench = await openBench();
    const planned = await plan(bench, kind);
    const { manifest, warnings } = await bench.finish(planned.revision);
    expect(warnings).toMatchObject([{ code: 'damaged' }]);
    expect(manifest.segments).toBe(Math.ceil(planned.durationMs / 4000));
    await bench.close();
  });
});

describe('seeking to a chunk', () => {
  const containers = ['mp4', 'matroska', 'mpegts', 'mpeg', 'avi', 'flv', 'asf'];
  for (const container of containers)
    it(`gives the frames of one pass in ${container}, with long groups of pictures and B-frames`, async () => {
      const other = await openBench();
      const path = join(other.folder, 'odd');
      const codec =
        container === 'mpeg'
          ? ['-c:v', 'mpeg2video', '-bf', '2', '-q:v', '8']
          : ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2'];
      const rate = ['-f', 'lavfi', '-i', 'testsrc2=s=128x72:r=30000/1001:d=22', '-f', 'lavfi', '-i', 'sine=d=22'];
      ffmpeg(...rate, ...codec, '-g', '140', '-ar', '44100', '-f', container, path);
      await other.upload(path);
      const planned = await other.prepare();
      if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
      const plan = await needPlan(other.storage, planned.revision);
      const { joined, whole } = await joinedAndWhole(other, plan);
      expect(plan.chunks.map((chunk) => chunk.cells)).toEqual([3, 3]);
      expect(whole).toHaveLength(plan.segments * 120);
      expect(joined.findIndex((frame, index) => frame !== whole[index])).toBe(-1);
      await other.close();
    });
});
