import type { ConversionCode } from '../../../../media/film/conversions.ts';
import type { MarkKind } from '../../../../media/film/technical-check.ts';

const kinds: Readonly<Record<MarkKind, string>> = {
  black: '黑场',
  freeze: '画面静止',
  silence: '没有声音',
  clipping: '声音破音',
  loudness: '声音突然变大',
  picture_ends: '画面先结束，停在最后一帧',
  aspect: '画面偏小',
  quiet: '声音偏小',
  short: '影片不足 12 秒，不能编入节目计划',
};

const conversions: Readonly<Record<ConversionCode, string>> = {
  scaled: '画面缩小到播出尺寸',
  scaled_up: '画面小于最低一档，放大后播出',
  pillar_boxed: '左右加黑边，补成 16:9',
  letter_boxed: '上下加黑边，补成 16:9',
  pixels_squared: '像素不是正方形，按原画面的比例还原',
  deinterlaced: '隔行画面改为逐行',
  rotated: '画面转正',
  tone_mapped: '高动态范围（HDR）改为普通色彩',
  depth_reduced: '10 位以上的色彩改为 8 位',
  colour_reduced: '色彩精细度改为播出通用的 4:2:0',
  frame_rate: '帧率改为播出帧率',
  silence_added: '没有声音，配上静音',
  upmixed: '单声道改为双声道',
  downmixed: '多声道合成双声道',
  left_dead: '左声道没有声音，用右声道补上',
  right_dead: '右声道没有声音，用左声道补上',
  phase_inverted: '左右声道相位相反，已改正',
};

export const check = {
  title: '技术检查',
  none: '没有发现需要注意的地方。',
  bar: '影片时间条上的标记',
  jump: (what: string, at: string) => `${what}，跳到 ${at}`,
  from: (from: string, to: string, seconds: string) => `${from} – ${to}（${seconds} 秒）`,
  wholeFilm: '全片',
  inLanguage: (language: string) => `声音：${language}`,
  louder: (lu: string) => `比全片高 ${lu} LU`,
  softer: (lu: string) => `已调到最大，仍低 ${lu} LU`,
  fills: (percent: string) => `只占屏幕的 ${percent}%`,
  kinds,
  conversions,
  conversionsTitle: '制作时的改动',
  noConversions: '没有改动',
  loudness: '原片响度',
  loudnessText: (lufs: string, peak: string | undefined) =>
    peak === undefined ? `${lufs} LUFS` : `${lufs} LUFS，真峰值 ${peak} dBTP`,
  certificate: '播出合格证',
  certified: '有，可以编入节目计划',
  notCertified: '没有，不能编入节目计划；请重新制作',
  limits: {
    title: '技术检查：超过多少才提示审核员',
    hint: '改动立即对所有影片生效，不用重新制作。',
    blackMs: '黑场（秒）',
    freezeMs: '画面静止（秒）',
    silenceMs: '没有声音（秒）',
    clippingMs: '破音（秒）',
    loudnessLu: '比全片响（LU）',
    filledPercent: '画面占屏幕少于（%）',
    filledHint: '4:3 的画面占 75%，宽银幕占 74%，竖拍占 32%。',
  },
};
