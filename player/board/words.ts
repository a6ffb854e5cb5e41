import type { Language } from '../shared/language.ts';

const zh = {
  kind: '节目公示栏',
  operators: '管理员',
  hotline: '报修电话',
  time: '时间',
  programme: '节目',
  length: '时长',
  minutes: (n: number) => `${n} 分钟`,
  mustWatch: '必看',
  onAir: '正在播出',
  empty: '近期还没有公布节目',
  emptyCure: '节目计划批准发布后会自动显示在这里。',
  loading: '正在打开…',
  unreachable: '暂时连不上服务器，恢复后会自动更新',
  unknown: '没有这个地方的公示栏',
  unknownCure: '请核对网址最后的代码。',
  published: '公布于',
  watch: '手机收看',
  language: 'English',
  print: '打印',
  adjusted: '节目调整',
  drill: '节目调整（演练）',
  since: (time: string) => `${time} 起暂停播出，恢复时间另行公布`,
};

/** Every text of the notice board. */
export type BoardWords = typeof zh;

const en: BoardWords = {
  kind: 'Notice board',
  operators: 'Operators',
  hotline: 'Hotline',
  time: 'Time',
  programme: 'Programme',
  length: 'Length',
  minutes: (n: number) => `${n} min`,
  mustWatch: 'Must watch',
  onAir: 'On air',
  empty: 'Nothing is announced yet',
  emptyCure: 'A plan appears here once it is approved and published.',
  loading: 'Opening…',
  unreachable: 'The server cannot be reached; this page renews itself',
  unknown: 'There is no such place',
  unknownCure: 'Check the code at the end of the address.',
  published: 'Published',
  watch: 'Watch on a phone',
  language: '中文',
  print: 'Print',
  adjusted: 'Programme change',
  drill: 'Programme change (drill)',
  since: (time: string) => `Off air since ${time}; when it goes on will be announced here`,
};

export const boardWords: Readonly<Record<Language, BoardWords>> = { zh, en };
