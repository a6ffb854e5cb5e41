import { describe, expect, it } from 'vitest';
import { inspectSegment, segmentFindings } from '../../../transcoder/conform.ts';
import { aacFramesUntil, adtsFrames } from '../../../transcoder/package/adts.ts';
import { findBox } from '../../../transcoder/package/boxes.ts';
import type { SegmentFrames } from '../../../transcoder/package/frames.ts';
import { alignCounters, draftPackets, pids } from '../../../transcoder/package/transport-packets.ts';
import { audioInit, audioSegment, videoInit, videoSegment } from '../../../transcoder/package/write-fmp4.ts';
import { keyFrameRanges } from '../../../transcoder/package/key-frame-ranges.ts';
import { soundSegment, tsBaseTicks, tsSegment } from '../../../transcoder/package/write-ts-segment.ts';

/** An ADTS frame of so many bytes of nothing in particular. */
function adts(bytes: number): Buffer {
  const frame = Buffer.alloc(bytes, 0x21);
  Buffer.from([0xff, 0xf1, 0x4c, 0x80 | (bytes >> 11), (bytes >> 3) & 255, ((bytes & 7) << 5) | 0x1f, 0xfc]).copy(
    frame,
  );
  return frame;
}

/** Pictures in decoding order I P B B P B B ... with closed groups of 2 s; contents are told apart by their last byte. */
function cellOf(cell: number, frameRate = 25, sizes: (index: number) => number = () => 400): SegmentFrames {
  const perCell = frameRate * 4;
  const gop = frameRate * 2;
  const video = Array.from({ length: perCell }, (_none, index) => {
    const inGop = index % gop;
    const swap = inGop === 0 || inGop >= gop - ((gop - 1) % 2) ? 0 : inGop % 2 === 1 ? 1 : -1;
    const isKey = inGop === 0;
    const nal = Buffer.alloc(sizes(index), 0x42);
    nal[0] = isKey ? 0x65 : 0x41;
    const data = Buffer.concat([Buffer.alloc(4), nal]);
    data.writeUInt32BE(nal.length);
    return {
      data,
      isKey,
      ptsTicks: cell * 360_000 + (index + swap) * (90_000 / frameRate),
      decodeIndex: cell * perCell + index,
    };
  });
  const firstAudioFrame = aacFramesUntil(cell);
  const audio = Array.from({ length: aacFramesUntil(cell + 1) - firstAudioFrame }, () => adts(200));
  return {
    cell,
    frameTicks: 90_000 / frameRate,
    video,
    parameterSets: [Buffer.from([0x67, 1, 2, 3]), Buffer.from([0x68, 4])],
    audio,
    firstAudioFrame,
  };
}
const demands = (cell: number, frameRate = 25) => ({ cell, frameRate, baseTicks: tsBaseTicks });

/** Clocks of a segment by the packet that carries them: its number and ticks of 90 kHz. */
function clocksOf(segment: Buffer): { readonly packet: number; readonly ticks: number }[] {
  return Array.from({ length: segment.length / 188 }, (_none, packet) => {
    const at = packet * 188;
    const hasClock =
      ((segment[at + 3] ?? 0) & 0x20) !== 0 && (segment[at + 4] ?? 0) > 6 && (segment[at + 5] ?? 0) & 0x10;
    return hasClock ? [{ packet, ticks: segment.readUInt32BE(at + 6) * 2 + ((segment[at + 10] ?? 0) >> 7) }] : [];
  }).flat();
}

