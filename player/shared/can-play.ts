/** What tells whether HLS can be played; the browser's own where left out. */
interface Abilities {
  readonly hasMediaSource: boolean;
  /** Of browsers that say "maybe" to HLS and mean it. */
  readonly isWebKit: boolean;
}

/**
 * Says whether a picture has any chance here: by Media Source Extensions, or by the browser's own HLS. Chromium says "maybe" to
 * HLS where it has none, so without Media Source Extensions only WebKit is believed.
 */
export function canPlay(video: Pick<HTMLVideoElement, 'canPlayType'>, abilities: Abilities = ofThisBrowser()): boolean {
  return abilities.hasMediaSource || (abilities.isWebKit && video.canPlayType('application/vnd.apple.mpegurl') !== '');
}

/** Whether hls.js plays here; without it the browser's own HLS has to, which offers no choice of quality. */
export const hasMediaSource = (): boolean => 'MediaSource' in window || 'ManagedMediaSource' in window;

const ofThisBrowser = (): Abilities => ({
  hasMediaSource: hasMediaSource(),
  isWebKit: !('chrome' in window),
});
