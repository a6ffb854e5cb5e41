import { describe, expect, it } from 'vitest';
import { demuxerOf, strangerOf } from '../../../../media/film/container-magic.ts';
import { packetReader } from '../../../../media/film/packet-facts.ts';
import { readProbe, type ProbeFacts, type VideoFacts } from '../../../../media/film/probe-facts.ts';
import { filmExtent, headerProblem, packetProblem, sourceWarnings } from '../../../../media/film/source-verdict.ts';
import { plainFacts, plainSource, plainVideo } from './film-facts.ts';

const header = (video: Partial<VideoFacts>, facts: Partial<ProbeFacts> = {}) =>
  headerProblem({ ...plainFacts, ...facts, video: { ...plainVideo, ...video } })?.code;

describe('judging a source by its headers', () => {
  it('passes a plain film', () => {
    expect(header({})).toBeUndefined();
  });

  it('tells each refusal apart', () => {
    expect(header({ codec: 'magicyuv' })).toBe('unsupported_codec');
    expect(header({ codedWidth: 16_384, codedHeight: 8640 })).toBe('too_many_pixels');
    expect(header({ codedWidth: 12, codedHeight: 12 })).toBe('bad_dimensions');
    expect(header({ frameRate: 1000 })).toBe('bad_frame_rate');
    expect(header({ encrypted: true })).toBe('encrypted_source');
    expect(header({}, { streams: 40 })).toBe('too_many_streams');
    const soundOnly: ProbeFacts = { ...plainFacts };
    delete soundOnly.video;
    expect(headerProblem(soundOnly)?.code).toBe('no_video');
  });
});

const read = (lines: readonly string[]) => {
  const reader = packetReader(0, 1);
  lines.forEach(reader.line);
  return reader.facts();
};

