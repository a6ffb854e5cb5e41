import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, type types } from 'hls-parser';
import { parsePlaybackPath, playbackPath } from '../../media/channel/playback-path.ts';
import { filmPlaylist } from '../../media/film/film-playlists.ts';
import { packageFile } from '../../media/film/package-files.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import { encodePlanKey } from '../../media/storage/keys.ts';
import { needPlan } from '../../transcoder/shelf.ts';
import { ffmpeg, ffprobe, openBench, type Bench } from './transcoder-fixture.ts';

let bench: Bench;
let manifest: PackageManifest;

/** One cell of a picture that stands still, and no rung in between: 96 pictures of 2160 lines are dear. */
beforeAll(async () => {
  bench = await openBench();
  const source = join(bench.folder, 'source.mp4');
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'color=c=teal:s=3840x2160:r=24:d=1', '-f', 'lavfi', '-i', 'sine=f=440:d=1'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', source],
  );
  await bench.upload(source);
  const planned = await bench.run({
    ...{ kind: 'prepare', ...bench.film, language: 'zh-CN' },
    options: { hevc2160p: true },
  });
  if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
  const plan = await needPlan(bench.storage, planned.revision);
  expect(plan.rungs.map(({ name }) => name)).toEqual(['2160p', '1080p', '720p', '480p', '360p', '216p']);
  const short = { ...plan, rungs: plan.rungs.filter(({ name }) => ['2160p', '216p'].includes(name)) };
  await bench.storage.put(encodePlanKey(plan.revision), Buffer.from(JSON.stringify(short)));
  ({ manifest } = await bench.finish(plan.revision));
});
afterAll(() => bench.close());

describe('a film of 2160 lines in a county that wants HEVC', () => {
  it('has the rung as HEVC beside H.264, in package cmaf alone', () => {
    expect(manifest.ts.rungs.map(({ name }) => name)).toEqual(['2160p', '216p', 'audio']);
    expect(manifest.cmaf?.rungs.at(-1)).toMatchObject({
      ...{ name: '2160p-hevc', codecs: 'hvc1.1.6.L150.90', width: 3840, height: 2160, frameRate: 24 },
    });
    expect(manifest.cmaf?.rungs.map(({ files }) => files.length)).toEqual(manifest.cmaf?.rungs.map(() => 1));
    for (const { peakBps, bandwidthBps } of manifest.cmaf?.rungs ?? [])
      expect(peakBps).toBeLessThanOrEqual(bandwidthBps);
  });

  it('lists it with its codecs, and every address of it is one of ours', () => {
    const text = filmPlaylist(manifest, 'cmaf/multivariant.m3u8') ?? '';
    const { variants } = parse(text) as types.MasterPlaylist;
    const hevc = variants.find(({ uri }) => uri.startsWith('2160p-hevc/'));
    expect(hevc).toMatchObject({ codecs: 'hvc1.1.6.L150.90,mp4a.40.2', resolution: { width: 3840, height: 2160 } });
    expect(filmPlaylist(manifest, 'ts/multivariant.m3u8')).not.toContain('hevc');
    const { filmId } = bench.film;
    for (const file of ['media.m3u8', 'init.mp4', '00000.m4s'].map((name) => `cmaf/2160p-hevc/${name}`)) {
      const path = playbackPath({ kind: 'vod', token: 't', filmId, revision: manifest.revision, file });
      expect(parsePlaybackPath(path)).toMatchObject({ file });
    }
    expect(filmPlaylist(manifest, 'cmaf/2160p-hevc/media.m3u8')).toContain('00000.m4s');
  });

  it('decodes without a word: 96 pictures, keys every 2 s, Main, 8 bits, from film time 0', async () => {
    const keys = ['init.mp4', '00000.m4s'].map((name) => packageFile(manifest, `cmaf/2160p-hevc/${name}`)?.key ?? '');
    const file = join(bench.folder, 'hevc.mp4');
    await writeFile(file, Buffer.concat(await Promise.all(keys.map((key) => bench.storage.read(key)))));
    expect(ffmpeg('-v', 'warning', '-xerror', '-i', file, '-f', 'null', '-')).toBe('');
    const stream = 'stream=codec_tag_string,profile,level,pix_fmt,color_space';
    expect(ffprobe('-show_entries', stream, '-of', 'csv=p=0', file)).toBe('Main,hvc1,yuv420p,150,bt709');
    const packets = ffprobe('-show_entries', 'packet=pts,flags', '-of', 'csv=p=0', file).split('\n');
    expect(packets).toHaveLength(96);
    const times = packets.map((line) => Number(line.split(',')[0])).sort((a, b) => a - b);
    // ffprobe counts from the first decoding time.
    expect(times.every((time, at) => time - (times[0] ?? 0) === at * 3750)).toBe(true);
    expect(packets.flatMap((line, at) => (line.includes('K') ? [at] : []))).toEqual([0, 48]);
  });
});
