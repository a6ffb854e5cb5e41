import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../../media/sheet/read-sheet.ts';
import { sheetSeverities } from '../../../../media/sheet/sheet-finding.ts';
import { sheetFindingText } from '../../../../media/sheet/sheet-finding-text.ts';
import type { SheetPage, SheetValue } from '../../../../media/sheet/sheet-page.ts';

const march = { from: '2026-03-01', to: '2026-04-01' };
const page = (rows: readonly (readonly SheetValue[])[], name = 'Sheet1'): SheetPage => ({
  name,
  lines: rows.map((cells, index) => ({ line: index + 1, cells })),
});
const read = (rows: readonly (readonly SheetValue[])[]) => readSheet([page(rows)], march);
const gist = ({ rows }: ReturnType<typeof readSheet>) =>
  rows.map(({ date, startMs, title }) => [date, startMs === undefined ? undefined : startMs / 3_600_000, title]);
const codes = ({ findings }: ReturnType<typeof readSheet>) => findings.map(({ code, line }) => `${line} ${code}`);

describe('a sheet of an office', () => {
  it('is read below its title, with merged dates, and without the remarks below it', () => {
    const sheet = read([
      ['云溪县远程教育三月节目单'],
      [],
      ['序号', '播出日期', '星期', '播放时间', '节目名称', '备注'],
      [1, '3月5日', '星期四', '8：30', '春耕备耕', '重播'],
      [2, '', '', '晚7点半', '党课开讲', ''],
      [3, 46_087, '五', 0.8125, '果树修剪', ''],
      ['', '', '', '', '', ''],
      ['制表人：张三'],
    ]);
    expect(codes(sheet)).toEqual([]);
    expect(gist(sheet)).toEqual([
      ['2026-03-05', 8.5, '春耕备耕'],
      ['2026-03-05', 19.5, '党课开讲'],
      ['2026-03-06', 19.5, '果树修剪'],
    ]);
    expect(sheet.rows[0]).toMatchObject({ line: 4, note: '重播' });
    expect(sheet.rows[0]).not.toHaveProperty('mustWatch');
  });
  it('reads one page a month and takes the month from its name', () => {
    const sheet = readSheet(
      [
        page(
          [
            ['日期', '时间', '节目'],
            ['5日', '8:30', '甲'],
          ],
          '3月',
        ),
        page(
          [
            ['日期', '时间', '节目'],
            [6, '8:30', '乙'],
          ],
          '2026年3月下',
        ),
        page([['说明'], ['请于每月 25 日前报送']], '说明'),
      ],
      march,
    );
    expect(gist(sheet).map(([date]) => date)).toEqual(['2026-03-05', '2026-03-06']);
    expect(codes(sheet)).toEqual(['1 no_heading']);
  });
  it('reads a range that was copied without its heading', () => {
    const sheet = read([
      ['3月5日', '8:30-9:15', '春耕备耕'],
      ['3月5日', '19:30', '党课开讲'],
    ]);
    expect(gist(sheet)).toEqual([
      ['2026-03-05', 8.5, '春耕备耕'],
      ['2026-03-05', 19.5, '党课开讲'],
    ]);
    expect(sheet.rows[0]?.endMs).toBe(9.25 * 3_600_000);
  });
  it('reads date and time from one column', () => {
    const sheet = read([
      ['播出时间', '节目'],
      ['2026/3/5 8:30', '甲'],
      [46_087.8125, '乙'],
      ['20:00', '丙'],
    ]);
    expect(gist(sheet)).toEqual([
      ['2026-03-05', 8.5, '甲'],
      ['2026-03-06', 19.5, '乙'],
      ['2026-03-06', 20, '丙'],
    ]);
  });
  it('passes over headings that are printed again', () => {
    const heading = ['日期', '时间', '节目'];
    expect(gist(read([heading, ['3-5', '8:30', '甲'], heading, ['3-6', '8:30', '乙']]))).toHaveLength(2);
  });
  it('lets a programme without time follow the one above it', () => {
    const sheet = read([
      ['日期', '时间', '节目', '方式'],
      ['3-5', '8:30', '甲', ''],
      ['', '', '乙', ''],
      ['', '9:00:00', '丙', '紧接'],
    ]);
    expect(sheet.rows.map(({ start, startMs }) => [start.startMode, startMs])).toEqual([
      ['hard', 30_600_000],
      ['follow', undefined],
      ['follow', undefined],
    ]);
    expect(codes(sheet)).toEqual(['3 follows']);
  });
  it('says of every bad row what is wrong, and keeps the good ones', () => {
    const sheet = read([
      ['日期', '星期', '时间', '节目', '时长', '方式'],
      ['4月31日', '', '8:30', '甲', '', ''],
      ['', '', '9:00', '甲', '', ''],
      ['3-5', '周五', '8:30', '乙', '', ''],
      ['3-5', '', '25:00', '丙', '', ''],
      ['3-5', '', '8:30:01', '丁', '', ''],
      ['3-5', '', '10:00', '', '', ''],
      ['4-1', '', '8:30', '戊', '', ''],
      ['3-6', '', '', '己', '', ''],
      ['3-7', '', '8:30', '庚', '很长', ''],
      ['3-7', '', '8:30', '辛', '', '随便'],
      ['3-5', '', '8:30', '乙', '', ''],
    ]);
    expect(codes(sheet)).toEqual([
      '2 bad_date',
      '3 no_date',
      '4 weekday_differs',
      '5 bad_time',
      '6 off_grid',
      '7 no_title',
      '8 outside_plan',
      '9 no_time',
      '10 bad_length',
      '11 bad_mode',
      '12 row_twice',
    ]);
    expect(gist(sheet).map(([, , title]) => title)).toEqual(['乙', '乙']);
  });
  it('takes texts as the API does: on one line, without hidden characters, and no longer', () => {
    const sheet = read([
      ['日期', '时间', '节目', '备注'],
      ['3-5', '8:30', '春\u200b耕\n备耕', '第一行\n第二行\u202e'],
      ['3-5', '9:30', '长'.repeat(101), ''],
      ['3-5', '10:30', '乙', '长'.repeat(501)],
    ]);
    expect(sheet.rows).toMatchObject([{ title: '春耕 备耕', note: '第一行 第二行' }]);
    expect(codes(sheet)).toEqual(['3 bad_text', '4 bad_text']);
  });
  it('says so when there is nothing in it', () => {
    expect(codes(read([]))).toEqual(['1 empty_sheet']);
    expect(codes(read([['日期', '时间', '节目']]))).toEqual(['1 empty_sheet']);
    expect(codes(read([['随便写写']]))).toEqual(['1 no_heading', '1 empty_sheet']);
  });
  it('has a sentence in both languages for every finding, with no hole in it', () => {
    for (const code of Object.keys(sheetSeverities) as (keyof typeof sheetSeverities)[]) {
      const params = {
        ...{ text: 'T', date: 'D', from: 'F', last: 'L', right: 4, written: 5, otherLine: 7 },
        ...{ title: 'N', candidates: 'C', seconds: 9, most: 100 },
      };
      const finding = { severity: sheetSeverities[code], code, page: 'P', line: 3, params };
      for (const language of ['zh', 'en'] as const) {
        expect(sheetFindingText(finding, language)).toMatch(/^[^{}]{10,}$/u);
        expect(sheetFindingText(finding, language)).not.toMatch(/“”|undefined/u);
      }
    }
  });
});
