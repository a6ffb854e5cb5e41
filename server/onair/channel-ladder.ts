import type { ChannelLanguage } from '../../media/channel/channel-multivariant.ts';
import type { Channel } from '../../media/contract/channels.ts';
import { audioCodec, houseLadder, soundRung } from '../../media/film/ladder.ts';
import type { HouseRung } from '../../media/hls/house-rung.ts';

/** Names of all rungs that a film can have, from the highest to the lowest: where a film lacks one, the next lower serves. */
export const ladderNames: readonly string[] = houseLadder.map((rung) => rung.name);

/** What every channel declares, whatever airs: bounds that hold for each film. 1440p is a setting of single films. */
export const channelRungs: readonly HouseRung[] = [
  ...houseLadder
    .filter((rung) => rung.name !== '1440p')
    .map(({ name, width, height, maxFrameRate, bandwidthBps, codec }) => ({
      name,
      width,
      height,
      frameRate: maxFrameRate,
      bandwidthBps,
      codecs: `${codec},${audioCodec}`,
    })),
  { name: soundRung.name, bandwidthBps: soundRung.bandwidthBps, codecs: audioCodec },
];

/** What a language is called in Chinese; the spoken one of `zh-CN` is Putonghua. */
function languageName(language: string): string {
  if (language === 'zh-CN') return '普通话';
  return new Intl.DisplayNames('zh-CN', { type: 'language', fallback: 'code' }).of(language) ?? language;
}

/** Languages of a channel of package `cmaf` with their names; a film without one is heard in its main language. */
export const channelLanguages = ({ languages }: Pick<Channel, 'languages'>): readonly ChannelLanguage[] =>
  languages.map((language) => ({ language, name: languageName(language) }));
