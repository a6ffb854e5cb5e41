/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { languageName } from '../../shared/language-name.ts';
import { chosenLanguage } from '../../shared/language.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { remember } from '../../shared/remembered.ts';
import { useNow } from '../../shared/use-loaded.ts';
import { Picture, type PictureControl, type Seen, useSeen } from '../picture.tsx';
import type { Moves, Screen } from '../screen.ts';
import { serverClock } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

type PlayerScreenOf = Extract<Screen, { name: 'player' }>;
const overlayMs = 5000;
/** A held arrow goes further each time: 10, 30, 60, 300 s. */
const steps = [10, 10, 30, 30, 60, 60, 300];

/** A film, a past item, or the present item from its beginning, over the whole screen. */
export function PlayerScreen({ words, moves, screen }: { words: StationWords; moves: Moves; screen: PlayerScreenOf }) {
  const control = useRef<PictureControl | undefined>(undefined);
  const [phase, setPhase] = useSeen();
  const [shownUntil, setShownUntil] = useState(() => performance.now() + overlayMs);
  const choice = useTracks(screen, control);
  const streak = useRef({ count: 0, atMs: 0 });
  useNow(serverClock.nowMs, 500);
  const video = control.current?.video;
  const positionS = video?.currentTime ?? 0;
  const lengthS = video !== undefined && Number.isFinite(video.duration) ? video.duration : 0;

  useEffect(() => {
    if (phase === 'ended') moves.back();
  }, [phase, moves]);
  useRememberedPosition(control, screen.filmId);

  const seek = (direction: 1 | -1) => {
    if (video === undefined) return;
    const now = performance.now();
    const count = now - streak.current.atMs < 800 ? streak.current.count + 1 : 0;
    streak.current = { count, atMs: now };
    const step = steps[Math.min(count, steps.length - 1)] ?? 10;
    video.currentTime = Math.max(0, Math.min((lengthS || positionS + step) - 1, positionS + direction * step));
  };
  useRemote((action) => {
    setShownUntil(performance.now() + overlayMs);
    if (action === 'back' || action === 'stop') return moves.back();
    if (action === 'up') return choice.nextSound();
    if (action === 'down') return choice.nextSubtitles();
    if (action === 'left' || action === 'rewind') return seek(-1);
    if (action === 'right' || action === 'forward') return seek(1);
    if ((action === 'ok' || action === 'play') && video !== undefined) {
      if (video.paused) control.current?.playback?.retryNow();
      else video.pause();
    }
  });
  const visible = performance.now() < shownUntil || phase !== 'playing';
  return (
    <div class="screen player">
      <Picture
        source={choice.sound === undefined ? screen.key : `${screen.key}-languages`}
        mode="vod"
        load={() => screen.load(choice.sound !== undefined)}
        muted={false}
        startAtS={choice.startAtS}
        sound={choice.sound}
        subtitles={choice.subtitles}
        onPhase={setPhase}
        onControl={(found) => (control.current = found)}
      />
      {visible ? (
        <div class="banner">
          <div class="banner-now">
            <span class="banner-title">{screen.title}</span>
            <span class="banner-time">
              {lengthText(positionS * 1000)} / {lengthText(lengthS * 1000)}
            </span>
            <div class="bar">
              <div class="bar-fill" style={{ width: `${lengthS > 0 ? (100 * positionS) / lengthS : 0}%` }} />
            </div>
          </div>
          <div class="keys" role="status">
            {phaseText(phase, words) ?? words.keysPlayer}
            {choice.hasSounds ? words.keySound(nameOf(choice.sound ?? screen.sounds?.[0])) : ''}
            {choice.hasSubtitles
              ? words.keySubtitles(choice.subtitles === undefined ? undefined : nameOf(choice.subtitles))
              : ''}
          </div>
        </div>
      ) : null}
    </div>
  );
}

const nameOf = (tag = ''): string => languageName(tag, chosenLanguage());

/**
 * Which sound is heard and which subtitles are seen; each key goes to the next. Another sound than the main one needs the other
 * package, and the picture goes on where it was.
 */
function useTracks(screen: PlayerScreenOf, control: { readonly current: PictureControl | undefined }) {
  const { sounds = [], subtitles = [] } = screen;
  const [sound, setSound] = useState<string>();
  const [shown, setShown] = useState<string>();
  const [startAtS, setStartAtS] = useState(screen.startAtS);
  return {
    ...{ sound, startAtS, subtitles: shown },
    hasSounds: sounds.length > 1,
    hasSubtitles: subtitles.length > 0,
    nextSound: () => {
      const next = sounds[(sounds.indexOf(sound ?? sounds[0] ?? '') + 1) % sounds.length];
      if (sounds.length < 2 || next === undefined) return;
      if (sound === undefined) setStartAtS(control.current?.video.currentTime ?? 0);
      else control.current?.playback?.chooseLanguage(next);
      setSound(next);
    },
    nextSubtitles: () => setShown(subtitles[shown === undefined ? 0 : subtitles.indexOf(shown) + 1]),
  };
}

/** Says what is going on with a picture that does not just play. */
export function phaseText(phase: Seen, words: StationWords): string | undefined {
  switch (phase) {
    case 'starting':
      return words.loading;
    case 'paused':
      return words.paused;
    case 'blocked':
      return words.pressOk;
    case 'stalled':
    case 'recovering':
      return navigator.onLine ? words.recovering : words.reconnecting;
    case 'unreachable':
      return words.reconnecting;
    case 'preparing':
      return words.preparing;
    case 'closed':
      return words.closed;
    case 'gone':
      return words.gone;
    case 'ended':
      return words.ended;
    case 'playing':
    case 'waiting':
      return undefined;
  }
}

/** Remembers where a film was left, each 5 s; a film that is nearly over starts from its beginning next time. */
function useRememberedPosition(
  control: { readonly current: PictureControl | undefined },
  filmId: string | undefined,
): void {
  useEffect(() => {
    if (filmId === undefined) return;
    const timer = setInterval(() => {
      const video = control.current?.video;
      if (video === undefined || video.currentTime < 5) return;
      const nearlyOver = Number.isFinite(video.duration) && video.duration - video.currentTime < 10;
      remember(`position.${filmId}`, String(nearlyOver ? 0 : Math.floor(video.currentTime)));
    }, 5000);
    return () => clearInterval(timer);
  }, [control, filmId]);
}
