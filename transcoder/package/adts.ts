/** Samples of one AAC frame. */
export const aacFrameSamples = 1024;

/** Number of AAC frames that start before the end of so many cells: 187.5 a cell, so odd cells have one more or less. */
export const aacFramesUntil = (cell: number): number => Math.ceil((cell * 4 * 48_000) / aacFrameSamples);

/** Bytes of the ADTS frame at a place, its header included (ISO/IEC 14496-3, 1.A.2.2); throws where no frame begins. */
export function adtsFrameBytes(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xf6) !== 0xf0)
    throw new Error(`No ADTS frame begins at byte ${at}.`);
  return (((bytes[at + 3] ?? 0) & 3) << 11) | ((bytes[at + 4] ?? 0) << 3) | ((bytes[at + 5] ?? 0) >> 5);
}

/** Cuts a run of whole ADTS frames apart. */
export function adtsFrames(bytes: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = adtsFrameBytes(bytes, at);
    if (size < 8 || at + size > bytes.length) throw new Error(`The ADTS frame at byte ${at} is cut off.`);
    frames.push(bytes.subarray(at, at + size));
    at += size;
  }
  return frames;
}

/** The AAC data of an ADTS frame; our encoder writes no checksum, so its header has 7 bytes. */
export const aacPayload = (frame: Buffer): Buffer => frame.subarray((frame[1] ?? 0) & 1 ? 7 : 9);
