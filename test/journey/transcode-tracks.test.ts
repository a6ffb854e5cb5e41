import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOfDigest, type Id } from '../../media/contract/ids.ts';
import type { TranscodeJob, TranscodeResult } from '../../media/contract/transcode-job.ts';
import type { TrackKind } from '../../media/film/added-track.ts';
import { packageFile } from '../../media/film/package-files.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import { joinWebvtt } from '../../media/film/slice-webvtt.ts';
import { sourceKey } from '../../media/storage/keys.ts';
import { readManifest } from '../../transcoder/shelf.ts';
import { ffmpeg, joinRung, makeSource, openBench, type Bench } from './transcoder-fixture.ts';

let bench: Bench;
let base: PackageManifest;
const seconds = 22;

const idOf = (name: string): Id => idOfDigest(Buffer.from(name.padEnd(32)));
type Asked = Extract<TranscodeJob, { kind: 'tracks' }>['tracks'][number];

/** Puts a track's file on the shelf. */
async function track(kind: TrackKind, language: string, content: Buffer): Promise<Asked> {
  const id = idOf(`${kind}${language}${content.length}`);
  await bench.storage.put(sourceKey(id), content);
  return { id, kind, language, name: language, sourceKey: sourceKey(id) };
}
const make = (tracks: readonly Asked[]): Promise<TranscodeResult> =>
  bench.run({ kind: 'tracks', filmId: bench.film.filmId, attempt: 0, base: base.revision, tracks: [...tracks] });

async function made(tracks: readonly Asked[]) {
  const result = await make(tracks);
  if (result.outcome !== 'tracks') throw new Error(JSON.stringify(result));
  const manifest = await readManifest(bench.storage, result.revision);
  if (manifest === undefined) throw new Error('no manifest');
  return { manifest, warnings: result.warnings };
}

async function tone(frequency: number, lasts: number, name: string): Promise<Buffer> {
  const file = join(bench.folder, name);
  ffmpeg('-f', 'lavfi', '-i', `sine=f=${String(frequency)}:d=${String(lasts)}`, '-ac', '1', '-ar', '44100', file);
  return readFile(file);
}

/** A stored file by its name in a playback path. */
async function stored(manifest: PackageManifest, name: string): Promise<Buffer> {
  return bench.storage.read(packageFile(manifest, name)?.key ?? '');
}

/** Every file of a rendition of package cmaf in one, as a player reads it. */
async function joined(manifest: PackageManifest, rendition: string): Promise<string> {
  const names = [
    'init.mp4',
    ...Array.from({ length: base.segments }, (_, cell) => `${String(cell).padStart(5, '0')}.m4s`),
  ];
  const file = join(bench.folder, `${rendition}.mp4`);
  await writeFile(
    file,
    Buffer.concat(await Promise.all(names.map((name) => stored(manifest, `cmaf/${rendition}/${name}`)))),
  );
  return file;
}

/** Mean level in dB of what is left of a file's sound within 40 Hz of a frequency, over some seconds. */
function levelAt(file: string, frequency: number, from: number, lasts: number): number {
  const said = ffmpeg(
    ...['-v', 'info', '-ss', String(from), '-t', String(lasts), '-i', file, '-af'],
    ...[`bandpass=f=${String(frequency)}:width_type=h:w=40,volumedetect`, '-f', 'null', '-'],
  );
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(said)?.[1] ?? -91);
}

const srt = `1
00:00:01,000 --> 00:00:09,000
第一句

2
00:00:20,000 --> 00:00:30,000
<i>last</i>
`;

beforeAll(async () => {
  bench = await openBench();
  const source = join(bench.folder, 'source.mp4');
  makeSource(source, 's=384x216:r=25', seconds);
  ffmpeg('-i', source, '-an', '-c', 'copy', join(bench.folder, 'silent.mp4'));
  await bench.upload(source);
  const planned = await bench.prepare();
  if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
  ({ manifest: base } = await bench.finish(planned.revision));
});
afterAll(() => bench.close());

