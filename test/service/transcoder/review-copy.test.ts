import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewCopyPrefix, segmentNumber } from '../../../media/storage/keys.ts';
import { makeReviewCopy } from '../../../transcoder/make-review-copy.ts';
import { readReviewCopy } from '../../../transcoder/shelf.ts';
import { ffmpeg, ffprobe, makeSource, openBench, type Bench } from '../../journey/transcoder-fixture.ts';
import { makeOddFilm, type OddKind } from '../../odd-films/make-odd-film.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await mkdir(bench.parts.sourceFolder, { recursive: true });
});
afterAll(() => bench.close());

const copy = async (signal = new AbortController().signal) => {
  const token = randomBytes(6).toString('hex');
  const folder = join(bench.folder, 'work', token);
  await mkdir(folder, { recursive: true });
  return makeReviewCopy(bench.parts, bench.film, { token, folder, signal });
};
const keys = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of bench.storage.list(reviewCopyPrefix(bench.film.filmId))) found.push(key);
  return found;
};

/** Digests of every decoded picture one after another, and of every encoded frame of sound. */
async function digests(file: string): Promise<string[]> {
  const [pictures, sound] = [`${file}.pictures`, `${file}.sound`];
  ffmpeg('-i', file, '-map', '0:v', '-f', 'md5', pictures, '-map', '0:a', '-c', 'copy', '-f', 'adts', sound);
  const hash = createHash('sha256').update(await readFile(sound));
  return [await readFile(pictures, 'utf8'), hash.digest('hex')];
}

describe('a copy of an upload for its reviewers', () => {
  it('has every picture and every sound of the upload, cut at key frames, not one of them encoded anew', async () => {
    const source = join(bench.folder, 'source.mp4');
    makeSource(source, 's=320x180:r=25', 30, ['-g', '60']);
    await bench.upload(source);
    expect(await copy()).toBe('made');
    const made = await readReviewCopy(bench.storage, bench.film.filmId);
    expect(made).toMatchObject({ codecs: expect.stringMatching(/^avc1\.[0-9a-f]{6},mp4a\.40\.2$/) as unknown });
    expect(made).toMatchObject({ ended: true, width: 320, height: 180, frameRate: 25 });
    const lengths = (made?.segments ?? []).map(({ durationMs }) => durationMs);
    expect(lengths.length).toBeGreaterThan(5);
    expect(lengths.every((length) => length <= 7000)).toBe(true);
    expect(Math.abs(lengths.reduce((sum, length) => sum + length, 0) - 30_000)).toBeLessThan(200);
    const keysOf = lengths.map((_length, at) => `${made?.path ?? ''}/${segmentNumber(at)}.ts`);
    const joined = join(bench.folder, 'joined.ts');
    await writeFile(joined, Buffer.concat(await Promise.all(keysOf.map((key) => bench.storage.read(key)))));
    expect(await digests(joined)).toEqual(await digests(source));
    // Asked for again it is not made again.
    const before = await keys();
    expect(await copy()).toBe('made');
    expect(await keys()).toEqual(before);
  });

  it.each<OddKind>(['hls-playlist', 'encrypted', 'empty', 'random-bytes'])(
    'is not made of what nobody can play: %s',
    async (kind) => {
      await bench.storage.removeAll(reviewCopyPrefix(bench.film.filmId));
      await bench.upload(await makeOddFilm(kind, join(bench.folder, kind)));
      expect(await copy()).toBe('unplayable');
      expect(await keys()).toEqual([]);
    },
  );

  it('keeps what could be read of a film that was cut short', async () => {
    await bench.upload(await makeOddFilm('cut-in-half', join(bench.folder, 'cut')));
    expect(await copy()).toBe('made');
    expect((await readReviewCopy(bench.storage, bench.film.filmId))?.segments.length).toBeGreaterThan(0);
  });

  it('stops when it is told to', async () => {
    await bench.storage.removeAll(reviewCopyPrefix(bench.film.filmId));
    const controller = new AbortController();
    controller.abort();
    await expect(copy(controller.signal)).rejects.toThrow();
    expect(await keys()).toEqual([]);
  });
});

describe('the opening of an upload that players do not understand', () => {
  const opening = async () => {
    expect(await copy()).toBe('opening');
    return readReviewCopy(bench.storage, bench.film.filmId);
  };

  it('has its first cells on one rung, picture and sound, and is not made twice', async () => {
    await bench.storage.removeAll(reviewCopyPrefix(bench.film.filmId));
    const source = join(bench.folder, 'foreign.ts');
    makeSource(source, 's=854x480:r=25', 14, ['-c:v', 'mpeg2video', '-b:v', '3M', '-c:a', 'mp2']);
    await bench.upload(source);
    const made = await opening();
    expect(made).toMatchObject({ opening: true, ended: true, width: 854, height: 480, frameRate: 25 });
    expect(made?.segments.map(({ durationMs }) => durationMs)).toEqual([4000, 4000, 4000]);
    const joined = join(bench.folder, 'opening.ts');
    const bytes = [0, 1, 2].map((cell) => bench.storage.read(`${made?.path ?? ''}/${segmentNumber(cell)}.ts`));
    await writeFile(joined, Buffer.concat(await Promise.all(bytes)));
    const counted = ffprobe('-count_packets', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0', joined);
    // 12 s at 25 a second, and as many AAC frames of 1024 samples as begin in them.
    expect(counted.match(/\d+/g)?.map(Number)).toEqual(expect.arrayContaining([300, 563]));
    const before = await keys();
    await opening();
    expect(await keys()).toEqual(before);
  });

  it.each<OddKind>(['rotated', 'hdr10'])('is shown right: %s', async (kind) => {
    await bench.storage.removeAll(reviewCopyPrefix(bench.film.filmId));
    await bench.upload(await makeOddFilm(kind, join(bench.folder, kind)));
    expect((await opening())?.segments.length).toBeGreaterThan(0);
  });

  it('is there too where key frames are so rare that nobody could seek in a copy', async () => {
    await bench.storage.removeAll(reviewCopyPrefix(bench.film.filmId));
    const source = join(bench.folder, 'rare.mp4');
    makeSource(source, 's=128x72:r=5', 40, ['-g', '500', '-sc_threshold', '0']);
    await bench.upload(source);
    expect((await opening())?.segments).toHaveLength(3);
  });
});
