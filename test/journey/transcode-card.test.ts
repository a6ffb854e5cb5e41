import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_CELLS, type GapCard } from '../../media/contract/gap-card.ts';
import type { EncodePlan } from '../../media/film/encode-plan.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import { segmentFindings } from '../../transcoder/conform.ts';
import { tsBaseTicks } from '../../transcoder/package/write-ts-segment.ts';
import { drawCard } from '../../transcoder/make-card.ts';
import { ffmpeg, joinRung, openBench, segmentsOf, type Bench } from './transcoder-fixture.ts';

const card: GapCard = {
  kind: 'next-up',
  channel: '县远程教育频道',
  day: '',
  page: 1,
  pages: 1,
  rows: [{ filmId: 'f', when: '19:30', title: '基层党课：怎样开好组织生活会', category: '政治理论', mustWatch: true }],
};

let bench: Bench;
let plan: EncodePlan;
let manifest: PackageManifest;
beforeAll(async () => {
  bench = await openBench();
  const planned = await bench.run({ kind: 'prepare', ...bench.film, language: 'zh-CN', card });
  if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
  ({ plan, manifest } = await bench.finish(planned.revision));
});
afterAll(() => bench.close());

/** The luma of a picture on 160x90 pixels. */
async function lumaOf(input: string, second = 0): Promise<Buffer> {
  const raw = join(bench.folder, 'picture.yuv');
  const small = ['-vf', 'scale=160:90:flags=area:out_color_matrix=bt709:out_range=tv,format=yuv420p'];
  ffmpeg('-i', input, '-ss', String(second), ...small, '-frames:v', '1', '-f', 'rawvideo', raw);
  return (await readFile(raw)).subarray(0, 160 * 90);
}

describe('a card made by the transcoder', () => {
  it('is an ordinary film for channels: six cells on the house ladder, silent, with the certificate', async () => {
    expect(manifest.segments).toBe(CARD_CELLS);
    expect(manifest.channelReady).toBeDefined();
    expect(manifest.ts.rungs.map(({ name }) => name)).toEqual(['720p', '480p', '360p', '216p', 'audio']);
    expect(plan.conversions).toContain('silence_added');
    for (const rung of manifest.ts.rungs) {
      const segments = await segmentsOf(bench.storage, manifest, rung.name);
      expect(segments).toHaveLength(CARD_CELLS);
      segments.forEach((bytes, cell) => {
        const demands = { cell, frameRate: rung.frameRate, baseTicks: tsBaseTicks };
        expect(segmentFindings(bytes, demands), `${rung.name} ${String(cell)}`).toEqual([]);
      });
    }
  });

  it('shows the drawn picture in every second of it', async () => {
    await bench.storage.put('drawn.png', drawCard(card));
    const drawn = await lumaOf(bench.storage.pathOf('drawn.png') ?? '');
    const film = await joinRung(bench, manifest, '720p');
    for (const second of [0, 11, 23]) {
      const shown = await lumaOf(film, second);
      const off = shown.reduce((sum, luma, at) => sum + Math.abs(luma - (drawn[at] ?? 0)), 0) / shown.length;
      expect(off, `at ${String(second)} s`).toBeLessThan(3);
    }
  });
});
