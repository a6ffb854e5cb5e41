import type { Recipe } from '../recipe.ts';

/** Film 2: a branch meeting in the village hall. */
export const MEETING: Recipe = {
  code: 'meeting',
  layers: [
    { kind: 'sprite', picture: 'hall', left: 0, top: 0 },
    {
      kind: 'sprite',
      picture: 'meeting-table',
      left: 850,
      top: 500,
      scale: 0.9,
      sway: { right: 0, down: 4, periodSeconds: 4 },
    },
    { kind: 'tile', picture: 'audience', top: 850, pixelsPerSecond: -25 },
  ],
  signs: [{ text: '学习贯彻党的二十大精神', centre: 800, baseline: 172, size: 62, colour: '#ffe08a' }],
  title: { small: '基层党课 · 微课堂', shown: [0, 4] },
  card: { left: 80, top: 240, width: 800, accent: '#b3271e' },
  pages: [
    {
      heading: '会前：准备要实',
      points: ['学习规定篇目，统一思想', '谈心谈话，听取群众意见', '对照职责查摆问题'],
      shown: [4.8, 12],
    },
    {
      heading: '会上：态度要诚',
      points: ['班子带头，逐人发言', '批评见人见事，不绕弯子', '互相帮助，红脸出汗'],
      shown: [12.6, 19.6],
    },
    {
      heading: '会后：整改要严',
      points: ['列出清单，定人定时限', '在公示栏公开整改进度', '下次会上先报整改结果'],
      shown: [20.2, 27.4],
    },
  ],
  sound: [
    {
      language: 'zh-CN',
      score: {
        beatsPerMinute: 84,
        tonic: 62,
        melody: "1 2 3 5 - 6 5 3 2 3 5 6 1' - 6 5 3 5 6 5 3 2 1 2 3 - 2 1 6, 1 - -",
        bass: '1 5 6 3 1 5 2 1',
      },
    },
  ],
  subtitles: [],
};
