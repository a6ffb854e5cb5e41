import type { LoggedRow } from '../../media/channel/as-run.ts';
import { cellAt } from '../../media/grid/cell.ts';
import { formatCivilTime } from '../../media/grid/civil-time.ts';
import { workbookOf } from '../sheets/write-workbook.ts';
import type { InterruptionRecord } from './interruption.ts';

const head = ['日期', '开始', '结束', '时长（秒）', '状态', '类型', '节目', '说明', '片编号', '版本', '首段'];
const states = { aired: '已播出', off_air: '未播出（服务器停机）', sample: '示例记录' } as const;
const kinds = { item: '节目', filler: '填充', slate: '垫片' } as const;

/** The as-run log as lines of a sheet, in county time, with why the plan was displaced. */
export function asRunLines(
  rows: readonly LoggedRow[],
  records: readonly InterruptionRecord[],
  timeZone: string,
): readonly (readonly (string | number)[])[] {
  const local = (atMs: number): string => formatCivilTime(atMs, timeZone);
  const lines = rows.map((row) => [
    ...[local(row.startAtMs).slice(0, 10), local(row.startAtMs).slice(11, 19), local(row.endAtMs).slice(11, 19)],
    ...[(row.endAtMs - row.startAtMs) / 1000, states[row.state], kinds[row.kind], row.title, noteOf(row, records)],
    ...[row.filmId, row.revision, row.firstSegment],
  ]);
  return [head, ...lines];
}

function noteOf(row: LoggedRow, records: readonly InterruptionRecord[]): string {
  const cell = cellAt(row.startAtMs);
  const record = records.find(({ id, kind, fromCell, toCell = Infinity }) =>
    kind === 'insertion' ? row.itemId === id : row.kind === 'slate' && fromCell <= cell && cell < toCell,
  );
  if (record === undefined) return '';
  return `${record.kind === 'cut' ? '切断' : '紧急插播'}${record.drill ? '（演练）' : ''}：${record.reason}`;
}

/** A workbook of one sheet. */
export const asRunWorkbook = (lines: readonly (readonly (string | number)[])[]): Buffer =>
  workbookOf([{ name: '播出记录', lines, widths: [11, 9, 9, 9, 20, 6, 30, 30, 28, 28, 6] }]);
