/** What plays: the channel locked to the wall clock, the channel with two hours back, or a film (also while it grows). */
export type PlaybackMode = 'live' | 'dvr' | 'vod';
/** Where it plays. */
export type DeviceClass = 'station' | 'station-small' | 'phone' | 'pc';

/** A live picture has 12 s: a server that is back after 8 s must be found within the rest. */
const endless = { maxNumRetry: 120, retryDelayMs: 500, maxRetryDelayMs: 2000, backoff: 'exponential' as const };
const brief = { maxNumRetry: 20, retryDelayMs: 500, maxRetryDelayMs: 2000, backoff: 'exponential' as const };

const playlists = {
  default: { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 20_000, timeoutRetry: endless, errorRetry: endless },
};
const segments = {
  default: { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 120_000, timeoutRetry: brief, errorRetry: brief },
};

/**
 * What each class may keep in memory (stations notes, C29): a box of 1 GB stays below 200 MB in all. Boxes drop to what they can
 * decode; they play no more lines than their screen says it has, until a device check saw them do it (`beyondViewport`).
 */
function memorySettings(mode: PlaybackMode, deviceClass: DeviceClass, beyondViewport: boolean) {
  const box = { capLevelOnFPSDrop: true, capLevelToPlayerSize: !beyondViewport, startFragPrefetch: false };
  switch (deviceClass) {
    case 'station-small':
      return {
        ...box,
        maxBufferLength: 16,
        maxMaxBufferLength: 24,
        maxBufferSize: 16e6,
        backBufferLength: 8,
        frontBufferFlushThreshold: 30,
      };
    case 'station':
      return { ...box, maxBufferLength: 24, maxMaxBufferLength: 40, maxBufferSize: 32e6, backBufferLength: 15 };
    case 'phone':
    case 'pc':
      return {
        // By what the link carried before; without it hls.js begins with the first rung of the list each time.
        startLevel: -1,
        capLevelToPlayerSize: deviceClass === 'phone',
        maxBufferLength: mode === 'vod' ? 30 : 20,
        maxMaxBufferLength: mode === 'vod' ? 60 : 30,
        maxBufferSize: deviceClass === 'phone' ? 40e6 : 80e6,
        backBufferLength: 20,
      };
  }
}

/** How a picture is played. */
export interface PlayWish {
  readonly mode: PlaybackMode;
  readonly deviceClass: DeviceClass;
  readonly startAtS: number;
  /** @defaultValue false */
  readonly beyondViewport?: boolean;
}

/** Settings that keep a station alive for months; each with its reason in house-profile.md 5. Lengths are seconds here. */
export function hlsSettings({ mode, deviceClass, startAtS, beyondViewport = false }: PlayWish) {
  return {
    lowLatencyMode: false,
    // Subtitles are shown by show-subtitles.ts, which both builds have.
    enableWebVTT: false,
    enableIMSC1: false,
    enableCEA708Captions: false,
    // The defaults keep everything behind the playhead, and what was loaded far ahead before a seek: 2160p ends in QuotaExceeded.
    frontBufferFlushThreshold: 60,
    ...memorySettings(mode, deviceClass, beyondViewport),
    preserveManualLevelOnError: true,
    nudgeOnVideoHole: true,
    manifestLoadPolicy: playlists,
    playlistLoadPolicy: playlists,
    fragLoadPolicy: segments,
    // The list runs 12 s ahead of the wall clock (LEAD), so 12 s behind its end is now.
    ...(mode === 'vod' ? { startPosition: startAtS } : { liveSyncDuration: 12 }),
    ...(mode === 'live' ? { liveMaxLatencyDuration: 40 } : {}),
  };
}
