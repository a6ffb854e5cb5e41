import { inspectSegment } from '../conform.ts';
import { reorderFrames, type SegmentFrames, type VideoFrame } from './frames.ts';
import { tsBaseTicks } from './write-ts-segment.ts';

/** The pictures of one of our MPEG-TS segments as a package needs them, and the encoder's configuration where they begin. */
export type SegmentPictures = Pick<SegmentFrames, 'frameTicks' | 'video'> & { readonly config: Buffer };

const nalType = (nal: Buffer): number => (nal[0] ?? 0) & 31;
const [sequenceSet, pictureSet, delimiter] = [7, 8, 9];

/** The NAL units of a picture in the byte stream format (ITU-T H.264, annex B). */
function nalUnits(picture: Buffer): readonly Buffer[] {
  const units: Buffer[] = [];
  let at = picture.indexOf('\0\0\x01', 0, 'latin1');
  while (at >= 0) {
    const next = picture.indexOf('\0\0\x01', at + 3, 'latin1');
    // A start code of four bytes begins with a zero that belongs to no unit.
    const end = next < 0 ? picture.length : picture[next - 1] === 0 ? next - 1 : next;
    units.push(picture.subarray(at + 3, end));
    at = next;
  }
  return units;
}

const withLengths = (units: readonly Buffer[]): Buffer =>
  Buffer.concat(
    units.flatMap((unit) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      return [length, unit];
    }),
  );

const counted = (set: Buffer): Buffer => Buffer.concat([Buffer.from([1, set.length >> 8, set.length & 255]), set]);

/** AVCDecoderConfigurationRecord of profile High in 4:2:0 with 8 bits (ISO/IEC 14496-15, 5.3.3.1). */
function configOf(units: readonly Buffer[]): Buffer {
  const sequence = units.find((unit) => nalType(unit) === sequenceSet);
  const picture = units.find((unit) => nalType(unit) === pictureSet);
  if (sequence === undefined || picture === undefined) throw new Error('A key frame has no parameter sets.');
  const sets = counted(sequence);
  sets[0] = 0xe0 | 1;
  const head = Buffer.from([1, sequence[1] ?? 0, sequence[2] ?? 0, sequence[3] ?? 0, 0xff]);
  return Buffer.concat([head, sets, counted(picture), Buffer.from([0xfd, 0xf8, 0xf8, 0])]);
}

/** Takes the pictures out of a segment of package ts, byte for byte as they were encoded. */
export function segmentPictures(segment: Buffer, frameRate: number): SegmentPictures {
  const { pictures, video } = inspectSegment(segment);
  const frameTicks = 90_000 / frameRate;
  const units = pictures.map((parts) => nalUnits(Buffer.concat(parts)));
  return {
    frameTicks,
    config: configOf(units[0] ?? []),
    video: units.map((nals, index): VideoFrame => ({
      data: withLengths(nals.filter((nal) => ![sequenceSet, pictureSet, delimiter].includes(nalType(nal)))),
      isKey: nals.some((nal) => nalType(nal) === 5),
      ptsTicks: (video.pts[index] ?? 0) - tsBaseTicks,
      decodeIndex: Math.round(((video.dts[index] ?? 0) - tsBaseTicks) / frameTicks) + reorderFrames,
    })),
  };
}
