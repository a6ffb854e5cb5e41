/** One picture as a package needs it; times in ticks of 90 kHz on the film's clock. */
export type VideoFrame = {
  /** NAL units with 4-byte lengths. */
  readonly data: Buffer;
  readonly isKey: boolean;
  /** When it is shown. */
  readonly ptsTicks: number;
  /** Its number in the film, in the order of decoding. */
  readonly decodeIndex: number;
};

/** The sound of one segment. */
export type SoundFrames = {
  /** Number of the cell in the film. */
  readonly cell: number;
  /** ADTS frames that start in this cell. */
  readonly audio: readonly Buffer[];
  /** Number in the film of the first of them. */
  readonly firstAudioFrame: number;
};

/** What one segment is made of. */
export type SegmentFrames = SoundFrames & {
  /** Ticks of 90 kHz between two pictures. */
  readonly frameTicks: number;
  /** Decoding order. */
  readonly video: readonly VideoFrame[];
  /** Parameter sets that stand before every key frame. */
  readonly parameterSets: readonly Buffer[];
};

/** Ticks of 90 kHz in one cell. */
export const cellTicks = 360_000;
/** Pictures by which decoding runs ahead of showing: x264 with a pyramid of B-frames needs two. */
export const reorderFrames = 2;
