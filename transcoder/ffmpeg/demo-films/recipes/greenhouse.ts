import type { Recipe } from '../recipe.ts';

/** Film 6: upright, as a phone films it, and stored on its side with a rotation tag. */
export const GREENHOUSE: Recipe = {
  code: 'greenhouse',
  layers: [
    { kind: 'sprite', picture: 'greenhouse', left: 0, top: 0 },
    { kind: 'tile', picture: 'tomato-row', top: 1000, pixelsPerSecond: -90 },
    { kind: 'sprite', picture: 'thermometer', left: 900, top: 620, sway: { right: 0, down: 10, periodSeconds: 3 } },
  ],
  title: { small: '致富向导 · 随手拍', shown: [0, 3.6] },
  card: { left: 60, top: 420, width: 800, accent: '#2d7d3f' },
  pages: [
    {
      heading: '温度与水肥',
      points: ['白天25℃，夜里15℃', '见干见湿，小水勤浇', '坐果后追施高钾肥'],
      shown: [4.2, 13.4],
    },
    {
      heading: '整枝与授粉',
      points: ['单干整枝，及时打杈', '每穗留果四到五个', '上午九点，振动授粉'],
      shown: [14, 23.4],
    },
  ],
  sound: [
    {
      language: 'zh-CN',
      score: {
        beatsPerMinute: 112,
        tonic: 69,
        melody: "3 5 6 5 3 2 1 2 3 - 5 6 1' 6 5 - 3 2 3 5 2 1 6, 1 2 - 3 5 2 3 1 -",
        bass: '1 3 6 5 1 2 5 1',
      },
    },
  ],
  subtitles: [],
};
