import { describe, expect, it } from 'vitest';
import {
  addRow,
  changeRow,
  duplicateRow,
  moveRow,
  removeRow,
  sortDay,
  withFilmLength,
} from '../../../../player/console/planning/edit-rows.ts';
import {
  bareSlot,
  daysOf,
  itemsOf,
  type PlanRow,
  rowsOf,
  timesOf,
} from '../../../../player/console/planning/plan-rows.ts';
import { planItemInputSchema } from '../../../../media/contract/planning.ts';

const zone = 'Asia/Shanghai';
const day = '2026-12-01';
const row = (id: string, fields: Partial<PlanRow> = {}): PlanRow => ({
  id,
  day,
  clock: '19:00:00',
  startMode: 'hard',
  maxLateMs: 0,
  filmId: '01h00000000000000000000000',
  filmTitle: '春耕',
  filmMs: 60_000,
  mustWatch: false,
  note: '',
  ...fields,
});
const at = (text: string) => Date.parse(`${day}T${text}+08:00`);
const ids = (rows: readonly PlanRow[]) => rows.map(({ id }) => id);

describe('when the lines of a plan air', () => {
  it('lets a follower start when the one before it ends, on whole cells', () => {
    const times = timesOf([row('a', { filmMs: 61_000 }), row('b', { startMode: 'follow', clock: '' })], zone);
    expect(times.get('a')).toEqual({ startAtMs: at('19:00:00'), endAtMs: at('19:01:04') });
    expect(times.get('b')).toEqual({ startAtMs: at('19:01:04'), endAtMs: at('19:02:04') });
  });

  it('lets a soft start wait for the one before it, as long as it may', () => {
    const startAfter = (filmMs: number, maxLateMs: number) =>
      timesOf([row('a', { filmMs }), row('b', { clock: '19:10:00', startMode: 'soft', maxLateMs })], zone).get('b')
        ?.startAtMs;
    expect(startAfter(300_000, 300_000)).toBe(at('19:10:00'));
    expect(startAfter(720_000, 300_000)).toBe(at('19:12:00'));
    expect(startAfter(1_200_000, 300_000)).toBe(at('19:15:00'));
  });

  it('does not know what follows something unknown', () => {
    const times = timesOf(
      [row('a', { filmMs: undefined as never }), row('b', { startMode: 'follow', clock: '' })],
      zone,
    );
    expect(times.get('b')).toEqual({});
  });
});

describe('what the list does not show', () => {
  const kept = { alternates: ['01h00000000000000000000001'] } as unknown as NonNullable<PlanRow['kept']>;
  const repeat = { every: 'day' } as const;
  it('is kept through an edit, and a copied or following line airs once', () => {
    expect(itemsOf([row('a', { kept, repeat })], zone)[0]).toMatchObject({ ...kept, repeat });
    const follower = row('b', { kept, repeat, startMode: 'follow', clock: '' });
    expect(itemsOf([row('a'), follower], zone)[1]).not.toHaveProperty('repeat');
    expect(duplicateRow([row('a', { kept, repeat })], 'a', 'c')[1]).not.toHaveProperty('repeat');
  });
});

describe('what is sent to the server', () => {
  const rows = [
    row('a', { note: ' 党员必看 ', mustWatch: true }),
    row('b', { startMode: 'follow', clock: '' }),
    row('c', { filmId: '' }),
  ];

  it('is what the contract takes, without lines that have no film yet', () => {
    const items = itemsOf(rows, zone);
    expect(items.map((item) => planItemInputSchema.safeParse(item).success)).toEqual([true, true]);
    expect(items[0]).toMatchObject({ id: 'a', start: '2026-12-01T19:00:00+08:00', note: '党员必看', mustWatch: true });
    expect(items[1]).not.toHaveProperty('start');
  });

  it('has slots that are open without a film, with the length that they were given', () => {
    const slot: PlanRow = { ...row('s'), ...bareSlot, filmMs: 1_800_000 };
    const [sent] = itemsOf([slot, { ...slot, id: 't', open: false }], zone);
    expect(itemsOf([{ ...slot, open: false }], zone)).toEqual([]);
    expect(sent).not.toHaveProperty('filmId');
    expect(planItemInputSchema.parse(sent)).toMatchObject({ open: true, durationMs: 1_800_000 });
    const [back] = rowsOf({ from: day, items: [{ ...sent!, filmTitle: '乡镇自办' }] }, zone);
    expect(back).toMatchObject({ filmId: '', filmTitle: '乡镇自办', open: true, durationMs: 1_800_000 });
  });

  it('comes back as the same lines', () => {
    const sent = itemsOf(rows, zone);
    const times = timesOf(rows, zone);
    const items = sent.map((item) => ({ ...item, filmTitle: '春耕', ...times.get(item.id) }));
    const back = rowsOf({ from: day, items }, zone);
    expect(itemsOf(back, zone)).toEqual(sent);
    expect(back.map((one) => one.day)).toEqual([day, day]);
  });
});

describe('editing the list', () => {
  const rows = [row('a'), row('b', { clock: '20:00:00' }), row('z', { day: '2026-12-02' })];

  it('adds a line at the end of its day, at the next whole minute', () => {
    const added = addRow([row('a', { filmMs: 61_000 }), row('z', { day: '2026-12-02' })], { day }, 'n', zone);
    expect(ids(added)).toEqual(['a', 'n', 'z']);
    expect(added[1]).toMatchObject({ day, clock: '19:02:00', filmId: '' });
  });

  it('inserts behind a line', () => {
    expect(ids(addRow(rows, { day, behind: 'a' }, 'n', zone))).toEqual(['a', 'n', 'b', 'z']);
  });

  it('swaps the times of two lines that have their own, and leaves other days alone', () => {
    const moved = moveRow(rows, 'b', -1);
    expect(moved.map(({ id, clock }) => `${id} ${clock}`).slice(0, 2)).toEqual(['b 19:00:00', 'a 20:00:00']);
    expect(moveRow(rows, 'b', 1)).toBe(rows);
    expect(moveRow(rows, 'a', -1)).toBe(rows);
  });

  it('repeats a line so that it follows on', () => {
    expect(duplicateRow(rows, 'a', 'n')[1]).toMatchObject({ id: 'n', startMode: 'follow', clock: '' });
  });

  it('sorts a day by the clock and keeps followers behind their line', () => {
    const mixed = [
      row('late', { clock: '21:00:00' }),
      row('after-late', { startMode: 'follow', clock: '' }),
      row('early', { clock: '08:00:00' }),
      row('z', { day: '2026-12-02' }),
    ];
    expect(ids(sortDay(mixed, day))).toEqual(['early', 'late', 'after-late', 'z']);
  });

  it('changes, clears a length, and removes', () => {
    const cut = changeRow(rows, 'a', { durationMs: 12_000 });
    expect(cut[0]?.durationMs).toBe(12_000);
    expect(withFilmLength(cut, 'a')[0]).not.toHaveProperty('durationMs');
    expect(ids(removeRow(rows, 'a'))).toEqual(['b', 'z']);
  });

  it('lists the days of the plan and any other that has lines', () => {
    expect(daysOf({ from: day, to: '2026-12-03' }, [row('a', { day: '2026-12-09' })])).toEqual([
      '2026-12-01',
      '2026-12-02',
      '2026-12-09',
    ]);
  });
});
