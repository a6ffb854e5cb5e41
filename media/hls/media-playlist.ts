/** One line of a media playlist. */
export interface MediaSegment {
  /** Relative to the playlist. */
  readonly uri: string;
  readonly durationMs: number;
  /** A discontinuity stands before this segment. */
  readonly discontinuity?: boolean | undefined;
  /** Instant of the segment's first picture, UTC ms. */
  readonly programDateAtMs?: number | undefined;
  /** Initialisation section of this and the next segments; written when it differs from the one before. */
  readonly mapUri?: string | undefined;
  /** [fromByte, fromByte + bytes) of the file. */
  readonly byteRange?: { readonly bytes: number; readonly fromByte: number };
}

/** A media playlist as data (RFC 8216bis 4.4.3); what is left out is not written. */
export interface MediaPlaylist {
  readonly targetDurationMs: number;
  /** @defaultValue 0 */
  readonly mediaSequence?: number;
  /** Before the first segment's own discontinuity, if it has one. @defaultValue 0 */
  readonly discontinuitySequence?: number;
  /** `VOD` never changes, `EVENT` only grows; absent on a sliding window. */
  readonly type?: 'VOD' | 'EVENT';
  /** Nothing will be added. */
  readonly ended?: boolean;
  /** Where players should begin. */
  readonly startOffsetMs?: number;
  readonly independentSegments?: boolean;
  readonly iFramesOnly?: boolean;
  readonly segments: readonly MediaSegment[];
}
