import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EncodePlan } from '../../media/film/encode-plan.ts';
import { packageManifestSchema, type PackageManifest } from '../../media/film/package-manifest.ts';
import { inspectSegment, segmentFindings } from '../../transcoder/conform.ts';
import { droppedPrefix, manifestKey, revisionPrefix } from '../../media/storage/keys.ts';
import { openStorage } from '../../media/storage/open-storage.ts';
import { adtsFrames } from '../../transcoder/package/adts.ts';
import { tsBaseTicks } from '../../transcoder/package/write-ts-segment.ts';
import { readAudioRecord, readChunkRecord, readManifest } from '../../transcoder/shelf.ts';
import { startS3Double } from '../service/media/storage/s3-double.ts';
import { ffmpeg, joinRung, makeSource, openBench, segmentsOf, type Bench } from './transcoder-fixture.ts';

let bench: Bench;
let plan: EncodePlan;
let manifest: PackageManifest;
/** 22 s at 29.97 frames with B-frames: two chunks, a rate that is snapped, a tail that is padded. */
const seconds = 22;
/** The number of every picture is burned into it: ten bits, one bar each, white for 1. */
const bits = 10;
const barWidth = 64;
const numbered = Array.from(
  { length: bits },
  (_none, bit) =>
    `drawbox=x=${String(bit * barWidth)}:y=0:w=${String(barWidth)}:h=64:t=fill:c=black,` +
    `drawbox=x=${String(bit * barWidth)}:y=0:w=${String(barWidth)}:h=64:t=fill:c=white:enable='mod(floor(n/${String(2 ** bit)}),2)'`,
).join(',');

beforeAll(async () => {
  bench = await openBench();
  const source = join(bench.folder, 'source.mp4');
  makeSource(source, 's=640x360:r=30000/1001', seconds, ['-g', '75', '-vf', numbered]);
  await bench.upload(source);
  const planned = await bench.prepare();
  if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
  ({ plan, manifest } = await bench.finish(planned.revision));
});
afterAll(() => bench.close());

