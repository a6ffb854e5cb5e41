/** A pentatonic tune for the synthesiser. */
export interface Score {
  readonly beatsPerMinute: number;
  /** MIDI number of the scale's first degree (gong): 60 is middle C. */
  readonly tonic: number;
  /**
   * The tune, one letter a beat: 1 2 3 5 6 are degrees of the scale, a following ' raises and , lowers by an octave,
   * - holds the note, 0 is a rest. Repeated until the film ends.
   */
  readonly melody: string;
  /** Degrees of the low notes, one per bar of four beats, in the same letters. */
  readonly bass: string;
  /** Loudness of the whole, 1 is the usual. */
  readonly gain?: number;
}
