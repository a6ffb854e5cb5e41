import type { PlaybackMode } from './hls-settings.ts';
import type { Quality, Trouble } from './player-engine.ts';
import type { WatchedSubject } from './quality-meter.ts';
import type { QualityOutbox } from './quality-outbox.ts';
import type { PlaybackUrl } from './renew-token.ts';

/**
 * What the viewer sees: `blocked` means that the browser wants a key press or a touch first, `recovering` that playing goes on
 * by itself as soon as it can, `gone` that the film was withdrawn or is past its retention.
 */
export type PlaybackPhase = 'starting' | 'playing' | 'waiting' | 'paused' | 'blocked' | 'recovering' | 'ended' | 'gone';

/** Figures for a heartbeat or a diagnostic page, since the start. */
export interface PlaybackFacts {
  /** Interruptions longer than 220 ms. */
  readonly stalls: number;
  /** Fatal errors that were recovered from, or are being. */
  readonly recoveries: number;
  /** Position of a live picture minus the wall clock, in ms. */
  readonly clockErrorMs?: number;
}

/** How to keep something playing. */
export interface KeepPlayingOptions {
  readonly mode: PlaybackMode;
  /** Fetches the URL anew; without it the token is used until it ends. */
  readonly renew?: () => Promise<PlaybackUrl>;
  /** When the first URL's token ends (UTC ms). @defaultValue 10 min from now */
  readonly expiresAtMs?: number;
  /** The server's time (UTC ms); see createServerClock. @defaultValue the browser's */
  readonly nowMs?: () => number;
  /** Where a film starts, in seconds. @defaultValue 0 */
  readonly startAtS?: number;
  /** @defaultValue true */
  readonly autoplay?: boolean;
  readonly onState?: (phase: PlaybackPhase, trouble: Trouble | undefined) => void;
  /** Every trouble, also what cured itself: for a log or a heartbeat. */
  readonly onTrouble?: (trouble: Trouble) => void;
  /** Whose figures these are and where they are told; without it nothing is measured. */
  readonly quality?: { readonly subject: WatchedSubject; readonly outbox: Pick<QualityOutbox, 'join'> };
  /** Called after each five rebuilt players in a row that showed nothing: a station reloads its page. */
  readonly onHopeless?: () => void;
}

/** A picture that is kept playing until `stop`. */
export interface Playback {
  readonly stop: () => void;
  /** Plays, and tries again at once: after a key press, or when the network is known to be back. */
  readonly retryNow: () => void;
  readonly facts: () => PlaybackFacts;
  readonly qualities: () => readonly Quality[];
  /** Undefined: automatic. */
  readonly chooseQuality: (index: number | undefined) => void;
  readonly languages: () => readonly string[];
  readonly chooseLanguage: (language: string) => void;
}
