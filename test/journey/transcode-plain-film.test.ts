import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needPlan } from '../../transcoder/shelf.ts';
import { ffmpeg, makeSource, openBench, type Bench } from './transcoder-fixture.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const planned = async (source: string) => {
  await bench.upload(source);
  const result = await bench.prepare();
  if (result.outcome !== 'planned') throw new Error(JSON.stringify(result));
  return needPlan(bench.storage, result.revision);
};

describe('slides', () => {
  it('are told from moving pictures, and packaged like any film in fewer bytes', async () => {
    const [slides, moving] = [join(bench.folder, 'slides.mp4'), join(bench.folder, 'moving.mp4')];
    makeSource(moving, 's=400x224:r=25', 6);
    expect((await planned(moving)).complexity).toBe('busy');
    // Two still pictures of four seconds each, with a little noise of a camera.
    ffmpeg(
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=400x224:r=25:d=0.04',
        '-f',
        'lavfi',
        '-i',
        'smptebars=s=400x224:r=25:d=0.04',
      ],
      ...['-filter_complex', '[0]loop=99:1[a];[1]loop=99:1[b];[a][b]concat,noise=c0s=1:c0f=t[v]', '-map', '[v]'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', slides],
    );
    const plan = await planned(slides);
    expect(plan.complexity).toBe('still');
    const { manifest } = await bench.finish(plan.revision);
    expect(manifest.ts.rungs.map(({ name, codecs, bandwidthBps }) => [name, codecs, bandwidthBps])).toEqual([
      ['216p', 'avc1.64001e,mp4a.40.2', 300_000],
      ['audio', 'mp4a.40.2', 80_000],
    ]);
    expect(manifest.ts.rungs[0]?.peakBps).toBeLessThan(300_000);
  });
});
