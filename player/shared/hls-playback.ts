import type Hls from 'hls.js';
import type { ErrorData } from 'hls.js';
import fullUrl from 'hls.js/dist/hls.min.js?url';
import lightUrl from 'hls.js/dist/hls.light.min.js?url';
import { type DeviceClass, hlsSettings, type PlaybackMode } from './hls-settings.ts';
import { keepPlaying } from './keep-playing.ts';
import { loadScript } from './load-script.ts';
import { startNativeEngine } from './native-engine.ts';
import type { KeepPlayingOptions, Playback } from './playback.ts';
import { withTokenOf } from './playback-token.ts';
import type { Engine, EngineInput, Trouble } from './player-engine.ts';
import { remember, remembered } from './remembered.ts';

/** How to play. */
export interface PlayHlsOptions extends Omit<KeepPlayingOptions, 'mode'> {
  readonly mode: PlaybackMode;
  readonly deviceClass: DeviceClass;
  /** The box was seen to play more lines than its screen has. @defaultValue false */
  readonly beyondViewport?: boolean;
  /** Plays the lowest rung until another is chosen, whatever the link carried before. @defaultValue false */
  readonly startsLow?: boolean;
  /**
   * The light build (a third of the size) plays packages `ts`; `full` is needed for several languages (`cmaf`), and loaded then.
   * @defaultValue light
   */
  readonly build?: 'light' | 'full';
}

/**
 * Plays an HLS URL and keeps it playing through lost networks, restarted servers and renewed tokens (house-profile.md 5).
 * The only door to hls.js: it is loaded when the first picture is asked for.
 */
export function playHls(video: HTMLVideoElement, url: string, options: PlayHlsOptions): Playback {
  const { deviceClass, beyondViewport = false, startsLow = false, build = 'light', ...rest } = options;
  return keepPlaying(video, url, rest, async () => {
    const engine = await (build === 'full' ? loadFull() : loadLight());
    // Chromium says "maybe" to native HLS too, so Media Source Extensions are asked first.
    if (!engine.isSupported()) return startNativeEngine;
    return (input) => startHlsEngine(engine, { ...input, mode: options.mode, deviceClass, beyondViewport, startsLow });
  });
}

let full: typeof Hls | undefined;

/** The full build, only when a film needs it; it does all that the light one does, so from then on it is used for everything. */
async function loadFull(): Promise<typeof Hls> {
  full ??= await loadBuild(fullUrl);
  return full;
}
const loadLight = async (): Promise<typeof Hls> => full ?? loadBuild(lightUrl);

/** Both builds are scripts of their own in ES5, which old boxes run faster than what a bundler makes of the modules. */
async function loadBuild(url: string): Promise<typeof Hls> {
  await loadScript(url);
  const { Hls: loaded } = window as { readonly Hls?: typeof Hls };
  if (loaded === undefined) throw new Error('The script of the player is broken.');
  return full ?? loaded;
}

/** HTMLMediaElement.HAVE_FUTURE_DATA: with less the picture stands. */
const haveFutureData = 3;

interface HlsInput extends EngineInput {
  readonly mode: PlaybackMode;
  readonly deviceClass: DeviceClass;
  readonly beyondViewport: boolean;
  readonly startsLow: boolean;
}

function startHlsEngine(HlsClass: typeof Hls, input: HlsInput): Engine {
  const { video, url, onTrouble } = input;
  const knownBps = Number(remembered('bandwidth'));
  const hls = new HlsClass({
    ...hlsSettings(input),
    // The worker is made from the script that is there: nothing more is fetched before the first picture.
    enableWorker: true,
    // A test of the link would fetch a segment that is thrown away: on a thin one that is seconds without a picture.
    testBandwidth: false,
    ...(knownBps > 100_000 ? { abrEwmaDefaultEstimate: knownBps } : {}),
    xhrSetup: (xhr, requestUrl) => xhr.open('GET', withTokenOf(requestUrl, url()), true),
  });
  if (input.startsLow) hls.on(HlsClass.Events.MANIFEST_PARSED, () => (hls.loadLevel = 0));
  hls.on(HlsClass.Events.ERROR, (_, data) => onTrouble(troubleOf(HlsClass, data)));
  const keepBandwidth = () => {
    if (hls.bandwidthEstimate > 0) remember('bandwidth', String(Math.round(hls.bandwidthEstimate)));
  };
  addEventListener('pagehide', keepBandwidth);
  hls.loadSource(url());
  hls.attachMedia(video);
  return {
    pictureAtMs: () => hls.playingDate?.getTime(),
    resume: () => {
      if (hls.levels.length === 0) hls.loadSource(url());
      else hls.startLoad();
    },
    resetDecoders: () => hls.recoverMediaError(),
    qualities: () => hls.levels.map(({ height, bitrate }, index) => ({ index, height, bitrateBps: bitrate })),
    chooseQuality: (index = -1) => {
      // Choosing again what is chosen would throw away what is loaded; a picture that stands does not wait for what is on its way.
      if (hls.manualLevel !== index) hls[video.readyState < haveFutureData ? 'currentLevel' : 'nextLevel'] = index;
    },
    languages: () => hls.audioTracks.map((track) => track.lang ?? track.name),
    chooseLanguage: (language) => {
      hls.audioTrack = hls.audioTracks.findIndex((track) => (track.lang ?? track.name) === language);
    },
    stop: () => {
      removeEventListener('pagehide', keepBandwidth);
      keepBandwidth();
      hls.destroy();
    },
  };
}

function troubleOf(HlsClass: typeof Hls, data: ErrorData): Trouble {
  const { NETWORK_ERROR, MEDIA_ERROR, MUX_ERROR } = HlsClass.ErrorTypes;
  const isMedia = data.type === MEDIA_ERROR || data.type === MUX_ERROR;
  const kind = data.type === NETWORK_ERROR ? 'network' : isMedia ? 'media' : 'other';
  const httpStatus = data.response?.code;
  return {
    kind,
    fatal: data.fatal,
    detail: data.details,
    ...(httpStatus !== undefined && httpStatus > 0 ? { httpStatus } : {}),
  };
}
