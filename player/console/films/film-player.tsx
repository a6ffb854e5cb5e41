import { useQuery } from '@tanstack/react-query';
import { Alert, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Film } from '../../../media/contract/library.ts';
import { playHls } from '../../shared/hls-playback.ts';
import type { Playback, PlaybackPhase } from '../../shared/playback.ts';
import type { Quality } from '../../shared/player-engine.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { languageName } from './film-facts.tsx';
import { FilmMarks } from './film-marks.tsx';
import { isMoving } from './film-status.ts';

/** The film's picture: from the first part on while it is still made, in any of its languages. */
export function FilmPlayer({ film }: { readonly film: Film }) {
  const words = useWords().films.page;
  const playback = useQuery({
    queryKey: ['playback', film.id, film.revision],
    queryFn: () => call('filmPlayback', { params: { id: film.id } }),
    enabled: film.playable && film.state !== 'withdrawn',
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (film.state === 'withdrawn') return <div className="stage stage-empty">{words.gone}</div>;
  if (playback.error !== null && playback.data === undefined) {
    return <ErrorNotice error={playback.error} onAgain={() => void playback.refetch()} />;
  }
  if (!film.playable && !isMoving(film)) return null;
  if (playback.data === undefined)
    return <div className="stage stage-empty">{film.playable ? '' : words.notPlayable}</div>;
  const { hls, languages, expiresAtMs } = playback.data;
  return (
    <>
      <Stage
        key={film.revision ?? film.id}
        film={film}
        url={languages ?? hls}
        hasLanguages={languages !== undefined}
        expiresAtMs={expiresAtMs}
      />
      {isMoving(film) ? <Alert type="info" showIcon title={words.growing} /> : null}
    </>
  );
}

interface StageInput {
  readonly film: Film;
  readonly url: string;
  readonly hasLanguages: boolean;
  readonly expiresAtMs: number;
}

function Stage({ film, url, hasLanguages, expiresAtMs }: StageInput) {
  const { id: filmId, posterPath: poster } = film;
  const words = useWords().films;
  const video = useRef<HTMLVideoElement>(null);
  const playback = useRef<Playback>(undefined);
  const [phase, setPhase] = useState<PlaybackPhase>('starting');
  const [qualities, setQualities] = useState<readonly Quality[]>([]);
  const [sounds, setSounds] = useState<readonly string[]>([]);
  const first = useRef({ url, expiresAtMs });
  useEffect(() => {
    if (video.current === null) return;
    const playing = playHls(video.current, first.current.url, {
      mode: 'vod',
      deviceClass: 'pc',
      build: hasLanguages ? 'full' : 'light',
      autoplay: false,
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
      playing.stop();
    };
  }, [filmId, hasLanguages]);
  const jump = (ms: number) => {
    if (video.current !== null) video.current.currentTime = ms / 1000;
  };
  return (
    <div className="stage-box">
      {/* Films carry their own subtitles inside the stream. */}
      <video ref={video} className="stage" controls playsInline {...(poster === undefined ? {} : { poster })} />
      <FilmMarks film={film} onJump={jump} />
      {phase === 'gone' ? <Alert type="warning" showIcon title={words.page.gone} /> : null}
      <div className="stage-tools">
        {qualities.length > 1 ? (
          <Select
            size="small"
            aria-label={words.page.quality}
            defaultValue={-1}
            options={[
              { value: -1, label: `${words.page.quality}：${words.page.automatic}` },
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
      </div>
    </div>
  );
}
