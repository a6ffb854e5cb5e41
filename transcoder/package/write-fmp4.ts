import { aacFrameSamples, aacPayload } from './adts.ts';
import { box, fullBox, u16, u32, u64 } from './boxes.ts';
import type { SegmentFrames, VideoFrame } from './frames.ts';

const identity = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');

type Track = {
  readonly timescale: number;
  readonly handler: 'vide' | 'soun';
  readonly width: number;
  readonly height: number;
  /** vmhd or smhd. */
  readonly header: Buffer;
  readonly entry: Buffer;
};

/** An init segment with one track and no edit list, so that tfdt is film time (house-profile.md 2, hls.md N3). */
function initSegment(track: Track): Buffer {
  const isSound = track.handler === 'soun';
  const empty = (type: string): Buffer => fullBox(type, 0, 0, u32(0));
  const mvhd = fullBox(
    'mvhd',
    0,
    0,
    u32(0, 0, 1000, 0, 0x10000),
    u16(0x100, 0),
    u32(0, 0),
    identity,
    u32(0, 0, 0, 0, 0, 0, 2),
  );
  const tkhd = fullBox(
    ...(['tkhd', 0, 7] as const),
    ...[u32(0, 0, 1, 0, 0, 0, 0), u16(0, 0, isSound ? 0x100 : 0, 0), identity],
    u32(track.width * 0x10000, track.height * 0x10000),
  );
  const mdhd = fullBox('mdhd', 0, 0, u32(0, 0, track.timescale, 0), u16(0x55c4, 0));
  const hdlr = fullBox('hdlr', 0, 0, u32(0), Buffer.from(track.handler, 'latin1'), u32(0, 0, 0), text('Yuanbo'));
  const dinf = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const stsd = fullBox('stsd', 0, 0, u32(1), track.entry);
  const stbl = box('stbl', stsd, empty('stts'), empty('stsc'), fullBox('stsz', 0, 0, u32(0, 0)), empty('stco'));
  const mdia = box('mdia', mdhd, hdlr, box('minf', track.header, dinf, stbl));
  const mvex = box('mvex', fullBox('trex', 0, 0, u32(1, 1, 0, 0, 0)));
  const brands = Buffer.from('iso6\0\0\0\0iso6cmfcmp41', 'latin1');
  return Buffer.concat([box('ftyp', brands), box('moov', mvhd, box('trak', tkhd, mdia), mvex)]);
}

const sampleEntries = { avc1: 'avcC', hvc1: 'hvcC' } as const;

/** The init segment of a rung of package cmaf; `config` is the decoder configuration record of its sample entry. */
export function videoInit(
  width: number,
  height: number,
  config: Buffer,
  entryName: keyof typeof sampleEntries = 'avc1',
): Buffer {
  const colour = box('colr', Buffer.from('nclx', 'latin1'), u16(1, 1, 1), Buffer.from([0]));
  const entry = box(
    entryName,
    ...[u32(0), u16(0, 1), u32(0, 0, 0, 0), u16(width, height), u32(0x480000, 0x480000, 0), u16(1)],
    ...[Buffer.alloc(32), u16(0x18, 0xffff), box(sampleEntries[entryName], config), colour, box('pasp', u32(1, 1))],
  );
  const header = fullBox('vmhd', 0, 1, u16(0, 0, 0, 0));
  return initSegment({ timescale: 90_000, handler: 'vide', width, height, header, entry });
}

/** Descriptor of MPEG-4 Systems with a one-byte length. */
const descriptor = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, body.length]), body]);
};

/** The init segment of every language of package cmaf: AAC-LC, 48 kHz, stereo. */
export function audioInit(bitRate: number): Buffer {
  const config = descriptor(5, Buffer.from([0x11, 0x90]));
  const decoder = descriptor(4, Buffer.from([0x40, 0x15, 0, 0, 0]), u32(bitRate, bitRate), config);
  const esds = fullBox('esds', 0, 0, descriptor(3, u16(1), Buffer.from([0]), decoder, descriptor(6, Buffer.from([2]))));
  const entry = box('mp4a', u32(0), u16(0, 1), u32(0, 0), u16(2, 16, 0, 0), u32(48_000 * 0x10000), esds);
  const header = fullBox('smhd', 0, 0, u16(0, 0));
  return initSegment({ timescale: 48_000, handler: 'soun', width: 0, height: 0, header, entry });
}

type Sample = { readonly data: Buffer; readonly flags: number; readonly shift: number };
const keySample = 0x02000000;
const otherSample = 0x01010000;

/** One fragment: times of all samples from tfdt on, each as long as the others. */
function mediaSegment(cell: number, startTicks: number, sampleTicks: number, samples: readonly Sample[]): Buffer {
  const rows = samples.map(({ data, flags, shift }) => u32(data.length, flags, shift));
  // 0x1 data offset, 0x200 sizes, 0x400 flags, 0x800 offsets; version 1 makes the offsets signed.
  const trun = (offset: number): Buffer => fullBox('trun', 1, 0xe01, u32(samples.length, offset), ...rows);
  const moof = (offset: number): Buffer =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, u32(cell + 1)),
      // 0x020000 default-base-is-moof, 0x8 default duration.
      box(
        'traf',
        fullBox('tfhd', 0, 0x020008, u32(1, sampleTicks)),
        fullBox('tfdt', 1, 0, u64(startTicks)),
        trun(offset),
      ),
    );
  const head = moof(moof(0).length + 8);
  const styp = box('styp', Buffer.from('msdh\0\0\0\0msdhmsixcmfs', 'latin1'));
  return Buffer.concat([styp, head, box('mdat', ...samples.map((sample) => sample.data))]);
}

/** The pictures of one cell as a segment of package cmaf; decoding times start at 0, so offsets may be negative. */
export function videoSegment(frames: Pick<SegmentFrames, 'cell' | 'frameTicks' | 'video'>): Buffer {
  const { frameTicks } = frames;
  const start = (frames.video[0]?.decodeIndex ?? 0) * frameTicks;
  const sample = ({ data, isKey, ptsTicks, decodeIndex }: VideoFrame): Sample => ({
    data,
    flags: isKey ? keySample : otherSample,
    shift: ptsTicks - decodeIndex * frameTicks,
  });
  return mediaSegment(frames.cell, start, frameTicks, frames.video.map(sample));
}

/** The sound of one cell as a segment of package cmaf. */
export function audioSegment(cell: number, firstFrame: number, frames: readonly Buffer[]): Buffer {
  const samples = frames.map((frame) => ({ data: aacPayload(frame), flags: keySample, shift: 0 }));
  return mediaSegment(cell, firstFrame * aacFrameSamples, aacFrameSamples, samples);
}
