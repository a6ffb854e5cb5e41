import type { Recipe } from '../recipe.ts';

/** Film 4: bare trees in a winter orchard, at 24 frames a second. */
export const ORCHARD: Recipe = {
  code: 'orchard',
  layers: [
    { kind: 'sprite', picture: 'sky-winter', left: 0, top: 0 },
    { kind: 'tile', picture: 'hills-winter', top: 400, pixelsPerSecond: -18 },
    { kind: 'tile', picture: 'orchard-far', top: 520, pixelsPerSecond: -36 },
    { kind: 'tile', picture: 'orchard-near', top: 572, pixelsPerSecond: -72 },
    { kind: 'sprite', picture: 'pruner', left: 1490, top: 730, sway: { right: 0, down: 6, periodSeconds: 1.6 } },
    { kind: 'tile', picture: 'twigs', top: 990, pixelsPerSecond: -144 },
  ],
  title: { small: '实用技术 · 冬季果园', shown: [0, 3.6] },
  card: { left: 96, top: 220, width: 960, accent: '#7a4a2b' },
  pages: [
    {
      heading: '先看树，再动剪',
      points: ['落叶后到萌芽前修剪', '先剪病枝、枯枝、交叉枝', '留足结果枝，通风透光'],
      shown: [4.2, 13.4],
    },
    {
      heading: '剪口要平，伤口要护',
      points: ['剪口离芽半厘米，略斜', '大伤口当天涂愈合剂', '剪下病枝带出园外处理'],
      shown: [14, 23.4],
    },
  ],
  sound: [
    {
      language: 'zh-CN',
      score: {
        beatsPerMinute: 76,
        tonic: 60,
        melody: "6 - 5 3 2 - 3 - 5 6 1' - 6 - - - 5 3 2 1 2 - 3 - 6, - 1 - 2 - - -",
        bass: '6 3 6 1 2 5 6 3',
      },
    },
  ],
  subtitles: [],
};
