import { aacFrameSamples } from './adts.ts';
import { reorderFrames, type SegmentFrames, type SoundFrames, type VideoFrame } from './frames.ts';
import { alignCounters, draftPackets, packetBytes, pids, writePacket, type PacketDraft } from './transport-packets.ts';

/** Timestamp of film time 0: room below it for decoding times and for the clock, which run ahead of showing. */
export const tsBaseTicks = 126_000;
/** How far the clock is behind decoding: the time that a decoder may take to receive a picture. */
const clockLagTicks = 63_000;
const audioFrameTicks = (aacFrameSamples * 90_000) / 48_000;
/** Sound travels in units of at most so many bytes and frames, because each unit wastes half a packet. */
const audioUnit = { bytes: 2800, frames: 14 } as const;

/** CRC-32 of MPEG tables (ISO/IEC 13818-1, annex A). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

/** A table section of program 1 with its pointer byte; `length` counts what follows it, checksum included. */
function section(...body: readonly number[]): Buffer {
  const bytes = Buffer.from([0, ...body, 0, 0, 0, 0]);
  bytes.writeUInt32BE(crc32(bytes.subarray(1, -4)), bytes.length - 4);
  // Tables fill their packet with 0xff rather than with an adaptation field.
  return Buffer.concat([bytes, Buffer.alloc(packetBytes - 4 - bytes.length, 0xff)]);
}
const pat = section(0x00, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xe0 | (pids.pmt >> 8), pids.pmt & 255);
const pidBytes = (pid: number): readonly number[] => [0xe0 | (pid >> 8), pid & 255];
/** Stream types 27 (H.264) and 15 (AAC in ADTS); the first stream carries the clock. */
const programMap = (...streams: readonly (readonly [type: number, pid: number])[]): Buffer =>
  section(
    ...[0x02, 0xb0, 13 + 5 * streams.length, 0, 1, 0xc1, 0, 0, ...pidBytes(streams[0]?.[1] ?? 0), 0xf0, 0],
    ...streams.flatMap(([type, pid]) => [type, ...pidBytes(pid), 0xf0, 0]),
  );

/** Five bytes of a time stamp (ISO/IEC 13818-1, 2.4.3.7); times go beyond 32 bits, so no bit operators on the whole. */
function stamp(prefix: number, ticks: number): readonly number[] {
  const high = Math.floor(ticks / 0x40000000) & 7;
  const middle = Math.floor(ticks / 0x8000) & 0x7fff;
  const low = ticks % 0x8000;
  return [(prefix << 4) | (high << 1) | 1, middle >> 7, ((middle & 127) << 1) | 1, low >> 7, ((low & 127) << 1) | 1];
}

function pesHeader(streamId: number, bytes: number, ptsTicks: number, dtsTicks: number): Buffer {
  const stamps = ptsTicks === dtsTicks ? stamp(2, ptsTicks) : [...stamp(3, ptsTicks), ...stamp(1, dtsTicks)];
  const rest = 3 + stamps.length + bytes;
  // Length 0 means unbounded, allowed for video only.
  const length = streamId === 0xe0 || rest > 0xffff ? 0 : rest;
  const flags = ptsTicks === dtsTicks ? 0x80 : 0xc0;
  return Buffer.from([0, 0, 1, streamId, length >> 8, length & 255, 0x84, flags, stamps.length, ...stamps]);
}

const startCode = Buffer.from([0, 0, 0, 1]);
const delimiter = Buffer.from([0, 0, 0, 1, 9, 0xf0]);

/** NAL units in the byte stream format, each access unit with its delimiter, key frames with their parameter sets. */
function byteStream(frame: VideoFrame, parameterSets: readonly Buffer[]): Buffer[] {
  const parts: Buffer[] = [delimiter];
  if (frame.isKey) for (const set of parameterSets) parts.push(startCode, set);
  for (let at = 0; at + 4 <= frame.data.length;) {
    const bytes = frame.data.readUInt32BE(at);
    if (bytes === 0 || at + 4 + bytes > frame.data.length) throw new Error('A picture of the encoder is cut off.');
    parts.push(startCode, frame.data.subarray(at + 4, at + 4 + bytes));
    at += 4 + bytes;
  }
  return parts;
}

/** A unit with the time by which all units of a segment are put in order. */
type Timed = { readonly time: number; readonly drafts: readonly PacketDraft[] };

