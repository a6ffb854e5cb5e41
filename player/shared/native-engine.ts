import type { Engine, EngineInput, Trouble } from './player-engine.ts';

/** Plays with the browser's own HLS, where there are no Media Source Extensions; it offers no choice of quality. */
export function startNativeEngine({ video, url, startAtS, onTrouble }: EngineInput): Engine {
  let stopped = false;
  const onError = () => {
    const code = video.error?.code ?? 0;
    const kind = code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network';
    const trouble: Trouble = { kind, fatal: true, detail: `native-${code}` };
    const tell = (told: Trouble) => {
      if (!stopped) onTrouble(told);
    };
    // The element keeps to itself what the server answered: only the list says that a token ended or a film was withdrawn.
    fetch(url()).then(
      ({ ok, status }) => tell(ok ? trouble : { ...trouble, httpStatus: status }),
      () => tell(trouble),
    );
  };
  const load = () => {
    const { duration, currentTime, paused } = video;
    const atS = duration > 0 && duration < Infinity ? currentTime : startAtS;
    // Another source pauses.
    video.src = url();
    if (atS > 0) video.currentTime = atS;
    if (!paused) video.play().catch(() => undefined);
  };
  video.addEventListener('error', onError);
  load();
  return {
    pictureAtMs: () => startDateMs(video),
    resume: load,
    resetDecoders: load,
    qualities: () => [],
    chooseQuality: () => undefined,
    languages: () => [],
    chooseLanguage: () => undefined,
    stop: () => {
      stopped = true;
      video.removeEventListener('error', onError);
      video.removeAttribute('src');
      video.load();
    },
  };
}

/** WebKit alone tells the date of the media's first instant. */
function startDateMs(video: HTMLVideoElement & { readonly getStartDate?: () => Date }): number | undefined {
  const startMs = video.getStartDate?.().getTime();
  return startMs === undefined || Number.isNaN(startMs) ? undefined : startMs + video.currentTime * 1000;
}
