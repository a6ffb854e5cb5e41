import type { KeepPlayingOptions, PlaybackPhase } from './playback.ts';
import type { Trouble } from './player-engine.ts';

/** Knows whether the viewer wants the picture to run, and tells every change of what is seen. */
export interface PhaseTeller {
  readonly says: (phase: PlaybackPhase, trouble?: Trouble) => void;
  /** Plays if that is wanted. */
  readonly play: () => void;
  readonly wantPlaying: () => void;
  readonly stop: () => void;
}

/** Listens to a video; a pause by the viewer outlives a rebuilt player. */
export function tellPhases(video: HTMLVideoElement, { autoplay = true, onState }: KeepPlayingOptions): PhaseTeller {
  let wantsPlaying = autoplay;
  let said: PlaybackPhase | undefined;
  const says = (phase: PlaybackPhase, trouble?: Trouble) => {
    if (phase === said) return;
    said = phase;
    onState?.(phase, trouble);
  };
  const heard: readonly (readonly [string, () => void])[] = [
    ['play', () => (wantsPlaying = true)],
    [
      'pause',
      () => {
        wantsPlaying = false;
        says(video.ended ? 'ended' : 'paused');
      },
    ],
    ['playing', () => says('playing')],
    ['waiting', () => says('waiting')],
    ['ended', () => says('ended')],
  ];
  for (const [event, act] of heard) video.addEventListener(event, act);
  says('starting');
  return {
    says,
    play: () => {
      if (!wantsPlaying) return;
      video.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') says('blocked');
      });
    },
    wantPlaying: () => (wantsPlaying = true),
    stop: () => {
      for (const [event, act] of heard) video.removeEventListener(event, act);
    },
  };
}