describe('judging a source by its packets', () => {
  it('knows the real length whatever the order of presentation', () => {
    const packets = read([
      '0,0.000,-0.08,0.04,K_',
      '0,0.120,-0.04,0.04,__',
      '1,0.000,0.000,0.021,K_',
      '0,0.040,0.00,0.04,__',
      '',
    ]);
    expect(packets.video).toMatchObject({ packets: 3, start: 0, end: 0.16, backSeconds: 0 });
    expect(packets.audio.packets).toBe(1);
    expect(packets.keys).toEqual([0]);
  });

  it('does not count what an edit list cuts off, but may seek to it', () => {
    const packets = read([
      '0,-1.0,-1.0,0.04,KD',
      '0,-0.96,-0.96,0.04,_D',
      '0,0.0,0.0,0.04,__',
      '1,-0.02,-0.02,0.02,KD',
    ]);
    expect(packets.video).toMatchObject({ packets: 1, start: 0, end: 0.04 });
    expect(packets.audio.packets).toBe(0);
    expect(packets.keys).toEqual([-1]);
  });

  it('refuses a gap of hours, no packets, and films that are too short or too long', () => {
    const at = (seconds: number) => `0,${String(seconds)},${String(seconds)},0.04,K_`;
    expect(packetProblem(plainFacts, read([at(0), at(90_000)]))?.code).toBe('bad_timestamps');
    expect(packetProblem(plainFacts, read([]))?.code).toBe('unreadable');
    const short = { ...plainFacts, declaredMs: 200 };
    expect(packetProblem(short, read([at(0), at(0.2)]))?.code).toBe('too_short');
    const century = { ...plainFacts, declaredMs: 100 * 365 * 86_400_000 };
    expect(packetProblem(century, read([at(0), at(5)]))?.code).toBe('too_long');
  });

  it('refuses recordings copied one behind the other, and only marks a stray time stamp', () => {
    const film = (...seconds: readonly number[]) => read(seconds.map((at) => `0,${String(at)},${String(at)},1.0,K_`));
    expect(packetProblem(plainFacts, film(0, 1, 2, 3, 0, 1, 2, 3))?.code).toBe('spliced_source');
    for (const stray of [film(0, 1, 2, 50, 3, 4, 5), film(20, 21, 22, 1, 23, 24)]) {
      expect(packetProblem(plainFacts, stray)).toBeUndefined();
      expect(sourceWarnings({ ...plainFacts, declaredMs: 5000 }, stray, 0)[0]?.code).toBe('damaged');
    }
  });

  it('marks a hole in both picture and sound, not a picture that stands while somebody speaks', () => {
    const { packets } = plainSource();
    const video = { ...packets.video, longestGap: 300, skippedSeconds: 300 };
    expect(sourceWarnings(plainFacts, { ...packets, video }, 0)).toEqual([]);
    expect(sourceWarnings(plainFacts, { ...packets, video, audio: video }, 0)[0]).toMatchObject({
      code: 'damaged',
      values: { pauseSeconds: 300 },
    });
  });

  it('begins no cell for a rounding error or one frame of sound, and holds the picture under a real tail', () => {
    const extents = (pictureEnd: number, soundEnd: number) => {
      const { packets } = plainSource();
      const video = { ...packets.video, end: pictureEnd };
      return filmExtent({ ...packets, video, audio: { ...packets.audio, end: soundEnd } }).durationMs;
    };
    expect(extents(8, 8.02)).toBe(8000);
    expect(extents(8.001, 8)).toBe(8000);
    expect(extents(20.02, 20)).toBe(20_000);
    expect(extents(8.2, 8.1)).toBe(8200);
    expect(extents(8, 12.5)).toBe(12_500);
    expect(extents(0.03, 0)).toBe(30);
  });

  it('begins with sound that is heard well before the first picture, and cuts what only containers round', () => {
    const begins = (soundStart: number) => {
      const { packets } = plainSource();
      const audio = { ...packets.audio, start: soundStart, end: 13 };
      return filmExtent({ ...packets, video: { ...packets.video, start: 5, end: 13 }, audio });
    };
    expect(begins(1)).toEqual({ originSeconds: 1, durationMs: 12_000 });
    expect(begins(4.6)).toEqual({ originSeconds: 5, durationMs: 8000 });
    expect(begins(7)).toEqual({ originSeconds: 5, durationMs: 8000 });
    const declared = { ...plainFacts, declaredMs: 12_000 };
    const { packets } = plainSource();
    const lead = {
      ...packets,
      video: { ...packets.video, start: 5, end: 13 },
      audio: { ...packets.audio, start: 1, end: 13 },
    };
    expect(sourceWarnings(declared, lead, 0)).toEqual([]);
  });

  it('tells the reviewer that a film is silent because nothing reads its sound', () => {
    const { packets } = plainSource();
    const audio = plainFacts.audio.map((track) => ({ ...track, codec: 'unknown', channels: 0 }));
    expect(sourceWarnings({ ...plainFacts, audio }, packets, 0)[0]).toMatchObject({
      code: 'damaged',
      values: { cause: 'unknown_sound' },
    });
  });

  it('marks a film that ends before its header says', () => {
    const { packets } = plainSource();
    expect(sourceWarnings({ ...plainFacts, declaredMs: 200_000 }, packets, 0)[0]).toMatchObject({
      code: 'damaged',
      values: { haveSeconds: 100, declaredSeconds: 200 },
    });
    expect(sourceWarnings(plainFacts, packets, 0)).toEqual([]);
    expect(sourceWarnings(plainFacts, packets, 3)[0]?.code).toBe('damaged');
  });
});

