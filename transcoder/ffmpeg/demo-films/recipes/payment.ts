import type { Recipe } from '../recipe.ts';
import type { Score } from '../score.ts';

const SCORE: Score = {
  beatsPerMinute: 96,
  tonic: 65,
  melody: "1 - 3 5 6 - 5 3 2 - 3 5 3 - - - 1 - 3 5 6 - 1' 6 5 - 3 2 1 - - -",
  bass: '1 6 5 3 1 6 5 1',
  gain: 0.26,
};

/** Film 3: a telephone and its false messages; two spoken languages, two subtitle tracks. */
export const PAYMENT: Recipe = {
  code: 'payment',
  layers: [
    { kind: 'sprite', picture: 'room', left: 0, top: 0 },
    { kind: 'sprite', picture: 'phone', left: 1300, top: 250, sway: { right: 0, down: 12, periodSeconds: 4 } },
    { kind: 'sprite', picture: 'coin', left: 1160, top: 560, sway: { right: 24, down: 60, periodSeconds: 3 } },
    { kind: 'sprite', picture: 'coin', left: 1760, top: 480, sway: { right: -20, down: 70, periodSeconds: 3.6 } },
    {
      kind: 'sprite',
      picture: 'warning',
      left: 1400,
      top: 700,
      sway: { right: 14, down: 0, periodSeconds: 0.8 },
      shown: [5, 27],
    },
    {
      kind: 'sprite',
      picture: 'shield',
      left: 1360,
      top: 520,
      sway: { right: 0, down: 14, periodSeconds: 2 },
      shown: [27.4, 40],
    },
  ],
  title: { small: '生活百科 · 双语配音 · 附字幕', shown: [0, 4.4] },
  card: { left: 96, top: 210, width: 980, accent: '#1f6fa8' },
  pages: [
    {
      heading: '常见骗局 Common tricks',
      points: ['冒充客服，说要退款', '冒充公检法，要转安全账户', '刷单返利，先甜后骗', '陌生链接和二维码'],
      shown: [5, 26.6],
    },
    {
      heading: '守住钱袋 Keep safe',
      points: ['不轻信、不点链接、不转账', '验证码和密码谁也不给', '拿不准，先打96110问一问'],
      shown: [27.4, 39.4],
    },
  ],
  sound: [
    { language: 'zh-CN', score: SCORE, voice: 'payment.zh.opus' },
    { language: 'en', score: SCORE, voice: 'payment.en.opus' },
  ],
  subtitles: ['payment.zh.srt', 'payment.en.srt'],
};
