import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOfTrouble, type FilmTrouble } from '../../../media/film/film-problem-text.ts';
import type { SoundMend } from '../../../media/film/sound-mend.ts';
import { needPlan, readAudioRecord } from '../../../transcoder/shelf.ts';
import { openBench, type Bench } from '../../journey/transcoder-fixture.ts';
import { probeArguments } from '../../../transcoder/ffmpeg/probe-arguments.ts';
import { runGuarded } from '../../../transcoder/ffmpeg/guarded-run.ts';
import type { Sandbox } from '../../../transcoder/ffmpeg/sandbox.ts';
import { makeOddFilm, ODD_KINDS, type OddKind } from '../../odd-films/make-odd-film.ts';
import { ffmpeg } from '../../odd-films/run-tool.ts';
import { TRAPS, type Trap } from '../../odd-films/traps.ts';

/** No network namespace hides a call here: the arguments alone must hold. */
const withoutGuards: Sandbox = { level: 0, wrap: (program) => [program] };
let bench: Bench;
let films: string;
let trap: Trap;
let ear: Server;
let calls = 0;
const longAgo = new Date('2020-01-01');

beforeAll(async () => {
  bench = await openBench();
  films = await mkdtemp(join(tmpdir(), 'odd-films-'));
  ear = createServer((socket) => {
    calls += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(ear, 'listening');
  const address = ear.address();
  trap = {
    file: join(films, 'secret'),
    url: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}/`,
  };
  // A film, so that nothing but the guards keeps it from being read; whoever reads it sets its access time.
  await copyFile(await makeOddFilm('plain', films), trap.file);
  await utimes(trap.file, longAgo, new Date());
});
afterAll(async () => {
  ear.close();
  await rm(films, { recursive: true, force: true });
  await bench.close();
});

/** Makes the film, uploads it and lets the transcoder look at it. */
async function look(kind: OddKind) {
  const path = await makeOddFilm(kind, join(films, kind), trap);
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  await bench.upload(path);
  return { sha256, result: await bench.prepare() };
}

/** Code and, where one is told, cause. */
const refusals: Partial<Record<OddKind, FilmTrouble>> = {
  empty: 'empty_file',
  text: 'unsupported_container',
  'web-page': 'unsupported_container/page',
  'random-bytes': 'unsupported_container',
  archive: 'unsupported_container/archive',
  program: 'unsupported_container/program',
  'hls-playlist': 'unsupported_container/playlist',
  'hls-playlist-http': 'unsupported_container/playlist',
  'hls-playlist-protocols': 'unsupported_container/playlist',
  ffconcat: 'unsupported_container/playlist',
  dash: 'unsupported_container/playlist',
  'dash-http': 'unsupported_container/playlist',
  'png-picture': 'unsupported_container/picture',
  'gif-picture': 'unsupported_container/picture',
  reference: 'unreadable/no_picture_data',
  'without-index': 'unreadable/no_index',
  'only-sound': 'no_video',
  'magic-yuv': 'unsupported_codec',
  encrypted: 'encrypted_source',
  'huge-picture': 'too_many_pixels',
  'tiny-picture': 'bad_dimensions',
  'thousand-frames': 'bad_frame_rate',
  'many-tracks': 'too_many_streams',
  'timestamp-gap': 'bad_timestamps',
  spliced: 'spliced_source',
  'too-short': 'too_short',
  'too-long': 'too_long',
};

describe('a source that is no film', () => {
  it.each(Object.entries(refusals) as [OddKind, FilmTrouble][])(
    'is refused in plain words: %s, %s',
    async (kind, trouble) => {
      const { sha256, result } = await look(kind);
      expect(result).toMatchObject({ outcome: 'refused', problem: { code: codeOfTrouble(trouble) } });
      if (result.outcome !== 'refused') return;
      expect(result.problem.values?.['cause']).toBe(trouble.split('/')[1]);
      expect(result.problem.message).not.toMatch(/undefined|\{|0x/);
      if (kind !== 'empty') expect(result.sourceSha256).toBe(sha256);
    },
  );

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

const converted = (...codes: string[]) => ({ conversions: expect.arrayContaining(codes) as unknown });

/** What the plan must say of a film that is accepted. */
const plans: Partial<Record<OddKind, object>> = {
  'subtitle-playlist': { ...converted('silence_added'), subtitles: [] },
  'cut-in-half': { warnings: [{ code: 'damaged', values: { declaredSeconds: 8 } }] },
  'wrapping-clock': { durationMs: 8000, segments: 2 },
  'odd-size': {
    ...converted('colour_reduced'),
    facts: { video: { codedWidth: 321, pixelFormat: 'yuv444p' } },
  },
  hdr10: converted('tone_mapped', 'depth_reduced'),
  interlaced: converted('deinterlaced', 'letter_boxed'),
  anamorphic: { ...converted('pixels_squared'), facts: { video: { codedWidth: 720, width: 1024 } } },
  rotated: converted('rotated', 'pillar_boxed'),
  'variable-rate': { ...converted('frame_rate'), frameRate: 24 },
  mono: converted('upmixed'),
  surround: converted('downmixed'),
  'two-languages': { audio: [{ language: 'zh-CN' }, { language: 'en' }], cmaf: true },
  'without-sound': converted('silence_added'),
  'long-sound': { durationMs: 10_000, pictureEndMs: 2000, segments: 3 },
  'drifting-sound': { durationMs: 8000 },
  'size-change': { ...converted('deinterlaced'), segments: 2 },
  'sound-change': { segments: 2 },
  avi: { demuxer: 'avi' },
  flv: { demuxer: 'flv' },
  wmv: { demuxer: 'asf' },
  mpeg: { demuxer: 'mpeg' },
  mts: { demuxer: 'mpegts' },
  hlg: converted('tone_mapped'),
  'ten-bit-444': { ...converted('depth_reduced', 'colour_reduced'), facts: { video: { pixelFormat: 'yuv444p10le' } } },
  'twelve-bit': { ...converted('depth_reduced'), facts: { video: { pixelFormat: 'yuv420p12le' } } },
  'editing-codec': { facts: { video: { codec: 'prores' } } },
  'motion-jpeg': { facts: { video: { codec: 'mjpeg' } } },
  'digital-video': converted('deinterlaced'),
  webm: { demuxer: 'matroska', facts: { video: { codec: 'vp9' }, audio: [{ codec: 'opus' }] } },
  'theatre-sound': { facts: { audio: [{ codec: 'dts' }] }, audio: [{ channels: 2 }] },
  'disc-subtitles': { subtitles: [], facts: { streams: 3 } },
  'cinema-rate': { ...converted('frame_rate'), frameRate: 24 },
  'double-rate': { ...converted('frame_rate'), frameRate: 60 },
  'slow-motion': { ...converted('frame_rate'), frameRate: 60 },
  'edit-list': { durationMs: 4000, segments: 1, originSeconds: 0 },
  'early-sound': { originSeconds: 0, durationMs: 8000, segments: 2 },
  'dead-channel': { audio: [{ channels: 2 }] },
  'many-chapters': { chapters: [] },
  'lecture-with-contents': {
    chapters: [
      { atMs: 0, title: '第一讲' },
      { atMs: 1000, title: '<img src=x onerror=alert(1)>' },
      { atMs: 2000, title: '第三讲' },
    ],
  },
};
/** What is mended in the sound. */
const mended: Partial<Record<OddKind, SoundMend>> = { 'dead-channel': 'right_dead', 'turned-cable': 'phase_inverted' };
const warned: Partial<Record<OddKind, string>> = {
  'cut-in-half': 'cut_short',
  scratched: 'read_errors',
  undecodable: 'read_errors',
};

describe('an unusual film', () => {
  it.each(ODD_KINDS.filter((kind) => refusals[kind] === undefined))(
    'is planned, and has sound for every cell: %s',
    async (kind) => {
      const { result } = await look(kind);
      const cause = warned[kind];
      const warnings = cause === undefined ? [] : [{ code: 'damaged', values: { cause } }];
      expect(result).toMatchObject({ outcome: 'planned', warnings });
      if (result.outcome !== 'planned') return;
      const plan = await needPlan(bench.storage, result.revision);
      expect(plan).toMatchObject(plans[kind] ?? {});
      const sound = await readAudioRecord(bench.storage, result.revision, 'zh-CN');
      expect(sound?.high.cellOffsets).toHaveLength(plan.segments + 1);
      expect(sound?.mended).toBe(mended[kind]);
    },
  );

  it.each(Object.keys(mended) as OddKind[])('is heard in both ears alike: %s', async (kind) => {
    const { result } = await look(kind);
    if (result.outcome !== 'planned') throw new Error(result.outcome);
    const record = await readAudioRecord(bench.storage, result.revision, 'zh-CN');
    const raw = join(films, `${kind}.pcm`);
    const encoded = await bench.storage.localFile(`${record?.path ?? ''}/high.aac`, films);
    await ffmpeg('-i', encoded, '-f', 's16le', raw);
    const sound = await readFile(raw);
    const samples = new Int16Array(sound.buffer, sound.byteOffset, sound.length / 2);
    const left = samples.filter((_sample, at) => at % 2 === 0);
    const right = samples.filter((_sample, at) => at % 2 === 1);
    const peakOf = (channel: Int16Array): number =>
      channel.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peakOf(left)).toBeGreaterThan(1000);
    expect(peakOf(left.map((sample, at) => sample - (right[at] ?? 0)))).toBeLessThan(200);
  });
});

describe('a file that would have others opened', () => {
  it.each(Object.keys(TRAPS) as (keyof typeof TRAPS)[])(
    'reaches nothing but itself, whatever demuxer it is given to, without any guard of the system: %s',
    async (kind) => {
      const file = await makeOddFilm(kind, join(films, `${kind}-bare`), trap);
      const demuxer = kind === 'subtitle-playlist' ? 'avi' : 'mov';
      let said = '';
      const outcome = await runGuarded({
        ...{ sandbox: withoutGuards, program: 'ffprobe', folder: films, wallMs: 20_000 },
        args: probeArguments({ file, demuxer }),
        limits: { memoryBytes: 0, cpuSeconds: 0, fileBytes: 0 },
        onLine: (line) => (said += line),
      });
      if (kind === 'subtitle-playlist' || kind === 'reference') expect(outcome.code).toBe(0);
      else expect(outcome.code).not.toBe(0);
      expect(said).not.toContain('secret');
    },
  );

  it('was never able to read the secret, to call anybody, or to leave a file behind', async () => {
    expect((await stat(trap.file)).atimeMs).toBe(longAgo.getTime());
    expect(calls).toBe(0);
    const left = await readdir(bench.folder, { recursive: true, withFileTypes: true });
    const places = left.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const known = ['media/revisions/', 'media/sources/'].map((name) => join(bench.folder, name));
    expect(places.filter((place) => !known.some((prefix) => place.startsWith(prefix)))).toEqual([]);
  });

  it('would have been noticed', async () => {
    await readFile(trap.file);
    expect((await stat(trap.file)).atimeMs).toBeGreaterThan(longAgo.getTime());
    const caller = connect(Number(new URL(trap.url).port), '127.0.0.1').resume();
    await once(caller, 'close');
    expect(calls).toBe(1);
  });
});

/** The list of hostile and awkward media that the house answers, by the kind of film that stands for each. */
const hostileMedia: Readonly<Record<string, readonly OddKind[]>> = {
  m01: ['hls-playlist'],
  m02: ['hls-playlist-http'],
  m03: ['ffconcat'],
  m04: ['dash'],
  m05: ['dash-http'],
  m06: ['hls-playlist-protocols'],
  m07: ['subtitle-playlist'],
  m08: ['reference'],
  m09: ['magic-yuv'],
  m10: ['huge-picture'],
  m11: ['tiny-picture'],
  m12: ['odd-size'],
  m13: ['thousand-frames', 'slow-motion'],
  m14: ['many-tracks'],
  m15: ['timestamp-gap'],
  m16: ['too-short'],
  m17: ['too-long'],
  m18: ['wrapping-clock', 'edit-list'],
  m19: ['empty'],
  m20: ['text', 'web-page', 'archive', 'program', 'random-bytes'],
  m21: ['png-picture', 'gif-picture'],
  m22: ['without-index'],
  m23: ['cut-in-half'],
  m24: ['scratched'],
  m28: ['only-sound'],
  m29: ['without-sound'],
  m30: ['many-chapters'],
  m31: ['hdr10', 'hlg', 'ten-bit-444', 'interlaced', 'rotated', 'anamorphic'],
  m32: ['variable-rate'],
  m33: ['encrypted'],
};
/** Answered by other tests: subtitles as files, what lies in an import folder, copying that goes on during it, black and silence. */
const elsewhere: Readonly<Record<string, string>> = {
  m25: 'test/unit/media/film/subtitles.test.ts',
  m26: 'test/unit/media/film/subtitles.test.ts',
  m27: 'test/service/server/library/tracks.test.ts',
  m34: 'test/service/server/command-line/office.test.ts',
  m35: 'test/service/server/command-line/office.test.ts',
  m36: 'test/journey/transcode-check.test.ts',
};
const notMadeHere: Readonly<Record<string, string>> = {
  m09: 'EXR, SANM and CDXL: ffmpeg has no encoder that puts them into a film; MagicYUV stands for them.',
};

describe('the list of hostile media', () => {
  it('is answered row by row, and what is not is said aloud', () => {
    const rows = Array.from({ length: 36 }, (_none, at) => `m${String(at + 1).padStart(2, '0')}`);
    expect(rows.filter((row) => !(row in { ...hostileMedia, ...elsewhere, ...notMadeHere }))).toEqual([]);
    for (const kind of Object.values(hostileMedia).flat()) expect(ODD_KINDS).toContain(kind);
    for (const file of Object.values(elsewhere)) expect(existsSync(file), file).toBe(true);
    for (const [row, why] of Object.entries(notMadeHere)) process.stdout.write(`NOT MADE HERE: ${row}: ${why}\n`);
  });
});
