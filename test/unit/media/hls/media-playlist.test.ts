import { parse, setOptions } from 'hls-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { writeMediaPlaylist } from '../../../../media/hls/write-media-playlist.ts';

beforeAll(() => {
  setOptions({ strictMode: true });
});

const segment = (uri: string, more: object = {}) => ({ uri, durationMs: 4000, ...more });

describe('a media playlist', () => {
  it('is written tag by tag', () => {
    const text = writeMediaPlaylist({
      targetDurationMs: 4000,
      mediaSequence: 17,
      discontinuitySequence: 3,
      independentSegments: true,
      segments: [
        segment('a/00000.ts', { programDateAtMs: Date.UTC(2026, 11, 1) }),
        segment('b/00000.ts', { discontinuity: true, durationMs: 3960 }),
      ],
    });
    expect(text).toBe(`#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:17
#EXT-X-DISCONTINUITY-SEQUENCE:3
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-PROGRAM-DATE-TIME:2026-12-01T00:00:00.000Z
#EXTINF:4.000,
a/00000.ts
#EXT-X-DISCONTINUITY
#EXTINF:3.960,
b/00000.ts
`);
  });

  it('names an initialisation section once, and again behind every discontinuity', () => {
    const text = writeMediaPlaylist({
      targetDurationMs: 4000,
      type: 'VOD',
      ended: true,
      segments: [
        segment('0.m4s', { mapUri: 'a/init.mp4' }),
        segment('1.m4s', { mapUri: 'a/init.mp4' }),
        segment('2.m4s', { mapUri: 'a/init.mp4', discontinuity: true }),
      ],
    });
    expect(text.match(/#EXT-X-MAP/g)).toHaveLength(2);
    expect(text).toContain('#EXT-X-VERSION:7\n');
    expect(parse(text)).toMatchObject({ endlist: true, playlistType: 'VOD' });
  });

  it('declares the version that byte ranges and I-frames need', () => {
    const iFrames = { targetDurationMs: 2000, type: 'VOD', ended: true, iFramesOnly: true } as const;
    const text = writeMediaPlaylist({
      ...iFrames,
      segments: [segment('0.ts', { durationMs: 2000, byteRange: { bytes: 10, fromByte: 376 } })],
    });
    expect(text).toContain('#EXT-X-VERSION:4\n');
    expect(text).toContain('#EXT-X-BYTERANGE:10@376\n0.ts\n');
    expect(parse(text)).toMatchObject({ isIFrame: true });
  });

  it('is read back as it was written', () => {
    const playlist = {
      targetDurationMs: 4000,
      mediaSequence: 5,
      discontinuitySequence: 2,
      type: 'EVENT',
      ended: true,
      startOffsetMs: 0,
      independentSegments: true,
      segments: [
        segment('a/0.m4s', { mapUri: 'a/init.mp4', programDateAtMs: 8000 }),
        segment('a/1.m4s', { mapUri: 'a/init.mp4', byteRange: { bytes: 7, fromByte: 9 } }),
        segment('b/0.m4s', { mapUri: 'b/init.mp4', discontinuity: true, programDateAtMs: 16_000 }),
      ],
    } as const;
    const read = readMediaPlaylist(writeMediaPlaylist(playlist));
    expect(read).toMatchObject({ ok: true, playlist: { ...playlist, segments: read.ok ? read.segments : [] } });
    expect(read.ok && read.segments.map((each) => [each.mediaSequence, each.discontinuitySequence])).toEqual([
      [5, 2],
      [6, 2],
      [7, 3],
    ]);
    const numbers = { mediaSequence: expect.any(Number), discontinuitySequence: expect.any(Number) };
    expect(read.ok && read.segments).toEqual(playlist.segments.map((each) => ({ ...each, ...numbers })));
  });

  it('is refused with the line where it stops being one', () => {
    expect(readMediaPlaylist('hello')).toMatchObject({ ok: false, line: 1 });
    expect(readMediaPlaylist('#EXTM3U\n\n0.ts\n')).toMatchObject({ ok: false, line: 3 });
  });
});
