/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Absence, askForUrl } from '../shared/ask-for-url.ts';
import { canPlay, hasMediaSource } from '../shared/can-play.ts';
import { playHls } from '../shared/hls-playback.ts';
import type { Playback, PlaybackPhase } from '../shared/playback.ts';
import type { Quality } from '../shared/player-engine.ts';
import type { WatchedSubject } from '../shared/quality-meter.ts';
import type { PlaybackUrl } from '../shared/renew-token.ts';
import { showSubtitles, type SubtitleTrack } from '../shared/show-subtitles.ts';
import { absenceText } from './absent.tsx';
import { qualityOutbox, serverClock } from './member.ts';
import { NewsCover } from './news-cover.tsx';
import { PictureChoices } from './picture-choices.tsx';
import {
  chosenQuality,
  indexOfChoice,
  keepQuality,
  loadLowestUrl,
  type QualityChoice,
  soundOnlyUrl,
} from './quality-choice.ts';
import type { MemberWords } from './words.ts';

/** What a member watches; a new key is a new picture. */
export interface Watching {
  readonly key: string;
  readonly title: string;
  readonly mode: 'live' | 'vod';
  readonly startAtS: number;
  readonly subject: WatchedSubject;
  /** `soundOnly`: a URL that sound alone can be had from is wanted. */
  readonly load: (soundOnly: boolean) => Promise<PlaybackUrl>;
  readonly onPosition?: (positionS: number, lengthS: number) => void;
}

interface PictureProps {
  readonly watching: Watching;
  readonly words: MemberWords;
  /** It is not for everybody: the screen shows the way to sign in. */
  readonly onClosed: () => void;
}

type Seen = PlaybackPhase | Absence | 'unplayable';

/** Standing still so often says that the link carries no picture. */
const poorAfterStalls = 3;

/** A video with the browser's own controls, which everybody knows; kept playing by hls-playback. */
export function Picture({ watching, words, onClosed }: PictureProps) {
  const element = useRef<HTMLVideoElement>(null);
  const [choice, setChoice] = useState<QualityChoice>(chosenQuality);
  const play = usePlay(element, { watching, onClosed, choice });
  const [shown, setShown] = useState('');
  useSubtitles(element, play.texts, shown, watching);
  const choose = (next: QualityChoice) => {
    keepQuality(next);
    setChoice(next);
  };
  return (
    <div class="stage" data-phase={play.phase}>
      <video ref={element} playsInline controls aria-label={watching.title} data-source={watching.key} />
      {play.phase === 'blocked' ? (
        <button class="big-play" onClick={play.retryNow}>
          <span aria-hidden="true">▶</span> {words.tapToPlay}
        </button>
      ) : null}
      {choice === 'sound' && play.phase !== 'blocked' ? (
        <p class="sound-only" aria-hidden="true">
          ♪ {watching.title}
        </p>
      ) : null}
      {watching.mode === 'live' ? <NewsCover video={element} words={words} /> : null}
      <p class="phase" role="status">
        {phaseText(play.phase, words)}
      </p>
      {play.isPoor && choice !== 'sound' ? (
        <button class="poor" onClick={() => choose(choice === 'saver' ? 'sound' : 'saver')}>
          {choice === 'saver' ? words.poorSound : words.poorSaver}
        </button>
      ) : null}
      <PictureChoices
        {...{ words, choice, shown }}
        qualities={play.qualities}
        languages={play.languages}
        texts={play.texts}
        onQuality={choose}
        onLanguage={play.chooseLanguage}
        onSubtitles={setShown}
      />
    </div>
  );
}

interface PlayInput {
  readonly watching: Watching;
  readonly onClosed: () => void;
  readonly choice: QualityChoice;
}

const stallsOf = (playback: { readonly current: Playback | undefined }) => playback.current?.facts().stalls ?? 0;

type Video = { readonly current: HTMLVideoElement | null };

