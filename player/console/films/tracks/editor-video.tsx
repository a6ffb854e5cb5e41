import { type RefObject, useEffect } from 'react';
import type { Film } from '../../../../media/contract/library.ts';
import { playHls } from '../../../shared/hls-playback.ts';
import { call } from '../../session/api.ts';

/** The film beside its cues; the place that it stands at is told while it plays and when it is moved. */
export function EditorVideo(props: {
  readonly film: Film;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly onPosition: (ms: number) => void;
}) {
  const { film, video, onPosition } = props;
  const { id } = film;
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    let stop: (() => void) | undefined;
    let isGone = false;
    const load = async () => {
      const { hls, expiresAtMs } = await call('filmPlayback', { params: { id } });
      return { url: hls, expiresAtMs };
    };
    load().then(
      ({ url, expiresAtMs }) => {
        if (isGone) return;
        const options = { mode: 'vod', deviceClass: 'pc', autoplay: false, expiresAtMs, renew: load } as const;
        stop = playHls(element, url, options).stop;
      },
      // The page behind says why the film cannot be watched; its cues can be edited all the same.
      () => undefined,
    );
    return () => {
      isGone = true;
      stop?.();
    };
  }, [id, video]);
  const tell = () => onPosition(Math.round((video.current?.currentTime ?? 0) * 1000));
  return (
    <video
      ref={video}
      className="stage"
      controls
      playsInline
      aria-label={film.title}
      onTimeUpdate={tell}
      onSeeked={tell}
    />
  );
}
