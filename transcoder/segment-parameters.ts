import type { SegmentParameters } from '../media/film/channel-certificate.ts';
import { inspectSegment } from './conform.ts';
import { readSequenceSet } from './package/sequence-set.ts';

/** The first sequence parameter set (NAL unit type 7) of a picture in the byte stream format. */
function sequenceSetOf(picture: Buffer): Buffer {
  for (let at = picture.indexOf('\0\0\x01', 0, 'latin1'); at >= 0;) {
    const next = picture.indexOf('\0\0\x01', at + 3, 'latin1');
    if (((picture[at + 3] ?? 0) & 31) === 7) return picture.subarray(at + 3, next < 0 ? undefined : next);
    at = next;
  }
  throw new Error('The first picture has no sequence parameter set.');
}

/** Sampling rates by their index (ISO/IEC 14496-3, table 1.18). */
const samplingRates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000];

/** What an ADTS header says (ISO/IEC 14496-3, 1.A.2.2): two bits of object type less one, four of rate, three of channels. */
function soundOf(adts: Buffer): SegmentParameters['audio'] {
  const [, , second = 0, third = 0] = adts;
  return {
    codec: `mp4a.40.${(second >> 6) + 1}`,
    sampleRate: samplingRates[(second >> 2) & 15] ?? 0,
    channels: ((second & 1) << 2) | (third >> 6),
  };
}

/** Reads from a segment of package `ts` what a player has to be set up for; throws where it has no picture or no sound. */
export function segmentParameters(segment: Buffer): SegmentParameters {
  const found = inspectSegment(segment);
  const pidOf = (type: number): number => [...found.streams].find(([, one]) => one === type)?.[0] ?? -1;
  const shown = [...found.video.pts].sort((a, b) => a - b);
  const [first = 0, second = 0] = shown;
  return {
    ...readSequenceSet(sequenceSetOf(found.firstPicture)),
    frameRate: Math.round(90_000 / (second - first)),
    timescale: 90_000,
    pids: { programMap: found.programMapPid, video: pidOf(27), audio: pidOf(15) },
    audio: soundOf(found.firstSound),
  };
}