function videoUnits(frames: SegmentFrames): Timed[] {
  return frames.video.map((frame, index) => {
    const dts = (frame.decodeIndex - reorderFrames) * frames.frameTicks + tsBaseTicks;
    const pts = frame.ptsTicks + tsBaseTicks;
    const stream = byteStream(frame, frames.parameterSets);
    const payload = Buffer.concat([pesHeader(0xe0, 0, pts, dts), ...stream]);
    const drafts = draftPackets({
      pid: pids.video,
      startsUnit: true,
      payload,
      pcrTicks: dts - clockLagTicks,
      isRandomAccess: frame.isKey,
      isDiscontinuity: frames.cell === 0 && index === 0,
    });
    return { time: dts, drafts: frame.isKey ? [...tables, ...drafts] : drafts };
  });
}

const tablesWith = (map: Buffer): readonly PacketDraft[] => [
  { pid: pids.pat, startsUnit: true, payload: pat },
  { pid: pids.pmt, startsUnit: true, payload: map },
];
/** Tables stand before both key frames of a segment; a reader may start at either. */
const tables = tablesWith(programMap([27, pids.video], [15, pids.audio]));
const soundTables = tablesWith(programMap([15, pids.audio]));

/** A unit of sound and how long it is heard, in ticks. */
type TimedSound = Timed & { readonly lasts: number };

function audioUnits({ audio, firstAudioFrame, cell }: SoundFrames): TimedSound[] {
  const units: TimedSound[] = [];
  for (let from = 0; from < audio.length;) {
    let to = from;
    let bytes = 0;
    while (to < audio.length && to - from < audioUnit.frames && bytes < audioUnit.bytes) {
      bytes += audio[to]?.length ?? 0;
      to += 1;
    }
    const pts = (firstAudioFrame + from) * audioFrameTicks + tsBaseTicks;
    const payload = Buffer.concat([pesHeader(0xc0, bytes, pts, pts), ...audio.slice(from, to)]);
    const isDiscontinuity = cell === 0 && from === 0;
    const drafts = draftPackets({ pid: pids.audio, startsUnit: true, payload, isDiscontinuity });
    units.push({ time: pts, lasts: (to - from) * audioFrameTicks, drafts });
    from = to;
  }
  return units;
}

/** Payload of three packets of which the first has a clock: at 48 kbit/s they last 90 ms, and a clock is due every 100 ms. */
const betweenClocks = 3 * (packetBytes - 4) - 8;

/** Gives the sound the clock that the picture carries elsewhere. */
function withClock({ time, lasts, drafts }: TimedSound): PacketDraft[] {
  const unit = Buffer.concat(drafts.map((draft) => draft.payload));
  return Array.from({ length: Math.ceil(unit.length / betweenClocks) }, (_none, piece) => {
    const at = piece * betweenClocks;
    const flags = piece === 0 ? { ...drafts[0], startsUnit: true } : { startsUnit: false };
    return draftPackets({
      ...flags,
      pid: pids.audio,
      payload: unit.subarray(at, at + betweenClocks),
      pcrTicks: Math.round(time + (lasts * at) / unit.length) - clockLagTicks,
    });
  }).flat();
}

/**
 * Muxes one cell into an MPEG-TS segment: tables first, then units by decoding time. Timestamps are those of the film
 * (cell times 4 s and a constant), counters begin at 0 in every segment, and the film's first segment says that it is a
 * discontinuity.
 */
export function tsSegment(frames: SegmentFrames): Buffer {
  const units = [...videoUnits(frames), ...audioUnits(frames)].sort((a, b) => a.time - b.time);
  const drafts = units.flatMap((unit) => unit.drafts);
  return writePackets(alignCounters(alignCounters(drafts, pids.video), pids.audio), frames.cell);
}

/** The sound of a cell alone, for the rung `audio`: the same times, PIDs and turns of counters. */
export function soundSegment(frames: SoundFrames): Buffer {
  const drafts = [...soundTables, ...audioUnits(frames).flatMap(withClock)];
  return writePackets(alignCounters(drafts, pids.audio), frames.cell);
}

function writePackets(drafts: readonly PacketDraft[], cell: number): Buffer {
  const bytes = Buffer.alloc(drafts.length * packetBytes);
  const tablesPerCell = drafts.filter((draft) => draft.pid === pids.pat).length;
  const counters = new Map<number, number>([
    [pids.pat, cell * tablesPerCell],
    [pids.pmt, cell * tablesPerCell],
  ]);
  drafts.forEach((draft, index) => {
    const counter = counters.get(draft.pid) ?? 0;
    writePacket(bytes, index * packetBytes, draft, counter);
    counters.set(draft.pid, counter + 1);
  });
  return bytes;
}
