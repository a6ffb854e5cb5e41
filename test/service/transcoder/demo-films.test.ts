import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMark } from '../../../media/film/demo-mark.ts';
import type { DemoMark } from '../../../media/film/demo-mark.ts';
import { DEMO_FILMS, DEMO_SLATE } from '../../../media/film/demo-films.ts';
import type { DemoFilm } from '../../../media/film/demo-films.ts';
import { assetFolder, houseFont } from '../../../transcoder/ffmpeg/demo-films/asset-files.ts';
import { filmArguments } from '../../../transcoder/ffmpeg/demo-films/film-arguments.ts';
import { makeDemoFilms } from '../../../transcoder/ffmpeg/demo-films/make-demo-films.ts';
import { RECIPES } from '../../../transcoder/ffmpeg/demo-films/recipes/recipes.ts';

const folder = mkdtempSync(join(tmpdir(), 'demo-films-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filmOf = (code: string) => DEMO_FILMS.find((film) => film.code === code)!;

/** The first `seconds` of a film without its sound, as the maker draws it. */
const drawStart = (code: string, seconds: number): string => {
  const output = join(folder, `${code}-start.mp4`);
  if (existsSync(output)) return output;
  const film = { ...filmOf(code), durationMs: seconds * 1000, isStoredRotated: false };
  const recipe = { ...RECIPES.find((one) => one.code === code)!, sound: [], subtitles: [] };
  const parts = { assets: assetFolder(), fontFile: houseFont(), music: [], output };
  execFileSync('ffmpeg', filmArguments({ ...film, languages: [], subtitles: [] }, recipe, parts));
  return output;
};

/** Encodes a clip as a 16:9 rung of `height` at `bitrate`, as the transcoder would. */
const encodeRung = (input: string, height: number, bitrate: string): string => {
  const width = (height * 16) / 9;
  const output = join(folder, `rung-${String(height)}-${String(input.length)}.mp4`);
  const canvas = `scale=${String(width)}:${String(height)}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos,pad=${String(width)}:${String(height)}:-1:-1`;
  const codec = ['-c:v', 'libx264', '-preset', 'superfast', '-b:v', bitrate, '-maxrate', bitrate, '-bufsize', '1M'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', input, '-an', '-vf', canvas, ...codec, output]);
  return output;
};

/** Marks of all frames of a film of this height, read from its luma. */
const marksOf = (input: string, height: number): readonly (DemoMark | undefined)[] => {
  const width = (height * 16) / 9;
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', input, '-f', 'rawvideo', '-pix_fmt', 'gray', '-'], {
    maxBuffer: 2 ** 29,
  });
  return Array.from({ length: raw.length / (width * height) }, (_, frame) =>
    readMark((x, y) => raw[frame * width * height + Math.floor(y * height) * width + Math.floor(x * width)] ?? 0),
  );
};

describe('the mark on frames that ffmpeg drew and encoded', () => {
  it.each([
    ['meeting', 1080, '3M', 25],
    ['meeting', 216, '180k', 25],
    ['rice', 360, '500k', 25],
    ['rice', 216, '180k', 25],
    ['greenhouse', 216, '180k', 30],
    ['greenhouse', 720, '1500k', 30],
  ])('says film and second on every frame of %s at %ip and %s', (code, height, bitrate, framesPerSecond) => {
    const marks = marksOf(encodeRung(drawStart(code, 2), height, bitrate), height);
    expect(marks).toHaveLength(2 * framesPerSecond);
    expect(marks).toEqual(
      marks.map((_, frame) => ({ film: filmOf(code).number, second: Math.floor(frame / framesPerSecond) })),
    );
  });

  it('counts true seconds at 29.97 frames', () => {
    const marks = marksOf(drawStart('flood', 2), 720);
    expect(marks.map((mark) => mark?.second)).toEqual(marks.map((_, frame) => Math.floor((frame * 1001) / 30_000)));
  });
});

interface Probe {
  readonly streams: readonly Readonly<Record<string, unknown>>[];
  readonly format: { readonly duration: string };
}

const probe = (path: string): Probe =>
  JSON.parse(
    execFileSync('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path]).toString(),
  ) as Probe;

describe('making demo films', () => {
  const made: string[] = [];
  beforeAll(async () => {
    const onFilm = (film: DemoFilm, path: string): number => made.push(`${film.code} ${path}`);
    await makeDemoFilms({ outDir: folder, codes: ['soil', 'payment', 'greenhouse'], longestMs: 6000, onFilm });
    await makeDemoFilms({ outDir: folder, codes: ['slate'], onFilm });
  }, 240_000);

  it('tells of every film in the order of the list', () => {
    expect(made).toEqual(
      ['payment.mkv', 'greenhouse.mp4', 'soil.mp4', 'slate.mp4'].map(
        (file) => `${file.slice(0, file.indexOf('.'))} ${join(folder, file)}`,
      ),
    );
  });

  it('puts two spoken languages and two subtitle tracks into the bilingual film', () => {
    const { streams } = probe(join(folder, 'payment.mkv'));
    const languages = (kind: string): unknown[] =>
      streams.filter((one) => one['codec_type'] === kind).map((one) => (one['tags'] as { language: string }).language);
    expect(languages('audio')).toEqual(['chi', 'eng']);
    expect(languages('subtitle')).toEqual(['chi', 'eng']);
  });

  it('stores the phone film on its side and tags it', () => {
    const [video] = probe(join(folder, 'greenhouse.mp4')).streams;
    expect(video).toMatchObject({ width: 1280, height: 720 });
    expect(JSON.stringify(video)).toContain('"rotation"');
    const raw = execFileSync(
      'ffmpeg',
      [
        '-v',
        'error',
        '-ss',
        '5',
        '-i',
        join(folder, 'greenhouse.mp4'),
        '-frames:v',
        '1',
        '-f',
        'rawvideo',
        '-pix_fmt',
        'gray',
        '-',
      ],
      { maxBuffer: 2 ** 24 },
    );
    const area = { left: 0, top: 0, width: 1, height: 1, aspect: 9 / 16 };
    const lumaAt = (x: number, y: number): number => raw[Math.floor(y * 1280) * 720 + Math.floor(x * 720)] ?? 0;
    expect(readMark(lumaAt, [area])).toEqual({ film: 6, second: 5 });
  });

  it('makes the silent film without a sound track', () => {
    expect(probe(join(folder, 'soil.mp4')).streams.map((one) => one['codec_type'])).toEqual(['video']);
  });

  it('makes ten minutes of slate whose packets follow each other without a gap', () => {
    const slate = join(folder, DEMO_SLATE.file);
    expect(Number(probe(slate).format.duration)).toBe(600);
    const fields = ['-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'];
    const times = execFileSync('ffprobe', ['-v', 'error', ...fields, slate])
      .toString()
      .trim()
      .split('\n')
      .map(parseFloat);
    expect(times).toHaveLength(15_000);
    expect(times.every((time, index) => Math.abs(time - index * 0.04) < 0.001)).toBe(true);
  });

  it('gives the same bytes again and leaves a film that is there alone', async () => {
    const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
    const again = join(folder, 'again');
    await makeDemoFilms({ outDir: again, codes: ['soil'], longestMs: 6000 });
    expect(digest(join(again, 'soil.mp4'))).toBe(digest(join(folder, 'soil.mp4')));
    await makeDemoFilms({ outDir: again, codes: ['soil'], signal: AbortSignal.abort() });
  });

  it('leaves nothing behind when it is stopped', async () => {
    const stopped = join(folder, 'stopped');
    const order = { outDir: stopped, codes: ['rice'], signal: AbortSignal.timeout(700) };
    await expect(makeDemoFilms(order)).rejects.toThrow();
    expect(execFileSync('ls', ['-A', stopped]).toString()).toBe('');
  });
});