describe('a film that was transcoded in chunks', () => {
  it('was cut into two chunks on two rungs', () => {
    expect(plan.chunks.map((chunk) => chunk.cells)).toEqual([3, 3]);
    expect(manifest.ts.rungs.map((rung) => rung.name)).toEqual(['360p', '216p', 'audio']);
    expect(manifest.frameRate).toBe(30);
    expect(Math.abs(manifest.durationMs - seconds * 1000)).toBeLessThan(100);
  });

  it('has ceil(duration / 4) segments of exactly 4 s on every rung, each as the house profile wants it', async () => {
    for (const rung of manifest.ts.rungs) {
      const segments = await segmentsOf(bench.storage, manifest, rung.name);
      expect(segments).toHaveLength(Math.ceil(manifest.durationMs / 4000));
      segments.forEach((bytes, cell) => {
        const findings = segmentFindings(bytes, { cell, frameRate: rung.frameRate, baseTicks: tsBaseTicks });
        expect(findings, `${rung.name} ${String(cell)}`).toEqual([]);
      });
    }
  });

  it('has every frame once and no gap in the sound over all joins', async () => {
    for (const rung of manifest.ts.rungs) {
      if (rung.height === 0) continue;
      const found = (await segmentsOf(bench.storage, manifest, rung.name)).map(inspectSegment);
      const pictures = found.flatMap((segment) => [...segment.video.pts].sort((a, b) => a - b));
      expect(pictures).toHaveLength(manifest.segments * 4 * 30);
      expect(pictures.every((pts, index) => pts === tsBaseTicks + index * 3000)).toBe(true);
      const dts = found.flatMap((segment) => segment.video.dts);
      expect(dts.every((value, index) => index === 0 || value - (dts[index - 1] ?? 0) === 3000)).toBe(true);
      const sound = found.flatMap((segment) => segment.audioPts);
      expect(sound.every((pts, index) => pts === tsBaseTicks + index * 1920)).toBe(true);
    }
  });

  it('shows every picture of the source in its turn over all joins, by the numbers that are burned in', async () => {
    for (const rung of manifest.ts.rungs.filter(({ frameRate }) => frameRate > 0)) {
      const raw = join(bench.folder, `${rung.name}.gray`);
      const picture = ['-vf', `crop=iw:ih*48/360:0:0,scale=${String(bits)}:1:flags=area`, '-pix_fmt', 'gray'];
      ffmpeg('-i', await joinRung(bench, manifest, rung.name), ...picture, '-f', 'rawvideo', raw);
      const bars = await readFile(raw);
      const numbers = Array.from({ length: bars.length / bits }, (_none, at) =>
        [...bars.subarray(at * bits, (at + 1) * bits)].reduce((sum, luma, bit) => sum + (luma > 128 ? 2 ** bit : 0), 0),
      );
      expect(numbers).toHaveLength(manifest.segments * 4 * 30);
      // 29.97 becomes 30: one picture is shown twice; after the last one it is held.
      const last = numbers.at(-1) ?? 0;
      const moving = numbers.slice(0, numbers.indexOf(last) + 1);
      expect(last).toBe(Math.ceil((seconds * 30_000) / 1001) - 1);
      const steps = moving.slice(1).map((number, at) => number - (moving[at] ?? 0));
      expect(moving[0]).toBe(0);
      expect(steps.filter((step) => step !== 1).length).toBeLessThanOrEqual(1);
      expect(steps.every((step) => step === 1 || step === 0)).toBe(true);
    }
  });

  it('sounds over all joins as in one pass, frame by frame and to the sample', async () => {
    const record = await readAudioRecord(bench.storage, plan.revision, 'zh-CN');
    const rung = manifest.ts.rungs[0]?.name ?? '';
    const [encoded, sound] = [join(bench.folder, 'joined.aac'), join(bench.folder, 'joined.pcm')];
    const joined = await joinRung(bench, manifest, rung);
    ffmpeg('-i', joined, '-map', '0:a', '-c', 'copy', '-f', 'adts', encoded, '-map', '0:a', '-f', 's16le', sound);
    const frames = adtsFrames(await readFile(encoded));
    // The encoder's first frame is its priming.
    const onePass = adtsFrames(await bench.storage.read(`${record?.path ?? ''}/high.aac`)).slice(1, frames.length + 1);
    expect(frames.findIndex((frame, at) => onePass[at]?.equals(frame) !== true)).toBe(-1);
    expect(frames).toHaveLength(Math.ceil((manifest.segments * 4 * 48_000) / 1024));
    expect((await stat(sound)).size).toBe(frames.length * 1024 * 4);
  });

  it('is as loud as the county wants, whatever its source was', async () => {
    const loudness = (file: string): number => {
      const said = ffmpeg(
        '-v',
        'info',
        '-i',
        file,
        '-map',
        '0:a',
        '-af',
        'ebur128=framelog=verbose',
        '-f',
        'null',
        '-',
      );
      return Number(/I:\s+(-?[\d.]+) LUFS/.exec(said)?.[1]);
    };
    expect(Math.abs(loudness(join(bench.folder, 'source.mp4')) + 23)).toBeGreaterThan(1.5);
    for (const { name } of manifest.ts.rungs) {
      const lufs = loudness(await joinRung(bench, manifest, name));
      expect(lufs).toBeGreaterThan(-23.7);
      expect(lufs).toBeLessThan(-22.3);
    }
  });

  it('is played by ffmpeg from end to end without a word', async () => {
    for (const rung of manifest.ts.rungs) {
      const joined = await joinRung(bench, manifest, rung.name);
      expect(inspectSegment(await readFile(joined)).counterFaults).toBe(0);
      expect(ffmpeg('-v', 'warning', '-xerror', '-i', joined, '-f', 'null', '-')).toBe('');
    }
  });

  it('has a manifest that tells the size and digest of every file, and peaks below the declared bandwidth', async () => {
    expect(packageManifestSchema.parse(manifest)).toEqual(manifest);
    for (const rung of manifest.ts.rungs) {
      expect(rung.peakBps).toBeLessThanOrEqual(rung.bandwidthBps);
      expect(rung.averageBps).toBeLessThanOrEqual(rung.peakBps);
      const segments = await segmentsOf(bench.storage, manifest, rung.name);
      const digests = segments.map((bytes) => ({
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }));
      expect(rung.files).toEqual(digests);
    }
    expect(manifest.ts.rungs.map(({ bandwidthBps }) => bandwidthBps)).toEqual([1_200_000, 300_000, 80_000]);
    expect(manifest.loudness.measuredLufs).toBeLessThan(0);
  });

  it('can be wound through: each range of its I-frame playlist decodes to one picture of its own', async () => {
    const rung = manifest.ts.rungs.find(({ name }) => name === '360p');
    expect(rung?.keyFrames).toHaveLength(manifest.segments);
    const segments = await segmentsOf(bench.storage, manifest, '360p');
    const pictures = (rung?.keyFrames ?? []).flatMap((ranges, cell) =>
      ranges.map(({ fromByte, bytes }) => segments[cell]?.subarray(fromByte, fromByte + bytes) ?? Buffer.alloc(0)),
    );
    expect(pictures).toHaveLength(manifest.segments * 2);
    const [file, shown] = [join(bench.folder, 'key.ts'), join(bench.folder, 'key.crc')];
    for (const picture of [pictures[0], pictures[3], pictures.at(-1)]) {
      await writeFile(file, picture ?? Buffer.alloc(0));
      ffmpeg('-xerror', '-f', 'mpegts', '-i', file, '-map', '0:v', '-f', 'framecrc', shown);
      expect((await readFile(shown, 'utf8')).match(/^0,/gm)).toHaveLength(1);
    }
  });

  it('has pictures for its page', async () => {
    // Eight of them, though it has six cells.
    expect(manifest.posters).toHaveLength(8);
    for (const key of [...manifest.posters, ...(manifest.storyboard?.tiles ?? [''])]) {
      const bytes = await bench.storage.read(key);
      expect(bytes.readUInt16BE(0), key).toBe(0xffd8);
    }
  });

  it('leaves nothing but what its records name', async () => {
    const keys: string[] = [];
    for await (const { key } of bench.storage.list(`revisions/${plan.revision}/chunks/`)) keys.push(key);
    const folders = new Set(keys.map((key) => key.split('/').slice(0, 4).join('/')));
    const records = await Promise.all(
      plan.chunks.map((_chunk, index) => readChunkRecord(bench.storage, plan.revision, index)),
    );
    expect([...folders].filter((folder) => !folder.endsWith('.json')).sort()).toEqual(
      records.map((record) => record?.path),
    );
  });

  it('is not made again when it is asked for again, and another attempt changes nothing', async () => {
    const before = await readChunkRecord(bench.storage, plan.revision, 0);
    const again = await bench.run({ kind: 'chunk', ...bench.film, attempt: 1, revision: plan.revision, chunk: 0 });
    expect(again).toEqual({ outcome: 'chunk', chunk: 0 });
    expect(await readChunkRecord(bench.storage, plan.revision, 0)).toEqual(before);
    expect(await bench.run({ kind: 'finish', ...bench.film, revision: plan.revision })).toMatchObject({
      outcome: 'finished',
    });
  });
});

