import { addCivilDays, parseCivilDate } from '../grid/civil-time.ts';
import { foldCell, type SheetValue } from './sheet-page.ts';

/** The days for which a sheet is read, county dates [from, to); they say which year is meant. */
export interface SheetDays {
  readonly from: string;
  readonly to: string;
  /** Month that the page or its title names, 1 to 12, for dates that are a day alone. */
  readonly month?: number;
}

/** A date as a sheet writes it, and the weekday beside it: 1 (Monday) to 7. */
export interface SheetDate {
  readonly date: string;
  readonly weekday?: number;
}

const weekdayNames: readonly (readonly string[])[] = [
  ['一', '1', 'mon', 'monday'],
  ['二', '2', 'tue', 'tuesday'],
  ['三', '3', 'wed', 'wednesday'],
  ['四', '4', 'thu', 'thursday'],
  ['五', '5', 'fri', 'friday'],
  ['六', '6', 'sat', 'saturday'],
  ['日', '天', '7', '0', 'sun', 'sunday'],
];

/** Weekday of `星期四`, `周四`, `礼拜四`, `四`, `Thu`; undefined for anything else. */
export function readWeekday(value: SheetValue): number | undefined {
  const text = foldCell(value)
    .toLowerCase()
    .replace(/^(星期|周|礼拜)\s*/u, '');
  const at = weekdayNames.findIndex((names) => names.includes(text));
  return at < 0 ? undefined : at + 1;
}

/** Serial number of 1 March 1900, before which spreadsheets count a day that never was (29 February 1900). */
const firstSerial = 61;
const lastSerial = 80_000;
/** Serial number 25,569 is 1 January 1970 (ECMA-376, 18.17.4.1). */
const serialDate = (serial: number): string => addCivilDays('1970-01-01', Math.floor(serial) - 25_569);

const forms = {
  full: /^(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?$/u,
  packed: /^(\d{4})(\d{2})(\d{2})$/u,
  monthDay: /^(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?$/u,
  day: /^(\d{1,2})\s*[日号]?$/u,
};
const weekdayTail = /[\s,(]*((?:星期|周|礼拜)[一二三四五六日天1-7])\s*\)?$/u;

const isDate = (date: string): boolean => parseCivilDate(date, 'UTC').ok;
const written = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Of the years around, the one that puts the day into the plan, else the plan's first. */
function inPlan(month: number, day: number, { from, to }: SheetDays): string | undefined {
  const year = Number(from.slice(0, 4));
  const dates = [year, year + 1, year - 1].map((each) => written(each, month, day)).filter(isDate);
  return dates.find((date) => date >= from && date < to) ?? dates[0];
}

/**
 * Reads a date: `2026-3-5`, `2026年3月5日`, `2026/3/5`, `20260305`, `3月5日`, `3-5`, `3/5`, full-width digits, a weekday
 * behind it, a spreadsheet's serial number, and a day alone where the month is known. Undefined where there is no such day.
 */
export function readSheetDate(value: SheetValue, days: SheetDays): SheetDate | undefined {
  if (typeof value === 'number' && value >= firstSerial && value < lastSerial) return { date: serialDate(value) };
  // 3.10 typed as a number has lost its last digit: nobody can say whether 1 March or 10 March was meant.
  if (typeof value === 'number' && !Number.isInteger(value)) return undefined;
  const text = foldCell(value);
  const tail = weekdayTail.exec(text);
  const weekday = tail?.[1] === undefined ? undefined : readWeekday(tail[1]);
  const date = readDate(tail === null ? text : text.slice(0, tail.index).trim(), days);
  if (date === undefined) return undefined;
  return weekday === undefined ? { date } : { date, weekday };
}

function readDate(text: string, days: SheetDays): string | undefined {
  const whole = forms.full.exec(text) ?? forms.packed.exec(text);
  if (whole !== null) {
    const date = written(Number(whole[1]), Number(whole[2]), Number(whole[3]));
    return isDate(date) ? date : undefined;
  }
  const short = forms.monthDay.exec(text);
  if (short !== null) return inPlan(Number(short[1]), Number(short[2]), days);
  const alone = forms.day.exec(text);
  return alone === null || days.month === undefined ? undefined : inPlan(days.month, Number(alone[1]), days);
}

/** Month that a page's name or a title names once, as in `3月节目单` or `2026-03`. */
export function readMonth(text: string): number | undefined {
  const folded = foldCell(text);
  const months = [...folded.matchAll(/(?<!\d)(\d{1,2})\s*月/gu), ...folded.matchAll(/\d{4}[-/.](\d{1,2})(?!\d)/gu)]
    .map(([, month]) => Number(month))
    .filter((month) => month >= 1 && month <= 12);
  return new Set(months).size === 1 ? months[0] : undefined;
}
