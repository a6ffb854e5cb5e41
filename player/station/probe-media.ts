/** How one rung of a film was played. */
export interface RungFacts {
  readonly name: string;
  readonly decodedFrames: number;
  readonly droppedFrames: number;
  /** How much of the time that it was watched the picture moved, 0 to 1. */
  readonly movedShare: number;
}

/** Fluent: the picture kept moving and hardly a frame was left out. */
export const isFluent = ({ decodedFrames, droppedFrames, movedShare }: RungFacts): boolean =>
  decodedFrames > 0 && droppedFrames <= decodedFrames * 0.03 && movedShare >= 0.9;

/** What the house plays, and what boxes may play besides; the first two are needed. */
export const codecs = [
  { name: 'H.264 1080p', type: 'video/mp4; codecs="avc1.640028"' },
  { name: 'AAC', type: 'audio/mp4; codecs="mp4a.40.2"' },
  { name: 'H.264 2160p', type: 'video/mp4; codecs="avc1.640033"' },
  { name: 'HEVC 2160p', type: 'video/mp4; codecs="hvc1.1.6.L150.90"' },
] as const;

/** The codecs that Media Source Extensions of this box take; all false where it has none. */
export const playableCodecs = (): readonly (readonly [string, boolean])[] =>
  codecs.map(({ name, type }) => [name, typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(type)]);