describe('knowing a container by its first bytes', () => {
  const bytes = (text: string) => Uint8Array.from(text.padEnd(1200, '\0'), (letter) => letter.charCodeAt(0));
  it('names the demuxer of films', () => {
    expect(demuxerOf(bytes('\0\0\0\x20ftypisom'))).toBe('mov');
    expect(demuxerOf(bytes('RIFF\x10\0\0\0AVI LIST'))).toBe('avi');
    expect(demuxerOf(bytes('FLV\x01'))).toBe('flv');
    expect(demuxerOf(bytes('\x1a\x45\xdf\xa3'))).toBe('matroska');
    const ts = new Uint8Array(1200);
    for (let at = 0; at < 1200; at += 188) ts[at] = 0x47;
    expect(demuxerOf(ts)).toBe('mpegts');
    const camera = new Uint8Array(1200);
    for (let at = 4; at < 1200; at += 192) camera[at] = 0x47;
    expect(demuxerOf(camera)).toBe('mpegts');
  });

  it('knows no playlist, script, picture or text', () => {
    for (const text of [
      '#EXTM3U\n',
      'ffconcat version 1.0\n',
      '<?xml version="1.0"?><MPD>',
      '\x89PNG\r\n',
      'PK\x03\x04',
      'hello',
    ])
      expect(demuxerOf(bytes(text)), text).toBeUndefined();
    expect(demuxerOf(new Uint8Array(0))).toBeUndefined();
  });

  it('says what a file is instead', () => {
    const strangers = {
      playlist: ['#EXTM3U\n', 'ffconcat version 1.0\n', '<?xml version="1.0" encoding="utf-8"?>\n<MPD xmlns="x">'],
      picture: ['\x89PNG\r\n', 'GIF89a', '\xff\xd8\xff\xe0', 'RIFF\x10\0\0\0WEBP'],
      archive: ['PK\x03\x04', 'Rar!\x1a', '%PDF-1.7', '\xd0\xcf\x11\xe0'],
      page: ['<!doctype html>', '\r\n<HTML>', '<?xml version="1.0"?><error/>'],
      program: ['MZ\x90', '\x7fELF'],
      sound: ['ID3\x04', '\xff\xfb\x90', 'RIFF\x10\0\0\0WAVE'],
      real_media: ['.RMF\0'],
    };
    for (const [cause, beginnings] of Object.entries(strangers))
      for (const beginning of beginnings)
        expect(strangerOf(bytes(beginning)), beginning).toBe(`unsupported_container/${cause}`);
    expect(strangerOf(bytes('Dear office,'))).toBe('unsupported_container');
    expect(strangerOf(new Uint8Array(0))).toBe('unsupported_container');
  });
});

describe('reading what ffprobe says', () => {
  const probe = (stream: object) =>
    readProbe({
      streams: [{ index: 0, codec_type: 'video', codec_name: 'h264', ...stream }],
      format: { format_name: 'mov' },
    }).video;
  it('sees a picture upright and with square pixels', () => {
    const turned = { width: 1920, height: 1080, side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }] };
    expect(probe(turned)).toMatchObject({ width: 1080, height: 1920, rotated: true });
    expect(probe({ width: 720, height: 576, sample_aspect_ratio: '16:15' })).toMatchObject({ width: 768, height: 576 });
    expect(probe({ codec_name: 'dvvideo', field_order: 'unknown' })?.interlaced).toBe(true);
    expect(probe({ width: 720, height: 576, sample_aspect_ratio: '0:1' })).toMatchObject({ width: 720, height: 576 });
  });

  it('notices interlacing and high dynamic range', () => {
    expect(probe({ field_order: 'tt' })?.interlaced).toBe(true);
    expect(probe({ field_order: 'progressive' })?.interlaced).toBe(false);
    expect(probe({ color_transfer: 'arib-std-b67' })?.highDynamicRange).toBe(true);
  });

  it('takes no cover picture for the film', () => {
    expect(probe({ disposition: { attached_pic: 1 } })).toBeUndefined();
  });

  it('falls back to the base rate when there is no average', () => {
    expect(probe({ avg_frame_rate: '0/0', r_frame_rate: '30000/1001' })?.frameRate).toBeCloseTo(29.97, 2);
  });
});