/** Plays into the element, from where it was when sound alone, or one rung alone, replaces the whole or the other way round. */
function usePlay(element: Video, input: PlayInput) {
  const [phase, setPhase] = useState<Seen>('starting');
  const [qualities, setQualities] = useState<readonly Quality[]>([]);
  const [languages, setLanguages] = useState<readonly string[]>([]);
  const [texts, setTexts] = useState<readonly SubtitleTrack[]>([]);
  const [isPoor, setPoor] = useState(false);
  const playback = useRef<Playback | undefined>(undefined);
  const forgiven = useRef(0);
  const left = useRef<{ readonly key: string; readonly atS: number } | undefined>(undefined);
  const newest = useRef(input);
  newest.current = input;
  const { key } = input.watching;
  const soundOnly = input.choice === 'sound';
  const lowestOnly = input.choice === 'saver' && !hasMediaSource();

  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    // The button that started it is gone, and with it the focus.
    if (document.activeElement === document.body) video.focus({ preventScroll: true });
    if (!canPlay(video)) {
      setPhase('unplayable');
      return;
    }
    const { mode, startAtS, subject } = newest.current.watching;
    const load = async () => {
      const found = await newest.current.watching.load(soundOnly || lowestOnly);
      if (lowestOnly) return { ...found, url: await loadLowestUrl(found.url) };
      return soundOnly ? { ...found, url: soundOnlyUrl(found.url) ?? found.url } : found;
    };
    const stopAsking = askForUrl({
      load,
      patience: 'until-refused',
      onFound: (found) => {
        setTexts(found.subtitles ?? []);
        playback.current = playHls(video, found.url, {
          ...{ mode, renew: load, nowMs: serverClock.nowMs, expiresAtMs: found.expiresAtMs },
          deviceClass: matchMedia('(max-width: 700px)').matches ? 'phone' : 'pc',
          startsLow: newest.current.choice === 'saver',
          build: found.hasLanguages === true ? 'full' : 'light',
          startAtS: left.current?.key === key ? left.current.atS : startAtS,
          quality: { subject, outbox: qualityOutbox },
          onState: (next) => {
            setPhase(next);
            if (next !== 'playing') return;
            setLanguages(playback.current?.languages() ?? []);
            setQualities(playback.current?.qualities() ?? []);
          },
        });
      },
      onAbsent: (absence) => {
        setPhase(absence);
        if (absence === 'closed') newest.current.onClosed();
      },
    });
    const report = setInterval(() => {
      newest.current.watching.onPosition?.(video.currentTime, video.duration);
      setPoor(stallsOf(playback) - forgiven.current >= poorAfterStalls);
    }, 5000);
    return () => {
      left.current = { key, atS: video.currentTime };
      newest.current.watching.onPosition?.(video.currentTime, video.duration);
      stopAsking();
      clearInterval(report);
      playback.current?.stop();
      playback.current = undefined;
    };
  }, [key, soundOnly, lowestOnly, element]);

  // What stood still before the choice says nothing about it.
  useEffect(() => {
    forgiven.current = stallsOf(playback);
    setPoor(false);
  }, [key, input.choice]);

  useEffect(() => {
    if (qualities.length > 0) playback.current?.chooseQuality(indexOfChoice(qualities, input.choice));
  }, [qualities, input.choice]);

  return {
    ...{ phase, qualities, languages, texts, isPoor },
    retryNow: () => playback.current?.retryNow(),
    chooseLanguage: (language: string) => playback.current?.chooseLanguage(language),
  };
}

/** Shows the subtitles of the chosen language; '' for none. */
function useSubtitles(element: Video, texts: readonly SubtitleTrack[], shown: string, watching: Watching): void {
  const newest = useRef(watching);
  newest.current = watching;
  useEffect(() => {
    const track = texts.find(({ language }) => language === shown);
    if (element.current === null || track === undefined) return;
    return showSubtitles(element.current, { track, renew: () => newest.current.load(false) });
  }, [element, texts, shown]);
}

/** Says what is going on with a picture that does not just play; the browser's controls say the rest. */
function phaseText(phase: Seen, words: MemberWords): string {
  switch (phase) {
    case 'starting':
      return words.loading;
    case 'recovering':
      return words.recovering;
    case 'unplayable':
      return words.unplayable;
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
