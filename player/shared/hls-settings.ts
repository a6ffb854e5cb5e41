/** What plays: the channel locked to the wall clock, the channel with two hours back, or a film (also while it grows). */
export type PlaybackMode = 'live' | 'dvr' | 'vod';
/** Where it plays. */
export type DeviceClass = 'station' | 'phone' | 'pc';

const endless = { maxNumRetry: 60, retryDelayMs: 1000, maxRetryDelayMs: 4000, backoff: 'exponential' as const };
const brief = { maxNumRetry: 10, retryDelayMs: 500, maxRetryDelayMs: 4000, backoff: 'exponential' as const };

const playlists = {
  default: { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 20_000, timeoutRetry: endless, errorRetry: endless },
};
const segments = {
  default: { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 120_000, timeoutRetry: brief, errorRetry: brief },
};

/** Settings that keep a station alive for months; each with its reason in house-profile.md 5. Lengths are seconds here. */
export function hlsSettings(mode: PlaybackMode, deviceClass: DeviceClass, startAtS: number) {
  return {
    lowLatencyMode: false,
    // Subtitles are shown by show-subtitles.ts, which both builds have.
    enableWebVTT: false,
    enableIMSC1: false,
    enableCEA708Captions: false,
    // The default keeps everything behind the playhead: hours of 2160p end in QuotaExceeded.
    backBufferLength: 20,
    maxBufferLength: mode === 'vod' ? 30 : 20,
    maxMaxBufferLength: mode === 'vod' ? 60 : 30,
    maxBufferSize: deviceClass === 'phone' ? 40e6 : 80e6,
    capLevelToPlayerSize: deviceClass === 'phone',
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