describe('a segment of sound alone', () => {
  it('passes the inspection in every cell, and follows any other by its counters', () => {
    for (const cell of [0, 1, 2, 11_930, 23_000]) {
      const segment = soundSegment(cellOf(cell));
      expect(segmentFindings(segment, demands(cell, 0))).toEqual([]);
      expect(inspectSegment(segment).counters.get(pids.audio)).toEqual({ first: 0, last: 15 });
    }
    expect(segmentFindings(soundSegment(cellOf(1)), demands(1))).toContain('its tracks are wrong');
    expect(segmentFindings(tsSegment(cellOf(1)), demands(1, 0))).toContain('its tracks are wrong');
  });

  it('carries the same sound at the same times as the segment with pictures', () => {
    const [alone, muxed] = [inspectSegment(soundSegment(cellOf(5))), inspectSegment(tsSegment(cellOf(5)))];
    expect(alone.audioPts).toEqual(muxed.audioPts);
  });

  it('tells the time at least every 100 ms and never after its sound is due, with a quarter more bytes at most', () => {
    const audio = cellOf(2).audio.map(() => adts(135));
    const segment = soundSegment({ ...cellOf(2), audio });
    const clocks = clocksOf(segment).map(({ ticks }) => ticks);
    expect(clocks.length).toBeGreaterThan(40);
    clocks.slice(1).forEach((ticks, index) => {
      expect(ticks - (clocks[index] ?? 0)).toBeGreaterThan(0);
      expect(ticks - (clocks[index] ?? 0)).toBeLessThanOrEqual(9000);
    });
    expect(clocks.at(-1)).toBeLessThan(inspectSegment(segment).audioPts.at(-1) ?? 0);
    expect(segment.length / audio.reduce((sum, frame) => sum + frame.length, 0)).toBeLessThan(1.25);
  });
});

describe('the key frames of a segment', () => {
  it('are two ranges of whole packets, each with tables and one whole key frame and nothing else', () => {
    for (const size of [20, 400, 5000]) {
      const segment = tsSegment(cellOf(3, 25, (index) => (index % 50 === 0 ? 9 * size : size)));
      const ranges = keyFrameRanges(segment);
      expect(ranges).toHaveLength(2);
      ranges.forEach(({ fromByte, bytes }, index) => {
        const found = inspectSegment(segment.subarray(fromByte, fromByte + bytes));
        expect(found.beginsWithTables && found.beginsWithKey).toBe(true);
        expect(found.video.pts).toEqual([tsBaseTicks + 3 * 360_000 + index * 180_000]);
        expect(found.audioPts).toEqual([]);
        expect(bytes).toBeGreaterThan(9 * size);
      });
    }
  });
});

describe('an MPEG-TS segment', () => {
  it('passes the inspection at every house frame rate and in every cell, even beyond 32 bits of ticks', () => {
    for (const frameRate of [24, 25, 30, 50, 60])
      for (const cell of [0, 1, 2, 11_930, 23_000])
        expect(segmentFindings(tsSegment(cellOf(cell, frameRate)), demands(cell, frameRate))).toEqual([]);
  });

  it('begins every counter of pictures and sound at 0 and leaves it at 15, so any segment may follow any other', () => {
    for (let size = 20; size < 2000; size += 97) {
      const { counters } = inspectSegment(tsSegment(cellOf(3, 25, (index) => size + (index % 7))));
      expect(counters.get(pids.video)).toEqual({ first: 0, last: 15 });
      expect(counters.get(pids.audio)).toEqual({ first: 0, last: 15 });
    }
  });

  it('runs the counters of the tables on from cell to cell', () => {
    const [a, b] = [inspectSegment(tsSegment(cellOf(6))), inspectSegment(tsSegment(cellOf(7)))];
    expect(b.counters.get(0)?.first).toBe(((a.counters.get(0)?.last ?? 0) + 1) & 15);
    expect(b.counters.get(4096)?.first).toBe(((a.counters.get(4096)?.last ?? 0) + 1) & 15);
  });

  it('marks a discontinuity at the beginning of a film and nowhere else', () => {
    expect(inspectSegment(tsSegment(cellOf(0))).isDiscontinuity).toBe(true);
    expect(inspectSegment(tsSegment(cellOf(1))).isDiscontinuity).toBe(false);
  });

  it('adds less than a quarter even to the small pictures of the lowest rung', () => {
    const frames = cellOf(1, 25, (index) => (index % 50 === 0 ? 9000 : 700));
    const content = [...frames.video.map((f) => f.data), ...frames.audio].reduce((sum, part) => sum + part.length, 0);
    expect(tsSegment(frames).length / content).toBeLessThan(1.25);
  });

  it('is found out when it is not what it should be', () => {
    const good = cellOf(1);
    const finding = (change: Partial<SegmentFrames>) => segmentFindings(tsSegment({ ...good, ...change }), demands(1));
    expect(finding({ video: good.video.slice(0, -1) })).toContain('it has 99 pictures');
    expect(finding({ audio: good.audio.slice(0, -1) })).toContain('its sound does not cover its picture');
    expect(finding({ firstAudioFrame: good.firstAudioFrame + 3 })).toContain('its sound begins off the grid');
    expect(finding({ cell: 0 })).toContain('its discontinuity mark is wrong');
    expect(
      finding({ video: good.video.map((frame) => ({ ...frame, data: Buffer.from([0, 0, 0, 1, 0x41]) })) }),
    ).toContain('its first picture is not a key frame');
    const bytes = tsSegment(good);
    expect(() => inspectSegment(bytes.subarray(0, -1))).toThrow('whole packets');
    bytes[188] = 0;
    expect(() => inspectSegment(bytes)).toThrow('No sync byte at 188');
    const swapped = tsSegment(good);
    swapped[188 * 5 + 3] = ((swapped[188 * 5 + 3] ?? 0) & 0xf0) | 9;
    expect(segmentFindings(swapped, demands(1))).toContain('a continuity counter jumps');
  });

  it('refuses a picture whose units are cut off', () => {
    const good = cellOf(1);
    const [first, ...rest] = good.video;
    const cut = { ...first!, data: first!.data.subarray(0, 100) };
    expect(() => tsSegment({ ...good, video: [cut, ...rest] })).toThrow('cut off');
  });
});

