import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import type { MarkKind } from '../../media/film/technical-check.ts';
import { ffmpeg, openBench, type Bench } from './transcoder-fixture.ts';

let bench: Bench;
let manifest: PackageManifest;

/** 40 s in two chunks with their border at 12 s: black over it, a standstill, silence and a clipped tone, each in its place. */
beforeAll(async () => {
  bench = await openBench();
  const source = join(bench.folder, 'source.mkv');
  const picture = "drawbox=c=black:t=fill:enable='between(t,11,12.99)',loop=loop=74:size=1:start=500,setpts=N/25/TB";
  const tone = 'sin(2*PI*440*t)';
  const sound = `if(between(t,30,33),0,if(between(t,26,28),clip(4*${tone},-1,1),0.1*${tone}))`;
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=384x216:r=25:d=37', '-f', 'lavfi', '-i', `aevalsrc='${sound}':s=48000:d=40`],
    ...['-vf', picture, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le', source],
  );
  manifest = await packaged(source);
});
afterAll(() => bench.close());

async function packaged(source: string): Promise<PackageManifest> {
  await bench.upload(source);
  const planned = await bench.prepare();
  if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
  return (await bench.finish(planned.revision)).manifest;
}

const marksOf = (kind: MarkKind) => manifest.marks.filter((mark) => mark.kind === kind);

describe('the technical check', () => {
  const oneFrameMs = 40;

  it.each([
    ['black', 11_000, 13_000, oneFrameMs],
    ['freeze', 20_000, 23_000, oneFrameMs],
    ['silence', 30_000, 33_000, oneFrameMs],
    ['clipping', 26_000, 28_000, 2 * oneFrameMs],
  ] as const)('finds %s from %i to %i ms and nowhere else', (kind, fromMs, toMs, within) => {
    const found = marksOf(kind).filter((mark) => kind !== 'freeze' || mark.fromMs > 13_000);
    expect(found).toHaveLength(1);
    expect(Math.abs((found[0]?.fromMs ?? 0) - fromMs)).toBeLessThanOrEqual(within);
    expect(Math.abs((found[0]?.toMs ?? 0) - toMs)).toBeLessThanOrEqual(within);
  });

  it('joins a mark over the border of two chunks', () => {
    expect(manifest.ts.chunks[1]?.firstSegment).toBe(3);
    // Black is a standstill too.
    expect(marksOf('freeze').filter((mark) => mark.fromMs < 13_000)).toEqual([
      { kind: 'freeze', fromMs: 11_000, toMs: 13_000 },
    ]);
  });

  it('measures how much of the screen the picture fills, and how loud the source was', () => {
    expect(marksOf('aspect')).toMatchObject([{ fromMs: 0, toMs: manifest.durationMs, value: 100 }]);
    // One channel at full scale is 3 dB less in each of two.
    expect(Math.abs((manifest.loudness.truePeakDb ?? 0) + 3)).toBeLessThan(0.5);
  });

  it('sees bars that are part of the picture, a film too short for the air, and a picture that ends before its sound', async () => {
    const source = join(bench.folder, 'barred.mp4');
    ffmpeg(
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=240x108:r=25:d=2,pad=384:216:-1:-1:black',
        '-f',
        'lavfi',
        '-i',
        'sine=f=440:d=6',
      ],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', source],
    );
    const { marks } = await packaged(source);
    const share = marks.find((mark) => mark.kind === 'aspect')?.value ?? 0;
    expect(Math.abs(share - (240 * 108 * 100) / (384 * 216))).toBeLessThanOrEqual(2);
    expect(marks.map((mark) => mark.kind)).toContain('short');
    const held = marks.find((mark) => mark.kind === 'picture_ends');
    expect(Math.abs((held?.fromMs ?? 0) - 2000)).toBeLessThanOrEqual(oneFrameMs);
  });
});

describe('the channel-ready certificate', () => {
  it('tells the parameters of each rung as they were read from its segments', () => {
    expect(manifest.channelReady).toEqual({
      cellMs: 4000,
      audioLayout: 'stereo-48000-aac-lc',
      rungs: [
        {
          name: '216p',
          codec: 'avc1.64001e',
          profile: 100,
          level: 30,
          width: 384,
          height: 216,
          frameRate: 25,
          frameRateFamily: 25,
          timescale: 90_000,
          pids: { programMap: 4096, video: 256, audio: 257 },
          audio: { codec: 'mp4a.40.2', sampleRate: 48_000, channels: 2 },
        },
      ],
    });
  });
});
