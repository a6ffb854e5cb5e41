import type { Recipe } from '../recipe.ts';

/** Film 8: terraces at dawn in 2160p; the drawings are twice the design size. */
export const TERRACES: Recipe = {
  code: 'terraces',
  layers: [
    { kind: 'sprite', picture: 'sky-dawn', left: 0, top: 0, scale: 0.5 },
    { kind: 'tile', picture: 'terraces-far', top: 500, pixelsPerSecond: -12.5, scale: 0.5 },
    { kind: 'sprite', picture: 'flock', left: 1500, top: 240, pixelsPerSecond: [-75, -6], scale: 0.5 },
    { kind: 'tile', picture: 'terraces-near', top: 596, pixelsPerSecond: -50, scale: 0.5 },
  ],
  title: { small: '致富向导 · 超高清 2160p', shown: [0, 4] },
  card: { left: 96, top: 190, width: 800, accent: '#3c6b4f' },
  pages: [
    { heading: '农旅融合，各有看点', points: ['春看水，夏看绿', '秋看金，冬看雾', '农家院里吃新米'], shown: [5, 15] },
  ],
  sound: [
    {
      language: 'zh-CN',
      score: {
        beatsPerMinute: 72,
        tonic: 64,
        melody: "1' - 6 5 3 - 5 - 6 5 3 2 1 - - - 2 3 5 6 5 - - - 3 2 1 6, 1 - - -",
        bass: '1 6 3 1 2 5 6 1',
      },
    },
  ],
  subtitles: [],
};
