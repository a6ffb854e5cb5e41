import type { SheetReply, SheetRowView } from '../../../../media/contract/sheet.ts';
import { formatCivilTime, parseCivilTime } from '../../../../media/grid/civil-time.ts';
import type { PlanItem } from '../../../../media/plan/plan.ts';
import { applySheet, bareSlotFilm, type SheetFilm } from '../../../../media/sheet/apply-sheet.ts';
import { sheetChanges, type SheetChanges } from '../../../../media/sheet/sheet-changes.ts';
import type { PlanRow } from '../plan-rows.ts';

/** Which film somebody chose for a row, by the row's key; undefined: none yet. */
export type Choices = ReadonlyMap<string, SheetFilm | undefined>;

/** Names a row of a sheet. */
export const rowKey = ({ page, line }: Pick<SheetRowView, 'page' | 'line'>): string => `${page}\n${line}`;

/** The film of a row: what was chosen, else what is certain. */
export const filmOf = (row: SheetRowView, choices: Choices): SheetFilm | undefined =>
  choices.has(rowKey(row)) ? choices.get(rowKey(row)) : certain(row);

const certain = ({ match }: SheetRowView): SheetFilm | undefined =>
  match.kind === 'slot' ? bareSlotFilm : match.film && plain(match.film);

/** A film without what is not known of it. */
export const plain = (film: {
  readonly filmId: string;
  readonly title: string;
  readonly durationMs?: number | undefined;
}): SheetFilm => ({
  ...{ filmId: film.filmId, title: film.title },
  ...(film.durationMs === undefined ? {} : { durationMs: film.durationMs }),
});

/** What applying a sheet would make of the lines of the editor. */
export interface SheetDraft {
  readonly rows: readonly PlanRow[];
  readonly changes: SheetChanges;
}

/** What the editor needs for it. */
export interface SheetDraftInput {
  readonly rows: readonly PlanRow[];
  readonly sheet: SheetReply;
  readonly choices: Choices;
  readonly zone: string;
  /** Cells of the plan, [fromCell, toCell). */
  readonly cells: { readonly fromCell: number; readonly toCell: number };
  readonly newId: () => string;
}

/** Puts a sheet into the lines of the editor; rows without film become lines without film, which keep the title as a note. */
export function sheetDraft({ rows, sheet, choices, zone, cells, newId }: SheetDraftInput): SheetDraft {
  const before = rows.map((row) => itemOf(row, zone));
  const films = new Map<string, SheetFilm>();
  const matched = sheet.rows.map((row) => {
    const film = filmOf(row, choices) ?? { filmId: '', title: row.title };
    films.set(film.filmId, film);
    const note =
      film.filmId === '' && row.match.kind !== 'slot' ? { note: [row.title, row.note].filter(Boolean).join(' ') } : {};
    return { row: { ...row, ...note }, film };
  });
  const after = applySheet({ items: before, ...cells }, matched, { timeZone: zone, newId });
  const known = new Map(before.map((item, index) => [item, rows[index]]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  let day = '';
  const made = after.map((item): PlanRow => {
    const kept = known.get(item);
    const row = kept ?? rowOf(item, { day, zone, film: films.get(item.filmId ?? ''), was: byId.get(item.id) });
    day = row.day;
    return row;
  });
  return { rows: made, changes: sheetChanges(before, after, zone) };
}

function itemOf(row: PlanRow, zone: string): PlanItem {
  const read = row.clock === '' ? undefined : parseCivilTime(`${row.day}T${row.clock}`, zone);
  return {
    ...(row.kept?.alternates === undefined ? {} : { alternates: row.kept.alternates }),
    ...(row.filmId === '' ? {} : { filmId: row.filmId }),
    ...{ id: row.id, startMode: row.startMode, maxLateMs: row.maxLateMs, mustWatch: row.mustWatch },
    ...(row.startMode !== 'follow' && read?.ok === true ? { startAtMs: read.atMs } : {}),
    ...(row.open === true ? { open: true } : {}),
    ...(row.durationMs === undefined ? {} : { durationMs: row.durationMs }),
    ...(row.title === undefined ? {} : { title: row.title }),
    ...(row.note === '' ? {} : { note: row.note }),
    ...(row.repeat === undefined ? {} : { repeat: row.repeat }),
  };
}

function rowOf(
  item: PlanItem,
  about: {
    readonly day: string;
    readonly zone: string;
    readonly film: SheetFilm | undefined;
    readonly was: PlanRow | undefined;
  },
): PlanRow {
  const { film, was } = about;
  const [day = about.day, clock = ''] =
    item.startAtMs === undefined ? [] : formatCivilTime(item.startAtMs, about.zone).slice(0, 19).split('T');
  const filmMs = film?.durationMs ?? was?.filmMs;
  const repeat = item.repeat === undefined ? undefined : exceptAs(was?.repeat, item.repeat);
  return {
    ...unsaid(about.was),
    ...{ id: item.id, day, clock, startMode: item.startMode, maxLateMs: item.maxLateMs, mustWatch: item.mustWatch },
    filmId: item.filmId ?? '',
    filmTitle: titleOf(item, film) ?? was?.filmTitle ?? '',
    ...(item.open === true ? { open: true } : {}),
    note: item.note ?? '',
    ...(filmMs === undefined ? {} : { filmMs }),
    ...(item.durationMs === undefined ? {} : { durationMs: item.durationMs }),
    ...(item.title === undefined ? {} : { title: item.title }),
    ...(repeat === undefined ? {} : { repeat }),
  };
}

/** What the film of an item is called; a line without one is nothing yet, unless it is open. */
function titleOf({ filmId, open }: PlanItem, film: SheetFilm | undefined): string | undefined {
  if (filmId !== undefined) return film?.title;
  return open === true ? bareSlotFilm.title : '';
}

const said = new Set(['durationMs', 'title', 'repeat', 'filmMs']);

/** What of a line no sheet says. */
const unsaid = (row: PlanRow | undefined): Partial<PlanRow> =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([name]) => !said.has(name)));

/** A rule changes only by an exception, which is all of it that a sheet can say. */
const exceptAs = (rule: PlanRow['repeat'], { except }: NonNullable<PlanItem['repeat']>): PlanRow['repeat'] =>
  rule === undefined ? undefined : { ...rule, ...(except === undefined ? {} : { except: [...except] }) };
