/** Key frames that a chunk may be sought to are kept at least this far apart, so that a long film's list stays short. */
const keySpacingSeconds = 2;

/** What one pass over all packets of a source says, in seconds of the source's own clock; headers lie, packets do not. */
export type PacketFacts = {
  readonly video: StreamExtent;
  readonly audio: StreamExtent;
  /** Presentation times of key frames, at least 2 s apart. */
  readonly keys: readonly number[];
};
export type StreamExtent = {
  readonly packets: number;
  /** Earliest presentation time and end of the latest packet; 0 when there are none. */
  readonly start: number;
  readonly end: number;
  /** Longest silence between neighbouring decoding times. */
  readonly longestGap: number;
  /** Decoding time that was gone back, and that was left out, in steps of more than a second. */
  readonly backSeconds: number;
  readonly skippedSeconds: number;
};

type Extent = { -readonly [Field in keyof StreamExtent]: number } & { last: number };
const emptyExtent = (): Extent => ({
  packets: 0,
  start: Infinity,
  end: -Infinity,
  longestGap: 0,
  backSeconds: 0,
  skippedSeconds: 0,
  last: NaN,
});

function extend(extent: Extent, pts: number, dts: number, duration: number): void {
  extent.packets += 1;
  extent.start = Math.min(extent.start, pts);
  extent.end = Math.max(extent.end, pts + duration);
  if (dts - extent.last < -1) extent.backSeconds += extent.last - dts;
  if (dts - extent.last > 1) extent.skippedSeconds += dts - extent.last;
  if (dts > extent.last) extent.longestGap = Math.max(extent.longestGap, dts - extent.last);
  extent.last = dts;
}

const frozen = ({ packets, start, end, longestGap, backSeconds, skippedSeconds }: Extent): StreamExtent => ({
  packets,
  start: packets === 0 ? 0 : start,
  end: packets === 0 ? 0 : end,
  longestGap,
  backSeconds,
  skippedSeconds,
});

/** Takes ffprobe's packet lines one by one (`stream_index,pts_time,dts_time,duration_time,flags`), so memory stays small. */
export function packetReader(
  videoStream: number,
  audioStream: number | undefined,
): { readonly line: (text: string) => void; readonly facts: () => PacketFacts } {
  const video = emptyExtent();
  const audio = emptyExtent();
  const keys: number[] = [];
  const line = (text: string): void => {
    const [stream, ptsText, dtsText, durationText, flags] = text.split(',');
    const index = Number(stream);
    if (stream === undefined || stream === '' || (index !== videoStream && index !== audioStream)) return;
    const pts = Number.parseFloat(ptsText ?? '');
    const dts = Number.parseFloat(dtsText ?? '');
    const at = Number.isNaN(pts) ? dts : pts;
    if (Number.isNaN(at)) return;
    const duration = Number.parseFloat(durationText ?? '') || 0;
    // What an edit list cuts off (`D`) is decoded, but nobody sees or hears it.
    if (flags?.includes('D') !== true)
      extend(index === videoStream ? video : audio, at, Number.isNaN(dts) ? at : dts, duration);
    const last = keys.at(-1) ?? -Infinity;
    if (index === videoStream && flags?.startsWith('K') === true && at - last >= keySpacingSeconds) keys.push(at);
  };
  return { line, facts: () => ({ video: frozen(video), audio: frozen(audio), keys }) };
}
