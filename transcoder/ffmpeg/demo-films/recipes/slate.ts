import type { Recipe } from '../recipe.ts';

/** The slate: one still picture with a quiet tune, cheap to encode because nothing in it moves. */
export const SLATE: Recipe = {
  code: 'slate',
  layers: [{ kind: 'sprite', picture: 'slate', left: 0, top: 0 }],
  signs: [
    { text: '远播', centre: 960, baseline: 366, size: 100, colour: '#17384f' },
    { text: '稍候收看', centre: 960, baseline: 640, size: 112, colour: '#ffffff' },
    { text: 'Please stand by', centre: 960, baseline: 730, size: 56, colour: '#e8f2ec' },
  ],
  card: { left: 0, top: 0, width: 0, accent: '#17384f' },
  pages: [],
  sound: [
    {
      language: 'zh-CN',
      score: {
        beatsPerMinute: 60,
        tonic: 60,
        melody: "5 - 3 - 6 - 5 - 3 - 2 - 1 - - - 5 - 6 - 1' - 6 - 5 - 3 - 5 - - - 3 - 2 - 1 - - -",
        bass: '1 6 1 5 1 6 3 1 1 1',
        gain: 0.4,
      },
    },
  ],
  subtitles: [],
  isStill: true,
};
