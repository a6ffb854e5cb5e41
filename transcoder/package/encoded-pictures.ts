import { open, type FileHandle } from 'node:fs/promises';
import { boxesIn, findBox, type FoundBox } from './boxes.ts';

/** One encoded picture of an intermediate file, in decoding order. */
export type EncodedPicture = {
  /** Place of its NAL units (4-byte lengths) in the file. */
  readonly at: number;
  readonly bytes: number;
  readonly isKey: boolean;
  /** Place in the order of showing, counted from the file's first picture. */
  readonly shownAs: number;
};

/** The pictures of one rung of one chunk, as the encoder left them. */
export type EncodedPictures = {
  /** AVC- or HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1 and 8.3.3.1). */
  readonly config: Buffer;
  /** RFC 6381. */
  readonly codec: string;
  readonly pictures: readonly EncodedPicture[];
};

type Timed = { at: number; bytes: number; isKey: boolean; time: number };

async function readAt(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const into = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(into, 0, bytes, at);
  if (bytesRead < bytes) throw new Error(`The encoder's file ends at byte ${at + bytesRead}, in the middle of a box.`);
  return into;
}

const nonSync = 0x10000;

/** Samples of one `traf`: optional fields follow the flags of `tfhd` and `trun` (ISO/IEC 14496-12, 8.8.7 and 8.8.8). */
function samplesOf(moof: Buffer, traf: FoundBox, moofAt: number): Timed[] {
  const part = (type: string): FoundBox => {
    const found = findBox(moof, [type], traf);
    if (found === undefined) throw new Error(`A fragment of the encoder's file has no ${type}.`);
    return found;
  };
  const tfhd = part('tfhd').from;
  const headFlags = moof.readUInt32BE(tfhd) & 0xffffff;
  let cursor = tfhd + 8 + (headFlags & 1 ? 8 : 0) + (headFlags & 2 ? 4 : 0);
  const next = (present: number, otherwise: number): number => {
    if (present === 0) return otherwise;
    cursor += 4;
    return moof.readUInt32BE(cursor - 4);
  };
  const duration = next(headFlags & 8, 0);
  const size = next(headFlags & 16, 0);
  const flags = next(headFlags & 32, 0);
  const tfdt = part('tfdt').from;
  let time = moof[tfdt] === 1 ? Number(moof.readBigUInt64BE(tfdt + 4)) : moof.readUInt32BE(tfdt + 4);
  const trun = part('trun').from;
  const runFlags = moof.readUInt32BE(trun) & 0xffffff;
  const count = moof.readUInt32BE(trun + 4);
  cursor = trun + 8;
  let at = moofAt + next(runFlags & 1, moof.length + 8);
  const firstFlags = next(runFlags & 4, flags);
  return Array.from({ length: count }, (_none, index) => {
    const lasts = next(runFlags & 0x100, duration);
    const bytes = next(runFlags & 0x200, size);
    const sampleFlags = next(runFlags & 0x400, index === 0 ? firstFlags : flags);
    // Offsets are signed in version 1, and version 0 files of ffmpeg never reach the sign bit.
    const shift = next(runFlags & 0x800, 0) | 0;
    const sample = { at, bytes, isKey: (sampleFlags & nonSync) === 0, time: time + shift };
    at += bytes;
    time += lasts;
    return sample;
  });
}

/** Reads a fragmented MP4 with one H.264 or HEVC track; rejects when it is cut off or has another shape. */
export async function readEncodedPictures(path: string): Promise<EncodedPictures> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const samples: Timed[] = [];
    let description: Pick<EncodedPictures, 'config' | 'codec'> | undefined;
    for (let at = 0; at < size;) {
      const head = await readAt(file, at, 8);
      const bytes = head.readUInt32BE(0);
      const type = head.toString('latin1', 4, 8);
      if (bytes < 8 || at + bytes > size) throw new Error(`The encoder's file ends inside its ${type} box.`);
      if (type === 'moov') description = describe(await readAt(file, at, bytes));
      if (type === 'moof') {
        const moof = await readAt(file, at, bytes);
        const traf = findBox(moof, ['moof', 'traf']);
        if (traf !== undefined) samples.push(...samplesOf(moof, traf, at));
      }
      at += bytes;
    }
    if (description === undefined) throw new Error("The encoder's file has no track.");
    return { ...description, pictures: ranked(samples) };
  } finally {
    await file.close();
  }
}

/** Every frame of the grid is there exactly once, so the order of showing is the order of times. */
function ranked(samples: readonly Timed[]): readonly EncodedPicture[] {
  const order = samples
    .map((_sample, index) => index)
    .sort((a, b) => (samples[a]?.time ?? 0) - (samples[b]?.time ?? 0));
  const shownAs = new Array<number>(samples.length);
  order.forEach((index, rank) => (shownAs[index] = rank));
  return samples.map(({ at, bytes, isKey }, index) => ({ at, bytes, isKey, shownAs: shownAs[index] ?? 0 }));
}

function describe(moov: Buffer): Pick<EncodedPictures, 'config' | 'codec'> {
  const stsd = findBox(moov, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']);
  if (stsd === undefined) throw new Error("The encoder's file has no sample description.");
  // stsd: version, flags and count, then avc1 or hvc1: 8 bytes of box head and 78 of a visual sample entry.
  for (const found of boxesIn(moov, stsd.from + 8 + 8 + 78, stsd.to)) {
    const config = moov.subarray(found.from, found.to);
    if (found.type === 'avcC') return { config, codec: codecOf(config) };
    if (found.type === 'hvcC') return { config, codec: hevcCodecOf(config) };
  }
  throw new Error("The encoder's file has neither an avcC nor an hvcC box.");
}

/** RFC 6381 string of an HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, annex E.3). */
function hevcCodecOf(config: Buffer): string {
  const first = config[1] ?? 0;
  const space = ['', 'A', 'B', 'C'][first >> 6] ?? '';
  const tier = (first >> 5) & 1 ? 'H' : 'L';
  // The compatibility flags stand in the string in the reverse order of their bits.
  const flags = config.readUInt32BE(2);
  let compatible = 0;
  for (let bit = 0; bit < 32; bit += 1) compatible += ((flags >>> bit) & 1) * 2 ** (31 - bit);
  const constraints = [...config.subarray(6, 12)].map((byte) => byte.toString(16));
  while (constraints.at(-1) === '0') constraints.pop();
  return [`hvc1.${space}${first & 31}`, compatible.toString(16), `${tier}${config[12] ?? 0}`, ...constraints].join('.');
}

/** RFC 6381 string of an AVCDecoderConfigurationRecord. */
export const codecOf = (config: Buffer): string => `avc1.${config.toString('hex', 1, 4)}`;

/** The parameter sets of an AVCDecoderConfigurationRecord, sequence sets first. */
export function parameterSets(config: Buffer): readonly Buffer[] {
  const sets: Buffer[] = [];
  let at = 6;
  const take = (count: number): void => {
    for (let n = 0; n < count; n += 1) {
      const bytes = config.readUInt16BE(at);
      sets.push(config.subarray(at + 2, at + 2 + bytes));
      at += 2 + bytes;
    }
  };
  take((config[5] ?? 0) & 31);
  at += 1;
  take(config[at - 1] ?? 0);
  return sets;
}
