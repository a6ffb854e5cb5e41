/**
 * Joins package `cmaf` into one file with picture and sound: the init segments become one, fragments keep their bytes and
 * sizes but for the numbers of track and sequence (ISO/IEC 14496-12, 8.8). The picture keeps track 1, the sound becomes track 2.
 */
export const mergedTracks = { video: 1, audio: 2 } as const;

interface Box {
  readonly type: string;
  /** First byte of the header. */
  readonly from: number;
  /** First byte after the header. */
  readonly content: number;
  readonly to: number;
}

const headerBytes = 8;
/** A full box has version and flags before its fields. */
const fields = headerBytes + 4;

function boxesIn(bytes: Uint8Array, from = 0, to = bytes.length): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = from; at + headerBytes <= to;) {
    const size = view.getUint32(at);
    if (size < headerBytes || at + size > to) throw new Error('An MP4 box has no sound length.');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + headerBytes));
    boxes.push({ type, from: at, content: at + headerBytes, to: at + size });
    at += size;
  }
  return boxes;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The first box at the end of a path of types. */
function need(bytes: Uint8Array, path: readonly string[]): Box {
  let within: Pick<Box, 'content' | 'to'> = { content: 0, to: bytes.length };
  let found: Box | undefined;
  for (const type of path) {
    found = boxesIn(bytes, within.content, within.to).find((box) => box.type === type);
    if (found === undefined) throw new Error(`The segment has no box ${path.join('/')}.`);
    within = found;
  }
  if (found === undefined) throw new Error('A path names at least one box.');
  return found;
}

const bytesOf = (bytes: Uint8Array, { from, to }: Box): Uint8Array => new Uint8Array(bytes.subarray(from, to));

function box(type: string, content: readonly Uint8Array[]): Uint8Array {
  const size = content.reduce((sum, part) => sum + part.length, headerBytes);
  const bytes = new Uint8Array(size);
  viewOf(bytes).setUint32(0, size);
  for (let n = 0; n < 4; n += 1) bytes[4 + n] = type.charCodeAt(n);
  let at = headerBytes;
  for (const part of content) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The init segment of both tracks from those of one each. */
export function mergeInits(video: Uint8Array, audio: Uint8Array): Uint8Array {
  const sound = new Uint8Array(audio);
  const header = need(sound, ['moov', 'trak', 'tkhd']);
  const isLong = sound[header.content] === 1;
  viewOf(sound).setUint32(header.from + fields + (isLong ? 16 : 8), mergedTracks.audio);
  viewOf(sound).setUint32(need(sound, ['moov', 'mvex', 'trex']).from + fields, mergedTracks.audio);
  const movie = bytesOf(video, need(video, ['moov', 'mvhd']));
  // `next_track_ID` ends the box.
  viewOf(movie).setUint32(movie.length - 4, mergedTracks.audio + 1);
  const from = (bytes: Uint8Array, ...path: readonly string[]): Uint8Array => bytesOf(bytes, need(bytes, path));
  const moov = box('moov', [
    movie,
    from(video, 'moov', 'trak'),
    from(sound, 'moov', 'trak'),
    box('mvex', [from(video, 'moov', 'mvex', 'trex'), from(sound, 'moov', 'mvex', 'trex')]),
  ]);
  const type = from(video, 'ftyp');
  const merged = new Uint8Array(type.length + moov.length);
  merged.set(type);
  merged.set(moov, type.length);
  return merged;
}

/** Pictures that are shown before one that is decoded earlier lag this many frames behind at most (house-profile.md 2). */
const reorderedFrames = 2;
const clocks = { video: 90_000, audio: 48_000 } as const;

/**
 * A fragment as part of the joined file, of the same size; `sequence` rises by one from fragment to fragment. Both tracks are
 * shown a little later, by as much as pictures are reordered, so that no picture is due before it is decoded: some players
 * would set that right for the picture alone, and the sound would run ahead of it.
 */
export function mergedFragment(
  fragment: Uint8Array,
  {
    track,
    sequence,
    frameRate,
  }: { readonly track: keyof typeof mergedTracks; readonly sequence: number; readonly frameRate: number },
): Uint8Array {
  const bytes = new Uint8Array(fragment);
  const view = viewOf(bytes);
  view.setUint32(need(bytes, ['moof', 'mfhd']).from + fields, sequence);
  view.setUint32(need(bytes, ['moof', 'traf', 'tfhd']).from + fields, mergedTracks[track]);
  const laterTicks = Math.round((reorderedFrames / frameRate) * clocks[track]);
  if (track === 'video') showLater(bytes, laterTicks);
  else decodeLater(bytes, laterTicks);
  return bytes;
}

/** `trun` with sizes, flags and offsets of composition, as every fragment of the house has it. */
const offsetsFlag = 0x800;
const rowFlags = [0x100, 0x200, 0x400, offsetsFlag];

function showLater(bytes: Uint8Array, ticks: number): void {
  const view = viewOf(bytes);
  const run = need(bytes, ['moof', 'traf', 'trun']);
  const flags = view.getUint32(run.content) & 0xffffff;
  if ((flags & offsetsFlag) === 0) throw new Error('The fragment does not say when its pictures are shown.');
  const rowBytes = rowFlags.filter((flag) => (flags & flag) !== 0).length * 4;
  const first = run.from + fields + 4 + ((flags & 1) === 0 ? 0 : 4) + ((flags & 4) === 0 ? 0 : 4);
  const samples = view.getUint32(run.from + fields);
  for (let sample = 0; sample < samples; sample += 1) {
    const at = first + (sample + 1) * rowBytes - 4;
    view.setInt32(at, view.getInt32(at) + ticks);
  }
}

function decodeLater(bytes: Uint8Array, ticks: number): void {
  const view = viewOf(bytes);
  const time = need(bytes, ['moof', 'traf', 'tfdt']);
  const at = time.from + fields;
  if (bytes[time.content] === 1) view.setBigUint64(at, view.getBigUint64(at) + BigInt(ticks));
  else view.setUint32(at, view.getUint32(at) + ticks);
}
