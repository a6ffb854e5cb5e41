import { describe, expect, it } from 'vitest';
import { idSchema } from '../../../../media/contract/ids.ts';
import type { SheetReply, SheetRowView } from '../../../../media/contract/sheet.ts';
import { cellAt } from '../../../../media/grid/cell.ts';
import { parseCivilDate } from '../../../../media/grid/civil-time.ts';
import type { PlanRow } from '../../../../player/console/planning/plan-rows.ts';
import { type Choices, rowKey, sheetDraft } from '../../../../player/console/planning/sheet/sheet-draft.ts';

const zone = 'Asia/Shanghai';
const cellOf = (date: string): number => {
  const read = parseCivilDate(date, zone);
  return read.ok ? cellAt(read.atMs) : NaN;
};
const cells = { fromCell: cellOf('2026-12-01'), toCell: cellOf('2027-01-01') };
const filmId = (n: number) => idSchema.parse(`0000000000000000000000000${n}`);
const line = (id: string, day: string, clock: string, n: number, more: Partial<PlanRow> = {}): PlanRow => ({
  ...{ id, day, clock, startMode: 'hard', maxLateMs: 0, filmId: filmId(n), filmTitle: `片${n}`, filmMs: 60_000 },
  ...{ mustWatch: false, note: '', ...more },
});
const row = (at: number, date: string, hour: number, n?: number): SheetRowView => ({
  ...{ page: '', line: at, date, startMs: hour * 3_600_000, start: { startMode: 'hard', maxLateMs: 0 } },
  title: n === undefined ? '没有的片' : `片${n}`,
  match:
    n === undefined
      ? { kind: 'none', candidates: [] }
      : { kind: 'exact', film: { filmId: filmId(n), title: `片${n}`, durationMs: 60_000 }, candidates: [] },
});
const draftOf = (rows: readonly PlanRow[], sheetRows: readonly SheetRowView[], choices: Choices = new Map()) => {
  const reply = { rows: [...sheetRows], findings: [], applied: false, version: 1 } as unknown as SheetReply;
  let made = 0;
  return sheetDraft({ rows, sheet: reply, choices, zone, cells, newId: () => `n${(made += 1)}` });
};
const gist = (rows: readonly PlanRow[]) => rows.map(({ id, day, clock, filmTitle }) => [id, day, clock, filmTitle]);

describe('a sheet in the editor', () => {
  const before = [
    line('a', '2026-12-05', '08:00:00', 1, { kept: { alternates: [filmId(3)] }, note: '留着' }),
    line('b', '2026-12-05', '09:00:00', 2),
    line('c', '2026-12-06', '08:00:00', 1),
    line('d', '2026-12-06', '', 0, { filmId: '', filmTitle: '', startMode: 'follow' }),
  ];

  it('replaces the days that it names; other days, and lines without film, are the very same', () => {
    const { rows, changes } = draftOf(before, [row(2, '2026-12-05', 8, 1), row(3, '2026-12-05', 10, 2)]);
    expect(gist(rows)).toEqual([
      ['a', '2026-12-05', '08:00:00', '片1'],
      ['n1', '2026-12-05', '10:00:00', '片2'],
      ['c', '2026-12-06', '08:00:00', '片1'],
      ['d', '2026-12-06', '', ''],
    ]);
    expect(rows[0]).toBe(before[0]);
    expect(rows.slice(2)).toEqual(before.slice(2));
    expect(changes).toMatchObject({ added: 1, removed: 1, changed: 0, days: [{ date: '2026-12-05' }] });
  });
  it('keeps what a sheet cannot say of a line that it changes', () => {
    const { rows } = draftOf(before, [
      { ...row(2, '2026-12-05', 8, 1), mustWatch: true, note: '留着' },
      row(3, '2026-12-05', 9, 2),
    ]);
    expect(rows[0]).toMatchObject({ id: 'a', mustWatch: true, note: '留着', kept: { alternates: [filmId(3)] } });
  });
  it('makes an exception of a repeating line on a day that is otherwise', () => {
    const daily = [line('r', '2026-12-01', '08:00:00', 1, { repeat: { every: 'day' } })];
    const { rows } = draftOf(daily, [row(2, '2026-12-05', 9, 1)]);
    expect(rows[0]).toMatchObject({ id: 'r', repeat: { every: 'day', except: ['2026-12-05'] } });
    expect(rows[1]).toMatchObject({ id: 'n1', day: '2026-12-05', clock: '09:00:00' });
    expect(rows[1]).not.toHaveProperty('repeat');
  });
  it('takes the film that somebody chose, and leaves a line with a note where nobody did', () => {
    const [unknown, other] = [row(2, '2026-12-07', 8), row(3, '2026-12-07', 9)];
    const choices = new Map([[rowKey(unknown), { filmId: filmId(2), title: '片2' }]]);
    const { rows } = draftOf([], [unknown, other], choices);
    expect(rows).toMatchObject([
      { filmId: filmId(2), filmTitle: '片2' },
      { filmId: '', filmTitle: '', note: '没有的片' },
    ]);
  });
  it('is idle when the lines say the same', () => {
    const sheetRows = [row(2, '2026-12-05', 8, 1), row(3, '2026-12-05', 9, 2)];
    const once = draftOf([], sheetRows).rows;
    expect(draftOf(once, sheetRows)).toMatchObject({ rows: once, changes: { added: 0, removed: 0, changed: 0 } });
  });
});
