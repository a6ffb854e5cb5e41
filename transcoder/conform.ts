import { aacFrameSamples, adtsFrames } from './package/adts.ts';
import { packetBytes } from './package/transport-packets.ts';

/** What our inspector reads from one MPEG-TS segment, by the standard and not by how we write it. */
export type SegmentInspection = {
  /** Program map: PID to stream type. */
  readonly streams: ReadonlyMap<number, number>;
  readonly beginsWithTables: boolean;
  /** Counters that do not follow their predecessor, inside the segment. */
  readonly counterFaults: number;
  /** First and last counter of each PID. */
  readonly counters: ReadonlyMap<number, { readonly first: number; readonly last: number }>;
  readonly video: { readonly pts: readonly number[]; readonly dts: readonly number[] };
  /** Every picture in the byte stream format, in pieces, in the order of decoding. */
  readonly pictures: readonly (readonly Buffer[])[];
  /** PTS of every AAC frame in ticks of 90 kHz. */
  readonly audioPts: readonly number[];
  readonly beginsWithKey: boolean;
  readonly programMapPid: number;
  /** The first picture in the byte stream format, and the first sounds in ADTS. */
  readonly firstPicture: Buffer;
  readonly firstSound: Buffer;
  readonly isDiscontinuity: boolean;
};

type Units = { pid: number; pts: number; dts: number; parts: Buffer[] };

/** A time stamp of 33 bits. */
const stampAt = (bytes: Buffer, at: number): number =>
  (((bytes[at] ?? 0) >> 1) & 7) * 0x40000000 +
  (((bytes.readUInt16BE(at + 1) >> 1) << 15) | (bytes.readUInt16BE(at + 3) >> 1));

function startUnit(pid: number, payload: Buffer): Units | undefined {
  if (payload.length < 9 || payload.readUIntBE(0, 3) !== 1) return undefined;
  const flags = (payload[7] ?? 0) >> 6;
  const pts = flags & 2 ? stampAt(payload, 9) : NaN;
  const dts = flags === 3 ? stampAt(payload, 14) : pts;
  return { pid, pts, dts, parts: [payload.subarray(9 + (payload[8] ?? 0))] };
}

/** Reads the program map section in a packet's payload. */
function readProgramMap(payload: Buffer, into: Map<number, number>): void {
  const at = 1 + (payload[0] ?? 0);
  const end = at + 3 + (payload.readUInt16BE(at + 1) & 0xfff) - 4;
  let entry = at + 12 + (payload.readUInt16BE(at + 10) & 0xfff);
  while (entry + 5 <= end) {
    into.set(payload.readUInt16BE(entry + 1) & 0x1fff, payload[entry] ?? 0);
    entry += 5 + (payload.readUInt16BE(entry + 3) & 0xfff);
  }
}

/** Types of the NAL units in a byte stream. */
function nalTypes(bytes: Buffer): readonly number[] {
  const types: number[] = [];
  for (let at = bytes.indexOf('\0\0\x01', 0, 'latin1'); at >= 0; at = bytes.indexOf('\0\0\x01', at + 3, 'latin1')) {
    types.push((bytes[at + 3] ?? 0) & 31);
  }
  return types;
}

