/** Something went wrong in an engine; `fatal` means that it stopped by itself. */
export interface Trouble {
  readonly kind: 'network' | 'media' | 'other';
  readonly fatal: boolean;
  /** The engine's own name of it, for the log. */
  readonly detail: string;
  readonly httpStatus?: number;
}

/** A quality that a person may choose. */
export interface Quality {
  readonly index: number;
  readonly height: number;
  readonly bitrateBps: number;
}

/** One way of playing HLS: hls.js, or the browser's own. A new one is made whenever the old one is beyond recovery. */
export interface Engine {
  /** Wall-clock instant (UTC ms, by PROGRAM-DATE-TIME) of the picture; undefined while unknown. */
  readonly pictureAtMs: () => number | undefined;
  /** Starts loading again after fatal network trouble. */
  readonly resume: () => void;
  /** Resets the decoders after fatal media trouble. */
  readonly resetDecoders: () => void;
  readonly qualities: () => readonly Quality[];
  /** Undefined: automatic. */
  readonly chooseQuality: (index: number | undefined) => void;
  readonly languages: () => readonly string[];
  readonly chooseLanguage: (language: string) => void;
  readonly stop: () => void;
}

/** What an engine is given. */
export interface EngineInput {
  readonly video: HTMLVideoElement;
  /** The newest URL; its token is put into every request. */
  readonly url: () => string;
  readonly startAtS: number;
  readonly onTrouble: (trouble: Trouble) => void;
}
