import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Select } from 'antd';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Film } from '../../../media/contract/library.ts';
import { playHls } from '../../shared/hls-playback.ts';
import { languageName as nameOf } from '../../shared/language-name.ts';
import type { Playback, PlaybackPhase } from '../../shared/playback.ts';
import type { Quality } from '../../shared/player-engine.ts';
import { showSubtitles, type SubtitleTrack } from '../../shared/show-subtitles.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { call } from '../session/api.ts';
import { useSpeech, useWords } from '../words/words.tsx';
import { FilmChapters } from './film-chapters.tsx';
import { languageName } from './film-facts.tsx';
import { filmStage } from './film-stage.ts';
import { FilmMarks } from './film-marks.tsx';
import { isMoving } from './film-status.ts';

/** Where somebody was in the picture, so that another version of it goes on from there. */
interface Place {
  atS: number;
  isPlaying: boolean;
}

/** How soon somebody who watches the opening is given the film that grows. */
const openingLastsMs = 3000;

/**
 * The film's picture: as it was uploaded, its opening, or from the first encoded part on while it is still made, in any of its
 * languages. Who watches what is being made goes on watching it until the film is whole (the opening: until the first part is),
 * and then in the same place.
 */
export function FilmPlayer({ film }: { readonly film: Film }) {
  const words = useWords().films.page;
  const place = useRef<Place>({ atS: 0, isPlaying: false });
  const playback = useQuery({
    queryKey: ['playback', film.id, isMoving(film) ? 'moving' : film.revision],
    queryFn: () => call('filmPlayback', { params: { id: film.id } }),
    enabled: film.playable && film.state !== 'withdrawn',
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.opening === true ? openingLastsMs : false),
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  });
  if (film.state === 'withdrawn') return <div className="stage stage-empty">{words.gone}</div>;
  if (playback.error !== null && playback.data === undefined) {
    return <ErrorNotice error={playback.error} onAgain={() => void playback.refetch()} />;
  }
  if (!film.playable && !isMoving(film)) return null;
  if (playback.data === undefined)
    return <div className="stage stage-empty">{film.playable ? '' : words.notPlayable}</div>;
  const { hls, languages, subtitles, expiresAtMs, asUploaded, opening } = playback.data;
  const made = asUploaded ? words.asUploaded : opening ? words.opening : words.growing;
  const url = languages ?? hls;
  return (
    <>
      <Stage
        key={withoutToken(url)}
        film={film}
        url={url}
        hasLanguages={languages !== undefined}
        subtitles={subtitles}
        expiresAtMs={expiresAtMs}
        place={place}
      />
      {isMoving(film) ? <Alert type="info" showIcon title={made} /> : null}
    </>
  );
}

/** What is played, whoever plays it and until when. */
const withoutToken = (url: string): string => url.split('/').slice(3).join('/');

interface StageInput {
  readonly film: Film;
  readonly url: string;
  readonly hasLanguages: boolean;
  readonly subtitles: readonly SubtitleTrack[];
  readonly expiresAtMs: number;
  readonly place: RefObject<Place>;
}

function Stage({ film, url, hasLanguages, subtitles, expiresAtMs, place }: StageInput) {
  const { id: filmId, posterPath: poster } = film;
  const { words: all, language: speech } = useSpeech();
  const words = all.films;
  const video = useRef<HTMLVideoElement>(null);
  const playback = useRef<Playback>(undefined);
  const [phase, setPhase] = useState<PlaybackPhase>('starting');
  const [qualities, setQualities] = useState<readonly Quality[]>([]);
  const [sounds, setSounds] = useState<readonly string[]>([]);
  const [shown, setShown] = useState('');
  const first = useRef({ url, expiresAtMs });
  useEffect(() => {
    const screen = video.current;
    if (screen === null) return;
    const playing = playHls(screen, first.current.url, {
      mode: 'vod',
      deviceClass: 'pc',
      build: hasLanguages ? 'full' : 'light',
      autoplay: place.current.isPlaying,
      startAtS: place.current.atS,
      expiresAtMs: first.current.expiresAtMs,
      renew: async () => {
        const fresh = await call('filmPlayback', { params: { id: filmId } });
        return { url: hasLanguages ? (fresh.languages ?? fresh.hls) : fresh.hls, expiresAtMs: fresh.expiresAtMs };
      },
      onState: setPhase,
    });
    playback.current = playing;
    const look = setInterval(() => {
      setQualities(playing.qualities());
      setSounds(playing.languages());
    }, 2000);
    return () => {
      clearInterval(look);
      place.current = { atS: screen.currentTime, isPlaying: !screen.paused && !screen.ended };
      playing.stop();
    };
  }, [filmId, hasLanguages, place]);
  useEffect(() => {
    const track = subtitles.find(({ language }) => language === shown);
    if (video.current === null || track === undefined) return;
    return showSubtitles(video.current, {
      track,
      renew: () => call('filmPlayback', { params: { id: filmId } }),
    });
  }, [filmId, subtitles, shown]);
  const jump = (ms: number) => {
    if (video.current !== null) video.current.currentTime = ms / 1000;
  };
  useEffect(() => {
    const screen = video.current;
    if (screen === null) return;
    filmStage.set({
      filmId,
      positionMs: () => Math.round(screen.currentTime * 1000),
      jump: (ms) => (screen.currentTime = ms / 1000),
    });
    return () => filmStage.set(undefined);
  }, [filmId]);
  return (
    <div className="stage-box">
      {/* Subtitles are added by script, as segments come. */}
      <video ref={video} className="stage" controls playsInline {...(poster === undefined ? {} : { poster })} />
      <FilmMarks film={film} onJump={jump} />
      <FilmChapters film={film} onJump={jump} />
      {phase === 'gone' ? <Alert type="warning" showIcon title={words.page.gone} /> : null}
      <div className="stage-tools">
        {qualities.length > 1 ? (
          <Select
            size="small"
            aria-label={words.page.quality}
            defaultValue={-1}
            options={[
              { value: -1, label: all.frame.pair(words.page.quality, words.page.automatic) },
              ...qualities.map(({ index, height }) => ({ value: index, label: `${height}p` })),
            ]}
            onChange={(index) => playback.current?.chooseQuality(index < 0 ? undefined : index)}
          />
        ) : null}
        {sounds.length > 1 ? (
          <Select
            size="small"
            aria-label={words.page.sound}
            defaultValue={sounds[0] ?? ''}
            options={sounds.map((tag) => ({ value: tag, label: languageName(tag, words) }))}
            onChange={(language) => playback.current?.chooseLanguage(language)}
          />
        ) : null}
        {subtitles.length > 0 ? (
          <Select
            size="small"
            aria-label={words.page.subtitles}
            value={shown}
            options={[
              { value: '', label: words.page.noSubtitles },
              ...subtitles.map(({ language }) => ({ value: language, label: nameOf(language, speech) })),
            ]}
            onChange={setShown}
            popupMatchSelectWidth={false}
          />
        ) : null}
      </div>
    </div>
  );
}