describe('tracks that are added to a finished film', () => {
  it('make a revision that refers to the old pictures by their keys, and the second language is heard', async () => {
    expect(base.cmaf).toBeUndefined();
    const english = await track('audio', 'en', await tone(1250, 12, 'en.mp3'));
    const { manifest, warnings } = await made([english]);
    expect(manifest).toMatchObject({
      base: base.revision,
      languages: ['zh-CN', 'en'],
      ts: base.ts,
      posters: base.posters,
    });
    expect(manifest.revision).not.toBe(base.revision);
    expect(warnings).toMatchObject([{ code: 'track_length', values: { language: 'en', seconds: 10 } }]);
    const [own, added] = [await joined(manifest, 'audio-zh-CN'), await joined(manifest, 'audio-en')];
    expect(levelAt(added, 1250, 2, 8)).toBeGreaterThan(levelAt(added, 440, 2, 8) + 15);
    expect(levelAt(own, 440, 2, 8)).toBeGreaterThan(levelAt(own, 1250, 2, 8) + 15);
    expect(levelAt(added, 1250, 14, 8)).toBeLessThan(-80);
    expect(manifest.cmaf?.audio.map(({ files }) => files.length)).toEqual([base.segments, base.segments]);
  });

  it('have pictures in package cmaf that are those of package ts, frame by frame and on the same grid', async () => {
    const english = await track('audio', 'en', await tone(1250, 12, 'again.mp3'));
    const { manifest } = await made([english]);
    const [rung] = manifest.cmaf?.rungs ?? [];
    const own = base.ts.rungs[0];
    expect(rung).toMatchObject({ name: own?.name, codecs: own?.codecs.split(',')[0], frameRate: own?.frameRate });
    const copied = framesOf(await joined(manifest, rung?.name ?? ''));
    expect(copied).toHaveLength(base.segments * 4 * 25);
    expect(copied).toEqual(framesOf(await joinRung(bench, base, rung?.name ?? '')));
  });

  it('store no picture again when one more is added, and the same work has the same id', async () => {
    const english = await track('audio', 'en', await tone(1250, 12, 'third.mp3'));
    const first = await made([english]);
    const before = await keysOf(bench);
    const chinese = await track('subtitles', 'zh-CN', Buffer.from(srt));
    const { manifest } = await made([english, chinese]);
    const fresh = (await keysOf(bench)).filter((key) => !before.includes(key));
    expect(fresh.filter((key) => !key.includes('/added/')).sort()).toEqual(
      [sourceKey(chinese.id), `revisions/${manifest.revision}/manifest.json`].sort(),
    );
    expect(fresh.filter((key) => /\.(?:ts|m4s|mp4|aac)$/.test(key))).toEqual([]);
    expect(manifest.cmaf?.rungs).toEqual(first.manifest.cmaf?.rungs);
    expect((await made([english, chinese])).manifest.revision).toBe(manifest.revision);
    expect((await made([english])).manifest.revision).toBe(first.manifest.revision);
    expect((await made([])).manifest.revision).toBe(base.revision);
  });

  it('stand in every cell in which a cue is seen, on the clock of each package', async () => {
    const english = await track('audio', 'en', await tone(1250, 12, 'fourth.mp3'));
    const { manifest } = await made([english, await track('subtitles', 'zh-CN', Buffer.from(srt))]);
    for (const [folder, base90k] of [
      ['subtitles/zh-CN', 126_000],
      ['cmaf/subtitles-zh-CN', 0],
    ] as const) {
      const cells = await Promise.all(
        Array.from({ length: base.segments }, async (_, cell) =>
          (await stored(manifest, `${folder}/${String(cell).padStart(5, '0')}.vtt`)).toString('utf8'),
        ),
      );
      expect(cells.every((text) => text.includes(`MPEGTS:${String(base90k)},LOCAL:00:00:00.000`))).toBe(true);
      expect(cells.map((text) => text.includes('第一句'))).toEqual([true, true, true, false, false, false]);
      expect(joinWebvtt(cells)).toEqual([
        { startMs: 1000, endMs: 9000, text: '第一句' },
        { startMs: 20_000, endMs: base.durationMs, text: '<i>last</i>' },
      ]);
    }
  });

  it('are refused with a cause and a cure where the file is no recording', async () => {
    const asked: readonly (readonly [Buffer, object])[] = [
      [Buffer.from('%PDF-1.7'), { code: 'unsupported_container', values: { cause: 'archive' } }],
      [Buffer.from('words'), { code: 'unsupported_container', values: { cause: 'no_sound_file' } }],
      [await readFile(join(bench.folder, 'silent.mp4')), { code: 'no_sound' }],
    ];
    for (const [content, problem] of asked) {
      expect(await make([await track('audio', 'bo', content)])).toMatchObject({ outcome: 'refused', problem });
    }
  });
});

/** Digests of the pictures of a file, in the order of showing. */
function framesOf(file: string): readonly string[] {
  const digests = `${file}.md5`;
  ffmpeg('-i', file, '-map', '0:v', '-f', 'framemd5', digests);
  const lines = readFileSync(digests, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(',').at(-1) ?? '');
}

async function keysOf({ storage }: Bench): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list('')) keys.push(key);
  return keys;
}
