import { describe, expect, it } from 'vitest';
import { mergedFragment, mergeInits } from '../../../../media/film/merged-mp4.ts';
import { findBox } from '../../../../transcoder/package/boxes.ts';
import { audioInit, audioSegment, videoInit, videoSegment } from '../../../../transcoder/package/write-fmp4.ts';

const pictures = (shown = [{ ptsTicks: 1_080_000, decodeIndex: 300 }]) =>
  videoSegment({
    cell: 3,
    frameTicks: 3600,
    video: shown.map((times) => ({ ...times, data: Buffer.from([0, 0, 0, 1, 0x65]), isKey: true })),
  });

describe('picture and sound in one MP4 file', () => {
  it('has one init segment with both tracks, each under its own number', () => {
    const merged = Buffer.from(mergeInits(videoInit(1280, 720, Buffer.from([1, 2, 3])), audioInit(128_000)));
    expect(merged.readUInt32BE(0) + merged.readUInt32BE(merged.readUInt32BE(0))).toBe(merged.length);
    const numbers = (type: string, offset: number) =>
      positions(merged, type).map((at) => merged.readUInt32BE(at + offset));
    expect(positions(merged, 'trak')).toHaveLength(2);
    // Type, version and flags, two times, then the number.
    expect(numbers('tkhd', 4 + 4 + 8)).toEqual([1, 2]);
    expect(numbers('trex', 4 + 4)).toEqual([1, 2]);
    expect(merged.includes('avcC') && merged.includes('esds')).toBe(true);
  });

  it('keeps the size and the samples of a fragment and tells whose they are', () => {
    for (const [track, fragment] of [
      ['video', pictures()],
      ['audio', audioSegment(3, 100, [Buffer.alloc(50, 7)])],
    ] as const) {
      const merged = Buffer.from(mergedFragment(fragment, { track, sequence: 9, frameRate: 25 }));
      expect(merged).toHaveLength(fragment.length);
      expect(merged.readUInt32BE(positions(merged, 'mfhd')[0]! + 8)).toBe(9);
      expect(merged.readUInt32BE(positions(merged, 'tfhd')[0]! + 8)).toBe(track === 'video' ? 1 : 2);
      expect(findBox(merged, ['mdat'])).toEqual(findBox(fragment, ['mdat'])!);
    }
  });

  it('shows picture and sound later by the same time, so that no picture is due before it is decoded', () => {
    const merged = (fragment: Buffer, track: 'video' | 'audio') =>
      Buffer.from(mergedFragment(fragment, { track, sequence: 1, frameRate: 25 }));
    // Decoded as the third, shown as the second: one frame before its time.
    const late = pictures([
      { ptsTicks: 3600, decodeIndex: 2 },
      { ptsTicks: 14_400, decodeIndex: 3 },
    ]);
    const shown = (bytes: Buffer) => {
      const run = positions(bytes, 'trun')[0]!;
      return [0, 1].map((row) => bytes.readInt32BE(run + 16 + row * 12 + 8));
    };
    expect(shown(late)).toEqual([-3600, 3600]);
    expect(shown(merged(late, 'video'))).toEqual([3600, 10_800]);
    const sound = audioSegment(3, 100, [Buffer.alloc(50, 7)]);
    const begins = (bytes: Buffer) => Number(bytes.readBigUInt64BE(positions(bytes, 'tfdt')[0]! + 8));
    expect((begins(merged(sound, 'audio')) - begins(sound)) / 48_000).toBe(7200 / 90_000);
  });

  it('refuses what is no MP4', () => {
    expect(() => mergeInits(Buffer.from('nonsense here'), audioInit(1))).toThrow();
    expect(() =>
      mergedFragment(videoInit(16, 16, Buffer.alloc(4)), { track: 'video', sequence: 1, frameRate: 25 }),
    ).toThrow('moof');
  });
});

/** Where the four letters of a type stand. */
function positions(bytes: Buffer, type: string): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(type); at !== -1; at = bytes.indexOf(type, at + 1)) found.push(at);
  return found;
}
