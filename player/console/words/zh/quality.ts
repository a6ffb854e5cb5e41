/** How well pictures play at viewers. */
export const quality = {
  title: '播放质量（最近 24 小时）',
  plays: '播放次数',
  watched: '观看时长（小时）',
  startup: '起播时间',
  startupOf: (p50: string, p95: string) => `一半在 ${p50} 秒内，95% 在 ${p95} 秒内`,
  stalled: '卡顿占比',
  failed: '没播出来',
  dropped: '丢帧',
  errors: '播放故障',
  rungs: '清晰度',
  worst: '最差的先看',
  kinds: { films: '片', channels: '频道', places: '地方' },
  nobody: '还没有人看，所以没有数据。有人播放后，页面每五分钟报一次。',
  sound: '只有声音',
  other: '其他',
  seconds: (text: string) => `${text} 秒`,
};
