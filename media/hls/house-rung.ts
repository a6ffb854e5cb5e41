/** A rung of the house ladder as every playlist of the house declares it: bounds that hold for each film (house-profile.md 2). */
export interface HouseRung {
  /** `1080p` ... `216p`, or `audio`. */
  readonly name: string;
  /** Picture size and rate at most; absent on the audio rung. */
  readonly width?: number;
  readonly height?: number;
  readonly frameRate?: number;
  /** Upper bound of the peak segment bit rate, container and audio included. */
  readonly bandwidthBps: number;
  readonly averageBandwidthBps?: number;
  /** RFC 6381, as in `avc1.4d401e,mp4a.40.2`. */
  readonly codecs: string;
}
