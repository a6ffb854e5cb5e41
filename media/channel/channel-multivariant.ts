import type { HouseRung } from '../hls/house-rung.ts';
import { type Variant, listingOrder, writeMultivariantPlaylist } from '../hls/write-multivariant-playlist.ts';
import { type PlaybackView, viewName } from './playback-view.ts';
import { AUDIO_RUNG, audioRendition } from './segment-name.ts';

/** A language of a channel in package `cmaf`; the first one is the main language. */
export interface ChannelLanguage {
  /** BCP 47. */
  readonly language: string;
  /** What viewers read in the language menu. */
  readonly name: string;
}

function variantOf(rung: HouseRung, uri: string, audio?: string): Variant {
  return { ...rung, uri, ...(audio === undefined ? {} : { audio }) };
}

/** Multivariant playlist of a channel in package `ts`: the whole house ladder, whatever airs, so that it never changes. */
export function channelMultivariant(rungs: readonly HouseRung[], view: PlaybackView): string {
  const file = `${viewName(view)}.m3u8`;
  return writeMultivariantPlaylist({
    variants: listingOrder(rungs).map((rung) => variantOf(rung, `../${rung.name}/${file}`)),
  });
}

/** Multivariant playlist of a channel in package `cmaf`: pictures only, and one audio group with every language. */
export function channelLanguagesMultivariant(
  rungs: readonly HouseRung[],
  languages: readonly ChannelLanguage[],
  view: PlaybackView,
): string {
  const file = `${viewName(view)}.m3u8`;
  const pictures = rungs.filter((rung) => rung.name !== AUDIO_RUNG);
  return writeMultivariantPlaylist({
    variants: listingOrder(pictures).map((rung) => variantOf(rung, `../${rung.name}/${file}`, AUDIO_RUNG)),
    renditions: languages.map(({ language, name }, index) => ({
      type: 'AUDIO',
      group: AUDIO_RUNG,
      language,
      name,
      isDefault: index === 0,
      uri: `../${audioRendition(language)}/${file}`,
    })),
  });
}