describe('aligning counters', () => {
  it('loses and changes no byte', () => {
    const payload = Buffer.from(Array.from({ length: 5000 }, (_none, index) => index & 255));
    const drafts = draftPackets({ pid: 256, startsUnit: true, payload, pcrTicks: 1 });
    const aligned = alignCounters(drafts, 256);
    expect(aligned.length % 16).toBe(0);
    expect(Buffer.concat(aligned.map((draft) => draft.payload)).equals(payload)).toBe(true);
    expect(aligned.filter((draft) => draft.startsUnit)).toHaveLength(1);
  });
});

describe('segments of package cmaf', () => {
  it('count decoding times from 0 and never use an edit list', () => {
    const config = Buffer.from('0164001fffe1000467010203010002680 4'.replace(/ /g, ''), 'hex');
    const init = videoInit(640, 360, config);
    expect(findBox(init, ['moov', 'trak', 'edts'])).toBeUndefined();
    const mdhd = findBox(init, ['moov', 'trak', 'mdia', 'mdhd']);
    expect(init.readUInt32BE((mdhd?.from ?? 0) + 12)).toBe(90_000);
    const segment = videoSegment(cellOf(2));
    const tfdt = findBox(segment, ['moof', 'traf', 'tfdt']);
    expect(Number(segment.readBigUInt64BE((tfdt?.from ?? 0) + 4))).toBe(2 * 360_000);
    const trun = findBox(segment, ['moof', 'traf', 'trun']);
    expect(segment.readUInt32BE((trun?.from ?? 0) + 4)).toBe(100);
    // Flags and composition offset of the first sample: a sync sample, shown when it is decoded.
    expect(segment.readUInt32BE((trun?.from ?? 0) + 16)).toBe(0x02000000);
    expect(segment.readInt32BE((trun?.from ?? 0) + 20)).toBe(0);
    // The data offset points at the first byte of the pictures.
    const mdat = findBox(segment, ['mdat']);
    const moof = findBox(segment, ['moof']);
    expect((moof?.start ?? 0) + segment.readUInt32BE((trun?.from ?? 0) + 8)).toBe(mdat?.from);
  });

  it('carry AAC without its ADTS headers', () => {
    const frames = adtsFrames(Buffer.concat([adts(100), adts(120)]));
    const segment = audioSegment(0, 0, frames);
    const mdat = findBox(segment, ['mdat']);
    expect((mdat?.to ?? 0) - (mdat?.from ?? 0)).toBe(100 + 120 - 14);
    expect(audioInit(128_000).includes(Buffer.from([0x11, 0x90]))).toBe(true);
  });

  it('give every cell 187 or 188 AAC frames, 375 in two', () => {
    for (let cell = 0; cell < 20; cell += 1) {
      const frames = aacFramesUntil(cell + 1) - aacFramesUntil(cell);
      expect(frames).toBe(cell % 2 === 0 ? 188 : 187);
    }
  });
});
