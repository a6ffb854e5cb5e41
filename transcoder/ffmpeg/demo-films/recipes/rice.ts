import type { Recipe } from '../recipe.ts';

/** Film 1: a transplanter crosses the paddies while six points on seedlings appear. */
export const RICE: Recipe = {
  code: 'rice',
  layers: [
    { kind: 'sprite', picture: 'sky-morning', left: 0, top: 0 },
    { kind: 'tile', picture: 'clouds', top: 30, pixelsPerSecond: -18.75 },
    { kind: 'tile', picture: 'hills-far', top: 330, pixelsPerSecond: -18.75 },
    { kind: 'tile', picture: 'hills-near', top: 440, pixelsPerSecond: -37.5 },
    { kind: 'tile', picture: 'village', top: 432, pixelsPerSecond: -75 },
    {
      kind: 'sprite',
      picture: 'egret',
      left: -200,
      top: 420,
      pixelsPerSecond: [112.5, 0],
      sway: { right: 0, down: 26, periodSeconds: 3.2 },
    },
    { kind: 'tile', picture: 'paddy-far', top: 640, pixelsPerSecond: -112.5 },
    { kind: 'tile', picture: 'paddy-near', top: 780, pixelsPerSecond: -150 },
    { kind: 'sprite', picture: 'transplanter', left: 1330, top: 640, sway: { right: 60, down: 4, periodSeconds: 6 } },
    { kind: 'tile', picture: 'grass-front', top: 970, pixelsPerSecond: -225 },
  ],
  title: { small: '实用技术 · 春耕备耕', shown: [0, 4] },
  card: { left: 96, top: 250, width: 980, accent: '#2f7d4f' },
  pages: [
    {
      heading: '一、种子处理',
      points: ['晒种一到两天，提高发芽势', '盐水选种，去掉空瘪粒', '药剂浸种两天，防恶苗病'],
      shown: [5, 13],
    },
    {
      heading: '二、播种与苗床',
      points: ['破胸露白即可播种', '日平均气温稳定在12℃以上', '秧盘每盘播干谷80到100克', '覆土盖没种子，保持湿润'],
      shown: [13.6, 22.6],
    },
    {
      heading: '三、苗期管理',
      points: ['一叶一心前保温，防烂秧', '二叶期后逐步通风炼苗', '移栽前三天施送嫁肥、送嫁药'],
      shown: [23.2, 31.4],
    },
  ],
  sound: [
    {
      language: 'zh-CN',
      score: {
        beatsPerMinute: 108,
        tonic: 67,
        melody: "5 3 5 6 1' - 6 5 3 5 3 2 1 - 2 3 5 6 5 3 2 - 3 5 6 1' 6 5 3 - 2 1",
        bass: '1 6 5 1 6 5 3 1',
      },
    },
  ],
  subtitles: [],
};
