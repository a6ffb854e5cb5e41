import type { KeepPlayingOptions } from './playback.ts';
import { isSameStream } from './playback-token.ts';
import type { Engine, EngineInput, Trouble } from './player-engine.ts';
import { retryLater } from './retry-later.ts';
import { tellPhases } from './tell-phases.ts';

/** Makes one engine and starts it. */
export type StartEngine = (input: EngineInput) => Engine;

/** Holds the one engine that plays, cures its troubles and replaces it when it is beyond cure. */
export interface EngineKeeper {
  readonly engine: () => Engine | undefined;
  readonly useUrl: (url: string) => void;
  readonly rebuild: () => void;
  readonly retryNow: () => void;
  /** The picture moves: whatever was wrong is cured. */
  readonly onMoving: () => void;
  readonly onTokenRefused: (act: () => void) => void;
  readonly recoveries: () => number;
  readonly stop: () => void;
}

const hopelessAfter = 5;
const mediaResetsPerMinute = 2;

/** Starts playing `firstUrl`; an engine that cannot be loaded is asked for again and again. */
export function keepEngine(
  video: HTMLVideoElement,
  firstUrl: string,
  options: KeepPlayingOptions,
  loadEngine: () => Promise<StartEngine>,
): EngineKeeper {
  const { mode } = options;
  let url = firstUrl;
  let start: StartEngine | undefined;
  let engine: Engine | undefined;
  let recoveries = 0;
  let rebuilds = 0;
  let stopped = false;
  let refused: (() => void) | undefined;
  const phases = tellPhases(video, options);
  const retry = retryLater();
  const resets = decoderResets();

  const build = (startAtS: number) => {
    engine?.stop();
    engine = stopped ? undefined : start?.({ video, url: () => url, startAtS, onTrouble });
    phases.play();
  };
  const rebuild = () => {
    recoveries += 1;
    rebuilds += 1;
    if (rebuilds % hopelessAfter === 0) options.onHopeless?.();
    build(mode === 'vod' ? video.currentTime : 0);
  };
  const cure = (trouble: Trouble) => {
    recoveries += 1;
    phases.says('recovering', trouble);
    if (trouble.kind === 'network') retry.later(() => engine?.resume());
    else if (trouble.kind === 'media' && resets.mayReset(performance.now())) {
      engine?.resetDecoders();
      phases.play();
    } else retry.later(rebuild);
  };
  const onTrouble = (trouble: Trouble) => {
    options.onTrouble?.(trouble);
    if (stopped) return;
    if (trouble.httpStatus === 401 || trouble.httpStatus === 403) refused?.();
    if (trouble.httpStatus === 410 && mode === 'vod') {
      stop();
      phases.says('gone', trouble);
    } else if (trouble.fatal) cure(trouble);
  };
  const begin = () => {
    loadEngine().then(
      (loaded) => {
        start = loaded;
        build(options.startAtS ?? 0);
      },
      () => retry.later(begin),
    );
  };
  const stop = () => {
    stopped = true;
    retry.stop();
    phases.stop();
    engine?.stop();
    engine = undefined;
  };
  begin();
  return {
    engine: () => engine,
    useUrl: (fresh) => {
      const moved = !isSameStream(url, fresh);
      url = fresh;
      if (moved) build(mode === 'vod' ? video.currentTime : 0);
    },
    rebuild,
    retryNow: () => {
      phases.wantPlaying();
      retry.now();
      phases.play();
    },
    onMoving: () => {
      rebuilds = 0;
      retry.forget();
    },
    onTokenRefused: (act) => (refused = act),
    recoveries: () => recoveries,
    stop,
  };
}

/** Decoders are reset at most twice a minute; a third trouble rebuilds the player. */
function decoderResets() {
  let atMs: readonly number[] = [];
  return {
    mayReset: (nowMs: number) => {
      atMs = [...atMs.filter((before) => before > nowMs - 60_000), nowMs];
      return atMs.length <= mediaResetsPerMinute;
    },
  };
}
