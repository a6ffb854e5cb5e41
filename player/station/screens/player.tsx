/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { lengthText } from '../../shared/county-clock.ts';
import { remember } from '../../shared/remembered.ts';
import { useNow } from '../../shared/use-loaded.ts';
import { ButtonRow } from '../button-row.tsx';
import { columnOf, firstFocus, moveFocus } from '../focus.ts';
import { phaseText } from '../phase-text.ts';
import { Picture, type PictureControl, type Seen } from '../picture.tsx';
import type { Moves, Screen } from '../screen.ts';
import { digitOf, followShortcut } from '../shortcut.ts';
import { serverClock } from '../station.ts';
import { usePlayerChoices } from '../use-player-choices.ts';
import { useRemote } from '../use-remote.ts';
import { usePreview, useWinding } from '../use-winding.ts';
import type { StationWords } from '../words.ts';

export type PlayerScreenOf = Extract<Screen, { name: 'player' }>;
const overlayMs = 5000;
const goneMs = 10_000;

interface PlayerProps {
  readonly words: StationWords;
  readonly moves: Moves;
  readonly screen: PlayerScreenOf;
  readonly phase: Seen;
  readonly onPhase: (seen: Seen) => void;
}

/** A film, a past item, or the present item from its beginning, over the whole screen. */
export function PlayerScreen({ words, moves, screen, phase, onPhase }: PlayerProps) {
  const control = useRef<PictureControl | undefined>(undefined);
  const [shownUntil, setShownUntil] = useState(() => performance.now() + overlayMs);
  const [focus, setFocus] = useState(firstFocus);
  const choices = usePlayerChoices(screen, control, words);
  const winding = useWinding(control);
  useNow(serverClock.nowMs, 250);
  const video = control.current?.video;
  const lengthS = video !== undefined && Number.isFinite(video.duration) ? video.duration : 0;
  const positionS = winding.targetS ?? video?.currentTime ?? 0;
  const preview = usePreview(screen, winding.targetS, phase === 'playing');

  useEffect(() => {
    if (phase === 'ended') moves.back();
    if (phase !== 'gone') return;
    const timer = setTimeout(moves.back, goneMs);
    return () => clearTimeout(timer);
  }, [phase, moves]);
  useRememberedPosition(control, screen.filmId);

  const visible = performance.now() < shownUntil || phase !== 'playing' || winding.targetS !== undefined;
  const buttons = choices.buttons;
  const at = columnOf(focus, 1, buttons.length);
  useRemote((action) => {
    setShownUntil(performance.now() + overlayMs);
    if (action === 'back' && focus.row === 1) return setFocus(firstFocus);
    if (action === 'back' || action === 'stop') return moves.back();
    if (digitOf(action) === undefined && followShortcut(action, moves)) return;
    if (action === 'sound') return choices.nextSound();
    if (action === 'rewind' || action === 'forward') return winding.step(action === 'rewind' ? -1 : 1);
    if (focus.row === 1 && action === 'ok') return buttons[at]?.go();
    if (focus.row === 0 && (action === 'left' || action === 'right')) return winding.step(action === 'left' ? -1 : 1);
    if (action === 'ok' || action === 'play')
      return winding.settle() ? playOn(control.current) : playOrPause(control.current);
    setFocus(moveFocus(focus, action, [1, buttons.length]) ?? focus);
  });
  return (
    <div class="screen player">
      <Picture
        source={choices.sound === undefined ? screen.key : `${screen.key}-languages`}
        mode="vod"
        subject={screen.subject}
        load={() => screen.load(choices.sound !== undefined)}
        muted={false}
        startAtS={choices.startAtS}
        sound={choices.sound}
        subtitles={choices.subtitles}
        onPhase={onPhase}
        onControl={(found) => (control.current = found)}
      />
      {phase === 'gone' ? (
        <div class="cover" data-trouble="gone">
          <h1 class="cover-trouble">{screen.title}</h1>
        </div>
      ) : null}
      {visible ? (
        <div class="banner">
          <div class="banner-now">
            {preview === undefined || lengthS === 0 ? null : (
              <div class="preview" style={{ left: `${Math.max(9, Math.min(91, (100 * positionS) / lengthS))}%` }}>
                <div
                  class="preview-picture"
                  style={{
                    transform: `translateX(-50%) scale(${innerWidth / 1280})`,
                    width: `${preview.width}px`,
                    height: `${preview.height}px`,
                    backgroundImage: `url("${preview.url}")`,
                    backgroundPosition: `-${preview.x}px -${preview.y}px`,
                  }}
                />
              </div>
            )}
            <span class="banner-title">{screen.title}</span>
            <span class="banner-time">
              {lengthText(positionS * 1000)} / {lengthText(lengthS * 1000)}
            </span>
            <div class={`bar ${focus.row === 0 ? 'focus' : ''}`}>
              <div class="bar-fill" style={{ width: `${lengthS > 0 ? (100 * positionS) / lengthS : 0}%` }} />
            </div>
          </div>
          <ButtonRow buttons={buttons} at={focus.row === 1 ? at : undefined} />
          <div class="keys" role="status">
            {phaseText(phase, words) ?? words.keysPlayer}
          </div>
        </div>
      ) : null}
    </div>
  );
}

function playOn(control: PictureControl | undefined): void {
  if (control?.video.paused === true) control.playback?.retryNow();
}

function playOrPause(control: PictureControl | undefined): void {
  if (control?.video.paused === false) control.video.pause();
  else control?.playback?.retryNow();
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
