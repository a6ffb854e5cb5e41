/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Absence, askForUrl } from '../shared/ask-for-url.ts';
import { canPlay } from '../shared/can-play.ts';
import { playHls } from '../shared/hls-playback.ts';
import type { Playback, PlaybackPhase } from '../shared/playback.ts';
import type { WatchedSubject } from '../shared/quality-meter.ts';
import type { PlaybackUrl } from '../shared/renew-token.ts';
import { reloadWhenReachable } from '../shared/reload-page.ts';
import { showSubtitles } from '../shared/show-subtitles.ts';
import { deviceClass, playsBeyondViewport } from './device-class.ts';
import { qualityOutbox, serverClock } from './station.ts';

/**
 * What is seen of a picture, or why there is none yet; `stalled` is a wait that a viewer begins to wonder about, `unsupported` a
 * box that has no way to play at all.
 */
export type Seen = PlaybackPhase | Absence | 'stalled' | 'unsupported';

const wonderAfterMs = 4000;

/** Holds what is seen; a wait that lasts becomes `stalled`. */
export function useSeen(): [Seen, (seen: Seen) => void] {
  const [seen, setSeen] = useState<Seen>('starting');
  useEffect(() => {
    if (seen !== 'waiting') return;
    const timer = setTimeout(() => setSeen('stalled'), wonderAfterMs);
    return () => clearTimeout(timer);
  }, [seen]);
  return [seen, setSeen];
}

/** What a screen may do with a picture. */
export interface PictureControl {
  readonly video: HTMLVideoElement;
  readonly playback: Playback | undefined;
}

interface PictureProps {
  /** A new key starts a new picture. */
  readonly source: string;
  readonly mode: 'live' | 'vod';
  readonly load: () => Promise<PlaybackUrl>;
  /** What figures of it are about. */
  readonly subject: WatchedSubject;
  readonly startAtS?: number;
  /** Browsers start pictures by themselves only without sound; the first key press brings it. */
  readonly muted: boolean;
  readonly onPhase: (phase: Seen) => void;
  /** The sound that is heard; the main one where absent. */
  readonly sound?: string | undefined;
  /** The language of the subtitles that are shown. */
  readonly subtitles?: string | undefined;
  readonly onControl?: (control: PictureControl) => void;
}

/** A video that is kept playing: the URL is asked for until it comes, then hls-playback looks after it. */
export function Picture(props: PictureProps) {
  const { source, mode, load, subject, startAtS = 0, muted, onPhase, onControl, sound, subtitles } = props;
  const element = useRef<HTMLVideoElement>(null);
  const newest = useRef({ load, subject, onPhase, onControl, sound });
  newest.current = { load, subject, onPhase, onControl, sound };
  const [url, setUrl] = useState<PlaybackUrl & { source: string }>();

  useEffect(() => {
    return askForUrl({
      load: () => newest.current.load(),
      patience: mode === 'live' ? 'endless' : 'until-refused',
      onFound: (found) => setUrl({ ...found, source }),
      onAbsent: (absence) => newest.current.onPhase(absence),
    });
  }, [source, mode]);

  useEffect(() => {
    const video = element.current;
    if (video === null || url?.source !== source) return;
    if (!canPlay(video)) return newest.current.onPhase('unsupported');
    const playback = playHls(video, url.url, {
      mode,
      deviceClass: deviceClass(),
      beyondViewport: playsBeyondViewport(),
      build: url.hasLanguages === true ? 'full' : 'light',
      expiresAtMs: url.expiresAtMs,
      renew: () => newest.current.load(),
      nowMs: serverClock.nowMs,
      quality: { subject: newest.current.subject, outbox: qualityOutbox },
      startAtS,
      onState: (phase) => {
        const wanted = newest.current.sound;
        if (phase === 'playing' && wanted !== undefined) playback.chooseLanguage(wanted);
        newest.current.onPhase(phase);
      },
      onHopeless: () => void reloadWhenReachable({ fetch: (url) => fetch(url), reload: () => location.reload() }),
    });
    newest.current.onControl?.({ video, playback });
    return () => playback.stop();
  }, [url, source, mode, startAtS]);

  useEffect(() => {
    const track = url?.subtitles?.find(({ language }) => language === subtitles);
    if (element.current === null || track === undefined) return;
    return showSubtitles(element.current, { track, renew: () => newest.current.load() });
  }, [url, subtitles]);

  return <video ref={element} class="picture" playsInline autoPlay muted={muted} data-source={source} />;
}
