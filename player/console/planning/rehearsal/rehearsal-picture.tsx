import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { RehearsalItem } from '../../../../media/contract/rehearsal.ts';
import { ApiError } from '../../../shared/api-error.ts';
import { playHls } from '../../../shared/hls-playback.ts';
import type { PlaybackPhase } from '../../../shared/playback.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { call } from '../../session/api.ts';
import { useWords } from '../../words/words.tsx';
import type { Airing } from './airing.ts';

const tickMs = 1000;

interface PictureInput {
  readonly airing: Airing;
  readonly version: number;
  /** Told again and again which instant is shown; at an item's end that is the beginning of the next one. */
  readonly onMoved: (atMs: number) => void;
}

/** What viewers would see from an instant on; mounted anew for each item, which it begins where the instant is. */
export function RehearsalPicture({ airing, version, onMoved }: PictureInput) {
  const words = useWords().rehearsal;
  const { item, filmAtMs } = airing;
  return (
    <figure className="rehearsal-picture" aria-label={words.picture}>
      {item.filmId === undefined || filmAtMs === undefined ? (
        <Still airing={airing} onMoved={onMoved}>
          {words.slate}
        </Still>
      ) : (
        <FilmPicture airing={airing} filmId={item.filmId} filmAtMs={filmAtMs} onMoved={onMoved} />
      )}
      <figcaption className="rehearsal-mark">{words.mark(version)}</figcaption>
    </figure>
  );
}

type Moves = Pick<PictureInput, 'airing' | 'onMoved'>;

/** Words where there is no picture; time goes on all the same. */
function Still({ airing, onMoved, children }: Moves & { readonly children: ReactNode }) {
  const { item, intoMs } = airing;
  const nextMs = Math.min(item.endAtMs, item.startAtMs + intoMs + tickMs);
  useEffect(() => {
    const timer = setTimeout(() => onMoved(nextMs), tickMs);
    return () => clearTimeout(timer);
  }, [nextMs, onMoved]);
  return (
    <div className="stage stage-empty">
      <div>
        <strong>{item.title}</strong>
        <div>{children}</div>
      </div>
    </div>
  );
}

interface FilmInput extends Moves {
  readonly filmId: NonNullable<RehearsalItem['filmId']>;
  readonly filmAtMs: number;
}

/** A card that is yet to be made has no picture. */
const isMissing = (error: unknown): boolean =>
  error instanceof ApiError && ['not_found', 'not_ready', 'withdrawn'].includes(error.code);

function FilmPicture({ airing, filmId, filmAtMs, onMoved }: FilmInput) {
  const words = useWords().rehearsal;
  const playback = useQuery({
    queryKey: ['playback', filmId, 'rehearsal'],
    queryFn: () => call('filmPlayback', { params: { id: filmId } }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (playback.data !== undefined)
    return <Video url={playback.data} airing={airing} filmId={filmId} filmAtMs={filmAtMs} onMoved={onMoved} />;
  if (playback.error !== null && !isMissing(playback.error))
    return <ErrorNotice error={playback.error} onAgain={() => void playback.refetch()} />;
  if (playback.error === null) return <div className="stage" />;
  return (
    <Still airing={airing} onMoved={onMoved}>
      {words.noPicture}
    </Still>
  );
}

/** The film, which tells the instant of the rehearsal that each of its pictures belongs to. */
function Video(props: FilmInput & { readonly url: { readonly hls: string; readonly expiresAtMs: number } }) {
  const { filmId, onMoved } = props;
  const words = useWords().rehearsal;
  const video = useRef<HTMLVideoElement>(null);
  const begun = useRef(props);
  const [phase, setPhase] = useState<PlaybackPhase>('starting');
  useEffect(() => {
    const screen = video.current;
    if (screen === null) return;
    const { url, airing, filmAtMs } = begun.current;
    const { startAtMs, endAtMs } = airing.item;
    let hasBegun = false;
    const onPlaying = () => (hasBegun = true);
    const onTime = () => {
      const atMs = startAtMs + airing.intoMs + Math.round(screen.currentTime * 1000) - filmAtMs;
      // Before the first picture the time is not yet that of the film.
      if (hasBegun) onMoved(Math.min(endAtMs, Math.max(startAtMs, atMs)));
    };
    const onEnded = () => onMoved(endAtMs);
    const playing = playHls(screen, url.hls, {
      mode: 'vod',
      deviceClass: 'pc',
      startAtS: filmAtMs / 1000,
      expiresAtMs: url.expiresAtMs,
      renew: async () => {
        const fresh = await call('filmPlayback', { params: { id: filmId } });
        return { url: fresh.hls, expiresAtMs: fresh.expiresAtMs };
      },
      onState: setPhase,
    });
    screen.addEventListener('playing', onPlaying);
    screen.addEventListener('timeupdate', onTime);
    screen.addEventListener('ended', onEnded);
    return () => {
      screen.removeEventListener('playing', onPlaying);
      screen.removeEventListener('timeupdate', onTime);
      screen.removeEventListener('ended', onEnded);
      playing.stop();
    };
  }, [filmId, onMoved]);
  return (
    <>
      <video ref={video} className="stage" controls playsInline />
      {phase === 'blocked' ? <p role="status">{words.press}</p> : null}
    </>
  );
}
