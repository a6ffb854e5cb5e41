import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needPlan } from '../../transcoder/shelf.ts';
import { ffmpeg, joinedAndWhole, makeSource, openBench, type Bench } from './transcoder-fixture.ts';

let bench: Bench;
let good: string;
const file = (name: string): string => join(bench.folder, name);

beforeAll(async () => {
  bench = await openBench();
  good = file('good.mp4');
  makeSource(good, 's=400x224:r=25', 8, ['-movflags', '+faststart']);
});
afterAll(() => bench.close());

const picture = (size: string, seconds: number) => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=s=${size}:r=25:d=${String(seconds)}`,
];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];

/** Name, expected code, how to make it. */
const refused: readonly (readonly [string, string, (path: string) => unknown])[] = [
  ['a text named .mp4', 'unsupported_container', (path) => writeFile(path, 'hello')],
  [
    'a playlist that names a local file',
    'unsupported_container',
    (path) => writeFile(path, '#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n'),
  ],
  ['an ffconcat script', 'unsupported_container', (path) => writeFile(path, `ffconcat version 1.0\nfile ${good}\n`)],
  [
    'a DASH manifest',
    'unsupported_container',
    (path) => writeFile(path, `<?xml version="1.0"?><MPD><Period><BaseURL>${good}</BaseURL></Period></MPD>`),
  ],
  ['an empty file', 'empty_file', (path) => writeFile(path, '')],
  ['a film without its index', 'unreadable', async (path) => writeFile(path, (await readFile(good)).subarray(0, 600))],
  [
    'a film of 16384x8640',
    'too_many_pixels',
    (path) => ffmpeg('-f', 'lavfi', '-i', 'color=s=16384x8640:r=1:d=1', '-frames:v', '1', ...x264, '-f', 'mp4', path),
  ],
  [
    'a codec that nobody asked for',
    'unsupported_codec',
    (path) => ffmpeg(...picture('64x64', 2), '-c:v', 'magicyuv', '-f', 'avi', path),
  ],
  ['sound alone', 'no_video', (path) => ffmpeg('-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'aac', '-f', 'mp4', path)],
  [
    'a picture of 12x12',
    'bad_dimensions',
    (path) => ffmpeg(...picture('12x12', 2), '-c:v', 'mpeg4', '-f', 'mp4', path),
  ],
  [
    'a thousand frames a second',
    'bad_frame_rate',
    (path) => ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=1000:d=2', ...x264, '-f', 'mp4', path),
  ],
  ['a fifth of a second', 'too_short', (path) => ffmpeg(...picture('64x64', 0.2), ...x264, '-f', 'mp4', path)],
  [
    'a gap of 25 hours',
    'bad_timestamps',
    (path) =>
      ffmpeg(
        ...picture('64x64', 2),
        '-vf',
        "setpts='PTS+if(gt(N,25),90000,0)/TB'",
        '-vsync',
        'passthrough',
        ...x264,
        '-f',
        'matroska',
        path,
      ),
  ],
  [
    'forty streams',
    'too_many_streams',
    (path) =>
      ffmpeg(
        ...picture('32x32', 1),
        ...Array.from({ length: 40 }, () => ['-map', '0']).flat(),
        '-c:v',
        'mpeg4',
        '-f',
        'matroska',
        path,
      ),
  ],
  [
    'an encrypted film',
    'encrypted_source',
    (path) =>
      ffmpeg(
        ...[...picture('64x64', 2), ...x264, '-encryption_scheme', 'cenc-aes-ctr'],
        ...[
          '-encryption_key',
          '76a6c65c5ea762046bd749a2e632ccbb',
          '-encryption_kid',
          'a7e61c373e219033c21091fa607bf3b8',
        ],
        ...['-f', 'mp4', path],
      ),
  ],
];

describe('a source that is no film', () => {
  for (const [name, code, make] of refused)
    it(`is refused in plain words: ${name}`, async () => {
      const path = file('odd');
      await make(path);
      await bench.upload(path);
      const result = await bench.prepare();
      expect(result).toMatchObject({ outcome: 'refused', problem: { code } });
      if (result.outcome !== 'refused') return;
      expect(result.problem.message).not.toMatch(/undefined|\{|0x/);
      if (code !== 'empty_file')
        expect(result.sourceSha256).toBe(
          createHash('sha256')
            .update(await readFile(path))
            .digest('hex'),
        );
    });

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

/** Name, what the plan must say, how to make it. */
const accepted: readonly (readonly [string, object, (path: string) => unknown])[] = [
  [
    'an odd size in 4:4:4',
    { segments: 1 },
    (path) => ffmpeg(...picture('321x241', 3), ...x264, '-pix_fmt', 'yuv444p', '-f', 'matroska', path),
  ],
  [
    'a film without sound',
    { conversions: expect.arrayContaining(['silence_added']) },
    (path) => ffmpeg(...picture('384x216', 3), ...x264, '-f', 'mp4', path),
  ],
  [
    'a portrait',
    { conversions: expect.arrayContaining(['pillar_boxed']) },
    (path) => ffmpeg(...picture('120x214', 3), ...x264, '-f', 'mp4', path),
  ],
  [
    'ten bits of high dynamic range',
    { conversions: expect.arrayContaining(['tone_mapped']) },
    (path) =>
      ffmpeg(
        ...[
          ...picture('384x216', 2),
          '-pix_fmt',
          'yuv420p10le',
          '-c:v',
          'libx265',
          '-preset',
          'ultrafast',
          '-x265-params',
        ],
        ...['log-level=0:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc', '-f', 'mp4', path],
      ),
  ],
  [
    'interlaced pictures with oblong pixels',
    { conversions: expect.arrayContaining(['deinterlaced']) },
    (path) =>
      ffmpeg(
        ...['-f', 'lavfi', '-i', 'testsrc2=s=360x288:r=50:d=3', '-vf', 'setsar=64/45,interlace', '-c:v', 'mpeg2video'],
        ...['-flags', '+ildct+ilme', '-f', 'mpegts', path],
      ),
  ],
  [
    'a clock that begins late',
    { segments: 2 },
    (path) => ffmpeg('-i', good, '-c', 'copy', '-output_ts_offset', '95400', '-f', 'mpegts', path),
  ],
  ['AVI', { segments: 2 }, (path) => ffmpeg('-i', good, '-f', 'avi', path)],
  ['FLV', { segments: 2 }, (path) => ffmpeg('-i', good, '-ar', '44100', '-f', 'flv', path)],
  ['WMV', { segments: 2 }, (path) => ffmpeg('-i', good, '-f', 'asf', path)],
  ['MPEG program stream', { segments: 2 }, (path) => ffmpeg('-i', good, '-f', 'mpeg', path)],
  [
    'sound that goes on after the picture',
    { segments: 4 },
    (path) =>
      ffmpeg(
        ...picture('384x216', 2),
        '-f',
        'lavfi',
        '-i',
        'sine=d=14',
        ...x264,
        '-c:a',
        'aac',
        '-ac',
        '6',
        '-f',
        'mp4',
        path,
      ),
  ],
];

describe('an unusual film', () => {
  for (const [name, expected, make] of accepted)
    it(`is made right: ${name}`, async () => {
      const other = await openBench();
      const path = join(other.folder, 'odd');
      await make(path);
      await other.upload(path);
      const planned = await other.prepare();
      expect(planned).toMatchObject({ outcome: 'planned', warnings: [] });
      if (planned.outcome !== 'planned') return;
      const { plan, manifest } = await other.finish(planned.revision);
      const { segments, conversions } = plan;
      if ('segments' in expected) expect(segments).toBe(expected.segments);
      else expect({ conversions }).toMatchObject(expected);
      expect(manifest.ts.rungs.every((rung) => rung.files.length === segments)).toBe(true);
      await other.close();
    });

  it('is marked for the reviewer when half of it is missing', async () => {
    const whole = await readFile(good);
    const cut = file('cut');
    await writeFile(cut, whole.subarray(0, Math.round(whole.length * 0.5)));
    await bench.upload(cut);
    const planned = await bench.prepare();
    expect(planned).toMatchObject({
      outcome: 'planned',
      warnings: [{ code: 'damaged', values: { declaredSeconds: 8 } }],
    });
    if (planned.outcome !== 'planned') return;
    expect(planned.durationMs).toBeLessThan(6000);
    const finished = await bench.finish(planned.revision);
    expect(finished.manifest.segments).toBe(Math.ceil(planned.durationMs / 4000));
  });

  it('is marked for the reviewer when its middle is noise', async () => {
    const bytes = Buffer.from(await readFile(good));
    const { size } = await stat(good);
    for (let at = Math.round(size / 2); at < size / 2 + 40_000; at += 1) bytes[at] = (at * 167 + 13) & 255;
    const noisy = file('noisy');
    await writeFile(noisy, bytes);
    await bench.upload(noisy);
    const planned = await bench.prepare();
    if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
    await bench.finish(planned.revision);
    const finished = await bench.run({ kind: 'finish', ...bench.film, revision: planned.revision });
    expect(finished).toMatchObject({ outcome: 'finished', warnings: [{ code: 'damaged' }] });
  });
});

describe('seeking to a chunk', () => {
  const containers = ['mp4', 'matroska', 'mpegts', 'mpeg', 'avi', 'flv', 'asf'];
  for (const container of containers)
    it(`gives the frames of one pass in ${container}, with long groups of pictures and B-frames`, async () => {
      const other = await openBench();
      const path = join(other.folder, 'odd');
      const codec = container === 'mpeg' ? ['-c:v', 'mpeg2video', '-bf', '2', '-q:v', '8'] : [...x264, '-bf', '2'];
      const rate = ['-f', 'lavfi', '-i', 'testsrc2=s=128x72:r=30000/1001:d=40', '-f', 'lavfi', '-i', 'sine=d=40'];
      ffmpeg(...rate, ...codec, '-g', '140', '-ar', '44100', '-f', container, path);
      await other.upload(path);
      const planned = await other.prepare();
      if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
      const plan = await needPlan(other.storage, planned.revision);
      const { joined, whole } = await joinedAndWhole(other, plan);
      expect(plan.chunks.length).toBeGreaterThan(1);
      expect(whole).toHaveLength(plan.segments * 120);
      expect(joined.findIndex((frame, index) => frame !== whole[index])).toBe(-1);
      await other.close();
    });
});