describe('two workers at one chunk', () => {
  it('leave one of two results, which is made again when it is found damaged before it is published', async () => {
    const other = await openBench();
    const source = join(other.folder, 'source.mp4');
    makeSource(source, 's=400x224:r=25', 4);
    await other.upload(source);
    const planned = await other.prepare();
    if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
    const job = { kind: 'chunk', ...other.film, revision: planned.revision, chunk: 0 } as const;
    await Promise.all([other.run(job), other.run(job)]);
    const record = await readChunkRecord(other.storage, planned.revision, 0);
    const keys: string[] = [];
    for await (const { key } of other.storage.list(`revisions/${planned.revision}/chunks/`)) keys.push(key);
    expect(keys.filter((key) => !key.endsWith('.json') && !key.startsWith(record?.path ?? ''))).toEqual([]);

    // No manifest while a segment is not what its record says; the chunk is made again, and then there is one.
    const segment = `${record?.path ?? ''}/216p/00000.ts`;
    await other.storage.put(segment, (await other.storage.read(segment)).subarray(0, -188));
    const finish = { kind: 'finish', ...other.film, revision: planned.revision } as const;
    const shorter = await other.run(finish);
    expect(shorter).toMatchObject({
      outcome: 'incomplete',
      findings: [expect.stringMatching(/00000\.ts has \d+ bytes/)],
    });
    expect(await readManifest(other.storage, planned.revision)).toBeUndefined();
    expect(await other.run(finish)).toMatchObject({ outcome: 'incomplete', findings: ['chunk 0 is missing'] });
    await other.finish(planned.revision).then(({ manifest: made }) => {
      expect(made.ts.chunks[0]?.path).not.toBe(record?.path);
    });
    expect(await other.storage.stat(segment)).toBeUndefined();

    // The right size is not enough: other bytes are found by their digest.
    const second = await readChunkRecord(other.storage, planned.revision, 0);
    const spoilt = `${second?.path ?? ''}/216p/00000.ts`;
    const spoil = async (chunk: typeof second) => {
      await other.storage.remove(manifestKey(planned.revision));
      // Of this very encode, for another one may have another size.
      const key = `${chunk?.path ?? ''}/216p/00000.ts`;
      const bytes = await other.storage.read(key);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
      await other.storage.put(key, bytes);
    };
    await spoil(second);
    expect(await other.run(finish)).toMatchObject({ findings: [`${spoilt} has other bytes than were recorded`] });
    // Found damaged once more under the same job, the fault lies elsewhere: people are told instead of encoding for ever.
    await other.run(job);
    await spoil(await readChunkRecord(other.storage, planned.revision, 0));
    await expect(other.run(finish)).rejects.toThrow(/verify_failed.*other bytes/);
    const { manifest: made } = await other.finish(planned.revision, 1);
    expect(made.ts.chunks[0]?.path).not.toBe(second?.path);
    const left: string[] = [];
    for await (const { key } of other.storage.list(droppedPrefix(planned.revision))) left.push(key);
    expect(left).toEqual([]);

    // Looked at again after months on the shelf: what changed goes with the manifest, and is made again.
    const verify = (askedAtMs: number) =>
      other.run({ kind: 'verify', filmId: other.film.filmId, attempt: 1, revision: planned.revision, askedAtMs });
    expect(await verify(1)).toEqual({ outcome: 'verified', revision: planned.revision, findings: [] });
    const stored = await readChunkRecord(other.storage, planned.revision, 0);
    const bytes = await other.storage.read(`${stored?.path ?? ''}/216p/00000.ts`);
    bytes.writeUInt8(bytes.readUInt8(1000) ^ 4, 1000);
    await other.storage.put(`${stored?.path ?? ''}/216p/00000.ts`, bytes);
    const findings = [`${stored?.path ?? ''}/216p/00000.ts has other bytes than were recorded`];
    expect(await verify(2)).toEqual({ outcome: 'verified', revision: planned.revision, findings });
    expect(await readManifest(other.storage, planned.revision)).toBeUndefined();
    // Killed before its answer was heard, it finds the film still not whole.
    expect(await verify(2)).toMatchObject({ findings: ['chunk 0 is missing', expect.stringMatching(/manifest/)] });
    const { manifest: mended } = await other.finish(planned.revision, 2);
    expect(mended.ts.chunks[0]?.path).not.toBe(stored?.path);
    expect(await verify(3)).toMatchObject({ findings: [] });
    // A store that is away is no damage.
    await other.storage.removeAll(revisionPrefix(planned.revision));
    await expect(verify(4)).rejects.toThrow('has no plan');
    await other.close();
  });
});

