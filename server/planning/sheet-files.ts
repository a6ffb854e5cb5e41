import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { addCivilDays, civilWeekday } from '../../media/grid/civil-time.ts';
import { sheetFindingText } from '../../media/sheet/sheet-finding-text.ts';
import type { SheetFinding } from '../../media/sheet/sheet-finding.ts';
import type { SheetPage } from '../../media/sheet/sheet-page.ts';
import { sheetHeading } from '../../media/sheet/write-sheet.ts';
import type { FilmTitle } from '../library/film-catalogue.ts';
import { workbookOf } from '../sheets/write-workbook.ts';
import type { PlanRecord } from './plan-record.ts';

const widths = [12, 8, 10, 10, 36, 10, 6, 12, 24, 28];

/** A plan's list as a workbook. */
export const planWorkbook = (lines: readonly (readonly string[])[]): Buffer =>
  workbookOf([{ name: '节目单', lines, widths }]);

/** The sheet that was read, with what was found beside each row in a last column. */
export function annotatedWorkbook(pages: readonly SheetPage[], findings: readonly SheetFinding[]): Buffer {
  const notes = new Map<string, string[]>();
  for (const finding of findings) {
    const key = `${finding.page}\n${finding.line}`;
    const mark = finding.severity === 'error' ? '【错误】' : '【提示】';
    notes.set(key, [...(notes.get(key) ?? []), `${mark}${sheetFindingText(finding, 'zh')}`]);
  }
  return workbookOf(
    pages.map(({ name, lines }, index) => {
      const width = Math.max(1, ...lines.map(({ cells }) => cells.length));
      const last = Math.max(0, ...lines.map(({ line }) => line));
      const byLine = new Map(lines.map(({ line, cells }) => [line, cells]));
      const written = Array.from({ length: last }, (_, at) => {
        const cells = byLine.get(at + 1) ?? [];
        const said = notes.get(`${name}\n${at + 1}`)?.join('\n') ?? '';
        return [...cells, ...Array<string>(width - cells.length).fill(''), ...(said === '' ? [] : [said])];
      });
      return { name: pageName(name, index), lines: written, widths: [...Array<number>(width).fill(14), 60] };
    }),
  );
}

/** Spreadsheets allow 31 characters and none of these in the name of a page. */
const pageName = (name: string, index: number): string =>
  name
    .replace(/[\\/?*[\]:]/gu, ' ')
    .slice(0, 31)
    .trim() || `表${index + 1}`;

const weekdays = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];
const rowsPerDay = 6;

/** An empty sheet for the days of a plan, which lets only titles of the library and sensible times be typed. */
export function sheetTemplate({ from, to }: PlanRecord, films: readonly FilmTitle[]): Buffer {
  const lines: string[][] = [[...sheetHeading]];
  for (let date = from; date < to; date = addCivilDays(date, 1)) {
    for (let row = 0; row < rowsPerDay; row += 1) {
      lines.push(row === 0 ? [date, weekdays[civilWeekday(date) - 1] ?? ''] : ['']);
    }
  }
  const titles = films.map(({ title, filmId, durationMs }) => [
    ...[title, filmId],
    durationMs === undefined ? '' : `${Math.ceil(durationMs / 60_000)} 分钟`,
  ]);
  const book = workbookOf([
    { name: '节目单', lines, widths },
    { name: '片库', lines: [['片名', '片编号', '时长'], ...titles], widths: [40, 30, 10] },
    { name: '填写说明', lines: instructions.map((line) => [line]), widths: [90] },
  ]);
  return withValidation(book, lines.length, titles.length + 1);
}

const instructions = [
  '一、日期：可写 2026-03-05、3月5日、3-5；同一天的节目，日期只写一次即可。',
  '二、时间：可写 19:30、晚7点半、19:30-20:15；不写时间的节目紧接上一个节目播出。',
  '三、节目：请从下拉列表选择片名，也可以直接输入；片名以“片库”页为准。留给乡镇、不选片的时段，节目写“乡镇自办”，并写明时长。',
  '四、时长：不写则播完整部片；写 45:20 表示只播 45 分 20 秒。',
  '五、必看：写“是”。方式：准点（默认）、紧接、可推迟 5分。',
  '六、表中出现的日期，以表为准；没有出现的日期不受影响。导入前会先显示差别，确认后才生效。',
];

/** ECMA-376 18.3.1.33: the writer at hand knows no data validation, so the element is put where the schema has its place. */
function withValidation(book: Buffer, lines: number, films: number): Buffer {
  const parts = unzipSync(book);
  const path = 'xl/worksheets/sheet1.xml';
  const sheet = strFromU8(parts[path] ?? new Uint8Array());
  const rules = [
    listRule(`E2:E${lines}`, `片库!$A$2:$A$${Math.max(2, films)}`, '请从“片库”页选择片名，或核对后继续。'),
    listRule(`G2:G${lines}`, '"是,否"', '请写“是”或“否”。'),
    listRule(`H2:H${lines}`, '"准点,紧接,可推迟 5分,可推迟 10分"', '请写“准点”“紧接”或“可推迟 5分”。'),
  ];
  const element = `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
  const marked = sheet.replace(
    /(?=<(?:hyperlinks|printOptions|pageMargins|pageSetup|ignoredErrors)\b|<\/worksheet>)/u,
    element,
  );
  return Buffer.from(zipSync({ ...parts, [path]: strToU8(marked) }));
}

const listRule = (range: string, formula: string, message: string): string =>
  `<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" error="${message}" sqref="${range}"><formula1>${formula}</formula1></dataValidation>`;
