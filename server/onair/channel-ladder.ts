import type { ChannelLanguage } from '../../media/channel/channel-multivariant.ts';
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

/** Languages of channels of package `cmaf`; a film without one is heard in its main language. */
export const channelLanguages: readonly ChannelLanguage[] = [{ language: 'zh-CN', name: '普通话' }];
