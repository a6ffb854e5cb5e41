/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Absence, askForUrl } from '../shared/ask-for-url.ts';
import { coverOf, urgentTitle } from '../shared/channel-news.ts';
import { playHls } from '../shared/hls-playback.ts';
import { languageName } from '../shared/language-name.ts';
import type { Playback, PlaybackPhase } from '../shared/playback.ts';
import type { PlaybackUrl } from '../shared/renew-token.ts';
import { showSubtitles, type SubtitleTrack } from '../shared/show-subtitles.ts';
import { useChannelNews } from '../shared/use-channel-news.ts';
import { useNow } from '../shared/use-loaded.ts';
import { absenceText } from './absent.tsx';
import { call, seenChannel, serverClock } from './member.ts';
import type { MemberWords } from './words.ts';

/** What a member watches; a new key is a new picture. */
export interface Watching {
  readonly key: string;
  readonly title: string;
  readonly mode: 'live' | 'vod';
  readonly startAtS: number;
  readonly load: () => Promise<PlaybackUrl>;
  readonly onPosition?: (positionS: number, lengthS: number) => void;
}

/** A video with the browser's own controls, which everybody knows; kept playing by hls-playback. */
export function Picture({
  watching,
  words,
  onClosed,
}: {
  watching: Watching;
  words: MemberWords;
  /** It is not for everybody: the screen shows the way to sign in. */
  onClosed: () => void;
}) {
  const element = useRef<HTMLVideoElement>(null);
  const [phase, setPhase] = useState<PlaybackPhase | Absence>('starting');
  const [languages, setLanguages] = useState<readonly string[]>([]);
  const [texts, setTexts] = useState<readonly SubtitleTrack[]>([]);
  const [shown, setShown] = useState('');
  const playback = useRef<Playback | undefined>(undefined);
  const newest = useRef({ watching, onClosed });
  newest.current = { watching, onClosed };

  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    const { load, mode, startAtS } = newest.current.watching;
    const stopAsking = askForUrl({
      load,
      patience: 'until-refused',
      onFound: (found) => {
        setTexts(found.subtitles ?? []);
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
      onAbsent: (absence) => {
        setPhase(absence);
        if (absence === 'closed') newest.current.onClosed();
      },
    });
    const report = setInterval(() => newest.current.watching.onPosition?.(video.currentTime, video.duration), 5000);
    return () => {
      stopAsking();
      clearInterval(report);
      playback.current?.stop();
    };
  }, [watching.key]);

  useEffect(() => {
    const track = texts.find(({ language }) => language === shown);
    if (element.current === null || track === undefined) return;
    return showSubtitles(element.current, { track, renew: () => newest.current.watching.load() });
  }, [texts, shown]);

  return (
    <div class="stage" data-phase={phase}>
      <video ref={element} playsInline controls aria-label={watching.title} data-source={watching.key} />
      {phase === 'blocked' ? (
        <button class="big-play" onClick={() => playback.current?.retryNow()}>
          ▶ {words.tapToPlay}
        </button>
      ) : null}
      {watching.mode === 'live' ? <News video={element} words={words} /> : null}
      <p class="phase" role="status">
        {phaseText(phase, words)}
      </p>
      <div class="choices">
        {languages.length > 1 ? (
          <label class="languages">
            {words.audio}{' '}
            <select onChange={(event) => playback.current?.chooseLanguage(event.currentTarget.value)}>
              {languages.map((language) => (
                <option key={language} value={language}>
                  {languageName(language, words.speech)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {texts.length > 0 ? (
          <label class="languages">
            {words.subtitles}{' '}
            <select value={shown} onChange={(event) => setShown(event.currentTarget.value)}>
              <option value="">{words.none}</option>
              {texts.map(({ language }) => (
                <option key={language} value={language}>
                  {languageName(language, words.speech)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
    </div>
  );
}

/** Covers the live picture, and its sound, from the moment that it may not be seen; names an urgent film. */
function News({ video, words }: { video: { readonly current: HTMLVideoElement | null }; words: MemberWords }) {
  const news = useChannelNews(seenChannel, call);
  const now = useNow(serverClock.nowMs, 1000);
  const cover = coverOf(news, now);
  const isCovered = cover !== undefined;
  useEffect(() => {
    const element = video.current;
    if (!isCovered || element === null || element.muted) return;
    element.muted = true;
    return () => {
      element.muted = false;
    };
  }, [isCovered, video]);
  const urgent = urgentTitle(news, now);
  if (isCovered) {
    return (
      <div class="cover" role="status" data-cover={cover}>
        <strong>{cover === 'drill' ? words.drill : words.adjusted}</strong>
        <span>{words.adjustedCure}</span>
      </div>
    );
  }
  return urgent === undefined ? null : (
    <p class="urgent" role="status">
      {words.urgent(urgent)}
    </p>
  );
}

/** Says what is going on with a picture that does not just play; the browser's controls say the rest. */
function phaseText(phase: PlaybackPhase | Absence, words: MemberWords): string {
  switch (phase) {
    case 'starting':
      return words.loading;
    case 'recovering':
      return words.recovering;
    case 'unreachable':
    case 'preparing':
    case 'closed':
    case 'gone':
      return absenceText(phase, words, words.gone);
    case 'playing':
    case 'waiting':
    case 'paused':
    case 'blocked':
    case 'ended':
      return '';
  }
}