describe('a film with two languages and subtitles', () => {
  it('has package cmaf beside ts, with a rendition per language and subtitles cut at cells', async () => {
    const other = await openBench();
    const [subtitles, source] = [join(other.folder, 's.srt'), join(other.folder, 'source.mp4')];
    await writeFile(subtitles, '1\n00:00:03,000 --> 00:00:05,000\n<b>春耕</b>\n');
    ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=400x224:r=50:d=7', '-f', 'lavfi', '-i', 'sine=f=300:d=7'],
      ...['-f', 'lavfi', '-i', 'sine=f=900:d=7', '-i', subtitles, '-map', '0', '-map', '1', '-map', '2', '-map', '3'],
      ...['-metadata:s:a:0', 'language=chi', '-metadata:s:a:1', 'language=tib', '-metadata:s:s:0', 'language=chi'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-c:s', 'mov_text', source],
    );
    await other.upload(source);
    const planned = await other.prepare();
    if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
    const { manifest: made } = await other.finish(planned.revision);
    expect(made.languages).toEqual(['zh-CN', 'bo']);
    // Capped at 25 frames on the lowest rung.
    expect(made.ts.rungs.map((rung) => [rung.name, rung.frameRate])).toEqual([
      ['216p', 25],
      ['audio', 0],
    ]);
    const { cmaf } = made;
    expect(cmaf?.audio.map((track) => [track.language, track.isDefault, track.files.length])).toEqual([
      ['zh-CN', true, 2],
      ['bo', false, 2],
    ]);
    const join2 = async (init: string, path: string): Promise<string> => {
      const names = ['00000.m4s', '00001.m4s'];
      const parts = await Promise.all(
        [init, ...names.map((name) => `${path}/${name}`)].map((key) => other.storage.read(key)),
      );
      const file = join(other.folder, `${String(Math.random())}.mp4`);
      await writeFile(file, Buffer.concat(parts));
      return ffmpeg('-v', 'warning', '-xerror', '-i', file, '-f', 'null', '-');
    };
    const rung = cmaf?.rungs[0];
    expect(await join2(rung?.init ?? '', `${cmaf?.chunks[0]?.path ?? ''}/${rung?.name ?? ''}`)).toBe('');
    for (const track of cmaf?.audio ?? []) expect(await join2(`${track.path}/init.mp4`, track.path)).toBe('');
    const vtt = (await other.storage.read(`${made.subtitles[0]?.path ?? ''}/00001.vtt`)).toString();
    expect(vtt).toContain('X-TIMESTAMP-MAP=MPEGTS:126000');
    // Harmless tags stay: players draw them.
    expect(vtt).toContain('00:00:03.000 --> 00:00:05.000\n<b>春耕</b>');
    expect((await other.storage.read(`${cmaf?.subtitles[0]?.path ?? ''}/00000.vtt`)).toString()).toContain('MPEGTS:0,');
    await other.close();
  });
});

describe('a film in an S3 bucket', () => {
  it('is made like one on a disk, and its manifest is put under a condition', async () => {
    const double = await startS3Double('county', 50);
    const access = { endpoint: double.endpoint, region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' };
    const other = await openBench(await openStorage('s3://county/films', access));
    const source = join(other.folder, 'source.mp4');
    makeSource(source, 's=400x224:r=25', 5);
    await other.upload(source);
    const planned = await other.prepare();
    if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
    const { manifest: made } = await other.finish(planned.revision);
    const segments = await segmentsOf(other.storage, made, '216p');
    expect(
      segments.map((bytes, cell) => segmentFindings(bytes, { cell, frameRate: 25, baseTicks: tsBaseTicks })),
    ).toEqual([[], []]);
    expect(
      double.requests.filter((request) => request.startsWith('PUT') && request.endsWith('/manifest.json')),
    ).toHaveLength(1);
    await other.close();
    await double.close();
  });
});
