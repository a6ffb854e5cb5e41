/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { playHls } from '../shared/hls-playback.ts';
import type { Playback, PlaybackPhase } from '../shared/playback.ts';
import { serverClock } from './member.ts';
import type { MemberWords } from './words.ts';

/** What a member watches; a new key is a new picture. */
export interface Watching {
  readonly key: string;
  readonly title: string;
  readonly mode: 'live' | 'vod';
  readonly startAtS: number;
  readonly load: () => Promise<{ url: string; expiresAtMs: number; hasLanguages?: boolean }>;
  readonly onPosition?: (positionS: number, lengthS: number) => void;
}

/** A video with the browser's own controls, which everybody knows; kept playing by hls-playback. */
export function Picture({
  watching,
  words,
  onError,
}: {
  watching: Watching;
  words: MemberWords;
  onError: (error: unknown) => void;
}) {
  const element = useRef<HTMLVideoElement>(null);
  const [phase, setPhase] = useState<PlaybackPhase>('starting');
  const [languages, setLanguages] = useState<readonly string[]>([]);
  const playback = useRef<Playback | undefined>(undefined);
  const newest = useRef({ watching, onError });
  newest.current = { watching, onError };

  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    let ended = false;
    const { load, mode, startAtS } = newest.current.watching;
    load().then(
      (found) => {
        if (ended) return;
        playback.current = playHls(video, found.url, {
          mode,
          deviceClass: matchMedia('(max-width: 700px)').matches ? 'phone' : 'pc',
          build: found.hasLanguages === true ? 'full' : 'light',
          expiresAtMs: found.expiresAtMs,
          renew: load,
          nowMs: serverClock.nowMs,
          startAtS,
          onState: (next) => {
            setPhase(next);
            if (next === 'playing') setLanguages(playback.current?.languages() ?? []);
          },
        });
      },
      (error: unknown) => newest.current.onError(error),
    );
    const report = setInterval(() => newest.current.watching.onPosition?.(video.currentTime, video.duration), 5000);
    return () => {
      ended = true;
      clearInterval(report);
      playback.current?.stop();
    };
  }, [watching.key]);

  return (
    <div class="stage" data-phase={phase}>
      <video ref={element} playsInline controls aria-label={watching.title} data-source={watching.key} />
      {phase === 'blocked' ? (
        <button class="big-play" onClick={() => playback.current?.retryNow()}>
          ▶ {words.tapToPlay}
        </button>
      ) : null}
      <p class="phase" role="status">
        {phase === 'recovering' ? words.recovering : phase === 'gone' ? words.gone : ''}
      </p>
      {languages.length > 1 ? (
        <label class="languages">
          {words.audio}{' '}
          <select onChange={(event) => playback.current?.chooseLanguage(event.currentTarget.value)}>
            {languages.map((language) => (
              <option key={language} value={language}>
                {language}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}
