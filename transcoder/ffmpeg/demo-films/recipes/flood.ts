import type { Recipe } from '../recipe.ts';

/** Film 5: a river rises behind sandbags in the rain, at 29.97 frames a second. */
export const FLOOD: Recipe = {
  code: 'flood',
  layers: [
    { kind: 'sprite', picture: 'sky-storm', left: 0, top: 0 },
    { kind: 'tile', picture: 'hills-near', top: 470, pixelsPerSecond: -11.25 },
    { kind: 'tile', picture: 'village', top: 470, pixelsPerSecond: -22.5 },
    { kind: 'tile', picture: 'river-far', top: 664, pixelsPerSecond: 90 },
    { kind: 'sprite', picture: 'water-gauge', left: 1730, top: 520 },
    { kind: 'tile', picture: 'river-near', top: 730, pixelsPerSecond: 180 },
    { kind: 'tile', picture: 'dike', top: 868, pixelsPerSecond: 0 },
    { kind: 'sprite', picture: 'rescuer', left: 1380, top: 600, sway: { right: 60, down: 5, periodSeconds: 5 } },
    {
      kind: 'tile',
      picture: 'rain',
      top: 0,
      pixelsPerSecond: -270,
      falls: { tileHeight: 1080, pixelsPerSecond: 1080 },
    },
  ],
  title: { small: '生活百科 · 汛期提醒', shown: [0, 3.6] },
  card: { left: 96, top: 230, width: 960, accent: '#1d5f8c' },
  pages: [
    {
      heading: '雨前：早检查',
      points: ['看预警，记住转移路线', '清沟渠，查房前屋后山坡', '备好手电、饮水和药品'],
      shown: [4.2, 10.8],
    },
    {
      heading: '雨中：快避险',
      points: ['听到锣声哨声，立刻转移', '不涉水过河，不走漫水桥', '不靠近电线和陡坡'],
      shown: [11.2, 17.8],
    },
    { heading: '雨后：防疫病', points: ['喝开水，不吃泡过的食物', '清淤消毒，先查电再通电'], shown: [18.2, 24.4] },
  ],
  sound: [
    {
      language: 'zh-CN',
      score: {
        beatsPerMinute: 120,
        tonic: 57,
        melody: "6 6 1' 6 5 3 5 - 6 6 1' 2' 1' 6 5 - 3 5 6 5 3 2 3 - 1 2 3 5 3 2 6, -",
        bass: '6 6 3 5 6 3 2 6',
      },
    },
  ],
  subtitles: [],
};
