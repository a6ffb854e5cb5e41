import type { ByteRange } from '../../media/film/package-manifest.ts';
import { packetBytes, pids } from './transport-packets.ts';

/**
 * Where the key frames of one of our segments stand, each from its tables to its last packet: such a range is a segment of an
 * I-frame playlist by itself (RFC 8216, 4.3.3.6), because nothing of the sound lies inside it.
 */
export function keyFrameRanges(segment: Buffer): ByteRange[] {
  const ranges: ByteRange[] = [];
  let from = -1;
  let hasPicture = false;
  const end = (at: number): void => {
    if (from >= 0) ranges.push({ fromByte: from, bytes: at - from });
    from = -1;
    hasPicture = false;
  };
  for (let at = 0; at < segment.length; at += packetBytes) {
    const pid = segment.readUInt16BE(at + 1) & 0x1fff;
    const starts = ((segment[at + 1] ?? 0) & 0x40) !== 0;
    if (pid === pids.pat) {
      end(at);
      from = at;
    } else if (pid === pids.video && !(starts && hasPicture)) hasPicture = true;
    else if (pid !== pids.pmt) end(at);
  }
  end(segment.length);
  return ranges;
}
