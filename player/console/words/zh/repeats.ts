const week = ['一', '二', '三', '四', '五', '六', '日'] as const;
const nameOf = (weekday: number): string => week[weekday - 1] ?? '';
const dateName = (date: number): string => (date === -1 ? '最后一天' : `${date} 日`);
const whichWeek = (which: number): string => (which === -1 ? '最后一个' : `第 ${which} 个`);

export const repeats = {
  title: '重复播出',
  open: '重复……',
  every: '重复',
  kinds: {
    none: '不重复',
    day: '每天',
    week: '每周几',
    month: '每月几日',
    'month-weekday': '每月第几个周几',
  },
  weekday: (weekday: number) => `周${nameOf(weekday)}`,
  dateName,
  whichWeek,
  rules: {
    day: () => '每天',
    week: (weekdays: readonly number[]) => `每周${weekdays.map(nameOf).join('、')}`,
    month: (dates: readonly number[]) => `每月 ${dates.map(dateName).join('、')}`,
    monthWeekday: (weekday: number, which: number) => `每月${whichWeek(which)}周${nameOf(weekday)}`,
  },
  weekdays: '周几',
  dates: '日期',
  which: '第几个',
  until: '最后一天（含）',
  untilEnd: '到计划结束',
  except: '这些天不播',
  exceptHint: '从列表中选择要跳过的日子。',
  upTo: (date: string) => `至 ${date}`,
  comma: '，',
  excepted: (count: number) => `${count} 天除外`,
  preview: (count: number, days: readonly string[]) =>
    count === 0 ? '在计划内没有一天播出。' : `共播出 ${count} 天：${days.join('，')}`,
  notToday: '这一天不播',
  ghost: (day: string) => `重复自 ${day}`,
  ghostLabel: (clock: string, title: string) => `${clock} ${title}，重复`,
  thisDay: '只删这一天',
  following: '删除这一天及以后',
  wholeSeries: '删除全部重复',
  detach: '单独修改这一天',
  toRule: '到原来那一行',
  shortcuts:
    '重复的行：Alt+R 设置重复；在重复出来的行上，Delete 只删这一天，Shift+Delete 删这一天及以后，E 单独修改，Enter 到原行。',
};
