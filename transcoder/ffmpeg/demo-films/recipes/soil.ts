import type { Recipe } from '../recipe.ts';

/** Film 7: pictures and words without any sound track. */
export const SOIL: Recipe = {
  code: 'soil',
  layers: [
    { kind: 'sprite', picture: 'soil-face', left: 0, top: 0 },
    { kind: 'tile', picture: 'crop', top: 310, pixelsPerSecond: -37.5 },
    { kind: 'sprite', picture: 'auger', left: 1500, top: 262, sway: { right: 0, down: 56, periodSeconds: 6 } },
    { kind: 'sprite', picture: 'sampler', left: 1240, top: 236 },
    { kind: 'sprite', picture: 'sample-bag', left: 1690, top: 340, sway: { right: 0, down: 8, periodSeconds: 3 } },
  ],
  title: { small: '实用技术 · 无声图解', shown: [0, 3.6] },
  card: { left: 96, top: 440, width: 980, accent: '#6a4428' },
  pages: [
    {
      heading: '取土：五点取样',
      points: ['收获后、施肥前取土', '“S”形走五点，避开田埂', '取耕层20厘米，混匀留一公斤'],
      shown: [4.2, 13.4],
    },
    {
      heading: '配方：缺什么补什么',
      points: ['化验氮磷钾和酸碱度', '照施肥建议卡配肥', '基肥深施，追肥少量多次'],
      shown: [14, 23.4],
    },
  ],
  sound: [],
  subtitles: [],
};
