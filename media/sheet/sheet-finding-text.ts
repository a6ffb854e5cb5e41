import type { Language } from '../plan/finding-text.ts';
import type { SheetCode, SheetFinding } from './sheet-finding.ts';

type Text = (value: (name: string) => string) => string;

const chinese: Readonly<Record<SheetCode, Text>> = {
  no_heading: () => '这一页没有找到节目：缺少“日期 / 时间 / 节目”表头。如有节目，请加上表头。',
  empty_sheet: () => '表格里没有节目。请按模板填写后再导入。',
  bad_date: (p) => `日期“${p('text')}”无法识别，或没有这一天。请写成 2026-03-05 或 3月5日。`,
  no_date: () => '这一行没有日期，上方也没有。请填写日期。',
  bad_time: (p) => `时间“${p('text')}”无法识别。请写成 19:30 或 19:30-20:15。`,
  bad_end: (p) => `结束时间“${p('text')}”无法识别。请写成 20:15，或留空。`,
  no_time: () => '当天第一个节目没有时间。请填写时间。',
  no_title: () => '这一行没有节目名称。请填写，或删除这一行。',
  bad_length: (p) => `时长“${p('text')}”无法识别。请写成 45:20 或 45分20秒，或留空。`,
  slot_without_length: () => '开放时段没有选片，需要写明时长或结束时间。请填写，例如 30:00。',
  bad_mode: (p) => `方式“${p('text')}”无法识别。请写“准点”“紧接”或“可推迟 5分”，或留空。`,
  bad_text: (p) => `“${p('text')}…”太长（最多 ${p('most')} 字）或含有不能显示的字符。请缩短或重新输入。`,
  off_grid: (p) => `时间“${p('text')}”不在 4 秒播出格上。请改为整分钟，或秒数为 4 的倍数。`,
  outside_plan: (p) =>
    `${p('date')} 不在计划的日期之内（${p('from')} 至 ${p('last')}）。请改日期，或先改计划的起止日期。`,
  row_twice: (p) => `与第 ${p('otherLine')} 行重复：同一时间同一节目。请删除一行。`,
  unknown_film: (p) => `片库中没有“${p('title')}”。请核对片名，或先上传该片。`,
  choose_film: (p) => `片库中没有完全同名的片，“${p('title')}”可能是：${p('candidates')}。请选择一部。`,
  weekday_differs: (p) => `${p('date')} 是${p('right')}，表中写的是${p('written')}。已按日期导入，请核对。`,
  follows: () => '没有时间，将紧接上一个节目播出。',
  cut_short: (p) => `给定时长比《${p('title')}》短 ${p('seconds')} 秒，片尾不会播出。`,
};

const english: Readonly<Record<SheetCode, Text>> = {
  no_heading: () =>
    'No programme was found on this page: it lacks a heading with date, time and title. Add one if it has programmes.',
  empty_sheet: () => 'The sheet has no programme. Fill in the template and import that.',
  bad_date: (p) => `The date "${p('text')}" cannot be read, or there is no such day. Write it as 2026-03-05.`,
  no_date: () => 'This row has no date, and neither has any above it. Write the date.',
  bad_time: (p) => `The time "${p('text')}" cannot be read. Write it as 19:30 or 19:30-20:15.`,
  bad_end: (p) => `The end "${p('text')}" cannot be read. Write it as 20:15 or leave it empty.`,
  no_time: () => 'The first programme of the day has no time. Write it.',
  no_title: () => 'This row names no programme. Name it or delete the row.',
  bad_length: (p) => `The length "${p('text')}" cannot be read. Write it as 45:20 or leave it empty.`,
  slot_without_length: () => 'A slot that is open without a film needs a length or an end. Write it, as in 30:00.',
  bad_mode: (p) =>
    `The mode “${p('text')}” cannot be read. Write 准点 (exact), 紧接 (follow) or 可推迟 5分 (up to 5 min late).`,
  bad_text: (p) =>
    `"${p('text')}…" is too long (at most ${p('most')} characters) or cannot be shown. Shorten it or type it again.`,
  off_grid: (p) => `The time "${p('text')}" is not on the 4 s grid. Use a whole minute, or seconds that 4 divides.`,
  outside_plan: (p) =>
    `${p('date')} is not within the plan (${p('from')} to ${p('last')}). Change the date, or the plan's days first.`,
  row_twice: (p) => `The same as line ${p('otherLine')}: one film twice at one time. Delete one.`,
  unknown_film: (p) => `The library has no "${p('title')}". Check the title or upload the film first.`,
  choose_film: (p) =>
    `No film is called exactly "${p('title')}". It may be: ${p('candidates')
      .replaceAll('》、《', '", "')
      .replace(/[《》]/g, '"')}. Choose one.`,
  weekday_differs: (p) =>
    `${p('date')} is a ${p('right')}, the sheet says ${p('written')}. The date counts; please check.`,
  follows: () => 'Without a time: it follows the programme above.',
  cut_short: (p) => `The time given is ${p('seconds')} s shorter than "${p('title')}": its end will not air.`,
};

const weekdays = {
  zh: ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** The sentence about a finding, with its cure. */
export function sheetFindingText({ code, params }: SheetFinding, language: Language): string {
  const value = (name: string): string => {
    const found = params[name] ?? '';
    const isWeekday = code === 'weekday_differs' && name !== 'date';
    return isWeekday ? (weekdays[language][Number(found) - 1] ?? '') : String(found);
  };
  return (language === 'zh' ? chinese : english)[code](value);
}