/** Takes a segment apart; throws where a packet has lost its sync byte or a unit is no MPEG-TS. */
export function inspectSegment(bytes: Buffer): SegmentInspection {
  if (bytes.length === 0 || bytes.length % packetBytes !== 0)
    throw new Error(`${bytes.length} bytes are no whole packets.`);
  const streams = new Map<number, number>();
  const counters = new Map<number, { first: number; last: number }>();
  const units: Units[] = [];
  const open = new Map<number, Units>();
  const order: number[] = [];
  let programMap = -1;
  let counterFaults = 0;
  let isDiscontinuity = false;
  for (let at = 0; at < bytes.length; at += packetBytes) {
    if (bytes[at] !== 0x47) throw new Error(`No sync byte at ${at}.`);
    const pid = bytes.readUInt16BE(at + 1) & 0x1fff;
    const control = ((bytes[at + 3] ?? 0) >> 4) & 3;
    const counter = (bytes[at + 3] ?? 0) & 15;
    const adaptation = control & 2 ? (bytes[at + 4] ?? 0) + 1 : 0;
    if (adaptation > 1 && (bytes[at + 5] ?? 0) & 0x80) isDiscontinuity = true;
    if (!(control & 1)) continue;
    order.push(pid);
    const seen = counters.get(pid);
    if (seen !== undefined && ((seen.last + 1) & 15) !== counter) counterFaults += 1;
    counters.set(pid, { first: seen?.first ?? counter, last: counter });
    const payload = bytes.subarray(at + 4 + adaptation, at + packetBytes);
    const starts = ((bytes[at + 1] ?? 0) & 0x40) !== 0;
    if (pid === 0 && starts) programMap = payload.readUInt16BE(1 + (payload[0] ?? 0) + 10) & 0x1fff;
    else if (pid === programMap && starts) readProgramMap(payload, streams);
    else if (starts) {
      const unit = startUnit(pid, payload);
      if (unit === undefined) throw new Error(`PID ${pid} does not start a PES packet.`);
      units.push(unit);
      open.set(pid, unit);
    } else open.get(pid)?.parts.push(payload);
  }
  const ofType = (type: number): Units[] => units.filter((unit) => streams.get(unit.pid) === type);
  const video = ofType(27);
  const ticks = (aacFrameSamples * 90_000) / 48_000;
  const firstPicture = Buffer.concat(video[0]?.parts ?? []);
  return {
    streams,
    programMapPid: programMap,
    firstPicture,
    firstSound: Buffer.concat(ofType(15)[0]?.parts ?? []),
    counters,
    counterFaults,
    isDiscontinuity,
    beginsWithTables: order[0] === 0 && order[1] === programMap,
    pictures: video.map((unit) => unit.parts),
    video: { pts: video.map((unit) => unit.pts), dts: video.map((unit) => unit.dts) },
    audioPts: ofType(15).flatMap((unit) =>
      adtsFrames(Buffer.concat(unit.parts)).map((_frame, index) => unit.pts + index * ticks),
    ),
    beginsWithKey: nalTypes(firstPicture).includes(5),
  };
}

/** What a segment of the house must be like. */
export type SegmentDemands = {
  readonly cell: number;
  /** 0 on the rung that has sound alone. */
  readonly frameRate: number;
  /** Timestamp of film time 0 in ticks of 90 kHz. */
  readonly baseTicks: number;
};

/** What is asked, and what is wrong where it does not hold. */
type Check = readonly [holds: boolean, finding: string];

function pictureChecks({ video, streams, beginsWithKey }: SegmentInspection, demands: SegmentDemands): Check[] {
  const start = demands.baseTicks + demands.cell * 360_000;
  const frameTicks = 90_000 / demands.frameRate;
  const shown = [...video.pts].sort((a, b) => a - b);
  return [
    [streams.get(256) === 27 && streams.get(257) === 15 && streams.size === 2, 'its tracks are wrong'],
    [beginsWithKey, 'its first picture is not a key frame'],
    [shown.length === demands.frameRate * 4, `it has ${shown.length} pictures`],
    [shown.every((pts, index) => pts === start + index * frameTicks), 'a picture is off the grid'],
    [video.dts.every((dts, index) => dts <= (video.pts[index] ?? 0)), 'a picture is shown before it is decoded'],
    [video.dts.every((dts, i) => i === 0 || dts > (video.dts[i - 1] ?? 0)), 'decoding goes backwards'],
  ];
}

const soundAloneChecks = ({ streams }: SegmentInspection): Check[] => [
  [streams.get(257) === 15 && streams.size === 1, 'its tracks are wrong'],
];

/** Compares a segment with the house profile; answers what is wrong in words, nothing when all is right. */
export function segmentFindings(bytes: Buffer, demands: SegmentDemands): readonly string[] {
  const found = inspectSegment(bytes);
  const start = demands.baseTicks + demands.cell * 360_000;
  const lastAudio = (found.audioPts.at(-1) ?? 0) + (aacFrameSamples * 90_000) / 48_000;
  const checks: readonly Check[] = [
    [found.beginsWithTables, 'it does not begin with PAT and PMT'],
    [found.counterFaults === 0, 'a continuity counter jumps'],
    ...(demands.frameRate > 0 ? pictureChecks(found, demands) : soundAloneChecks(found)),
    [found.audioPts.length >= 187 && found.audioPts.length <= 188, `it has ${found.audioPts.length} AAC frames`],
    [Math.abs((found.audioPts[0] ?? 0) - start) <= 1920, 'its sound begins off the grid'],
    [lastAudio >= start + 360_000 && lastAudio < start + 360_000 + 1920, 'its sound does not cover its picture'],
    [found.audioPts.every((pts, i) => i === 0 || pts - (found.audioPts[i - 1] ?? 0) === 1920), 'its sound has a gap'],
    [found.isDiscontinuity === (demands.cell === 0), 'its discontinuity mark is wrong'],
  ];
  return checks.filter(([holds]) => !holds).map(([, finding]) => finding);
}
