import { cellsOf } from '../grid/cell.ts';
import { civilDateOf, parseCivilDate, parseCivilTime } from '../grid/civil-time.ts';
import { expandRepeats } from '../plan/expand-repeats.ts';
import { followBlocks } from '../plan/follow-blocks.ts';
import { bareSlotTitle, type PlanItem, type PlanList } from '../plan/plan.ts';
import { isBareSlotRow, type SheetRow } from './read-sheet.ts';
import { foldCell } from './sheet-page.ts';
import { clockText } from './sheet-time.ts';

/** The film that a row means; without a number where it names none, as one that leaves a slot open. */
export interface SheetFilm {
  readonly filmId: string;
  readonly title: string;
  /** True length, where known. */
  readonly durationMs?: number;
}

/** What a row means that leaves a slot open without a film. */
export const bareSlotFilm: SheetFilm = { filmId: '', title: bareSlotTitle };

/** A row whose film is known. */
export interface MatchedRow {
  readonly row: SheetRow;
  readonly film: SheetFilm;
}

/** What applying needs besides the rows. */
export interface ApplyContext {
  readonly timeZone: string;
  readonly newId: () => string;
}

/** People round to minutes: an end that is less than this before the film's end means the whole film. */
const roundingMs = 60_000;

/**
 * Puts a sheet into a plan's list. The sheet is the truth for every county date that it names; other days stay. What it
 * says already stays as it is, with all that a sheet cannot say (id, alternates, repeats); so applying a sheet twice,
 * or one that was exported from the list, changes nothing: the very same array comes back. A day on which a repeating line
 * airs otherwise becomes an exception of it.
 */
export function applySheet(list: PlanList, rows: readonly MatchedRow[], context: ApplyContext): readonly PlanItem[] {
  const days = new Map<string, MatchedRow[]>();
  for (const matched of rows) days.set(matched.row.date, [...(days.get(matched.row.date) ?? []), matched]);
  let items = list.items;
  for (const [date, wanted] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    items = applyDay({ ...list, items }, date, wanted, context);
  }
  return items;
}

/** What of the list airs on a day: items as they are on it, with the line that they are of. */
function airingOn(list: PlanList, date: string, timeZone: string): PlanItem[] {
  let day = '';
  return expandRepeats(list, timeZone).items.filter((item) => {
    if (item.startMode !== 'follow' && item.startAtMs !== undefined) day = civilDateOf(item.startAtMs, timeZone);
    return day === date;
  });
}

function applyDay(
  list: PlanList,
  date: string,
  wanted: readonly MatchedRow[],
  context: ApplyContext,
): readonly PlanItem[] {
  const open = openOf(airingOn(list, date, context.timeZone), wanted, context.timeZone);
  const unused = [...open.airing];
  const next = open.wanted.map((matched) => {
    const at = unused.findIndex((item) => means(item, matched, context.timeZone));
    const before = at < 0 ? undefined : unused.splice(at, 1)[0];
    return { before, item: itemOf(matched, before, context) };
  });
  if (unused.length === 0 && next.every(({ before, item }) => before !== undefined && isSame(before, item))) {
    return list.items;
  }
  const gone = new Set(open.airing.filter((item) => !isRepeated(item)).map(({ id }) => id));
  const excepted = new Set(open.airing.filter(isRepeated).map(({ line }) => line?.id));
  const kept = list.items.map((item) => (excepted.has(item.id) ? exceptOn(item, date) : item));
  const at = kept.findIndex((item) => gone.has(item.id));
  const index = at >= 0 ? at : placeOf(kept, date, context.timeZone);
  const made = next.map(({ before, item }) =>
    before !== undefined && isRepeated(before) ? { ...item, id: context.newId() } : item,
  );
  const stays = ({ id }: PlanItem): boolean => !gone.has(id);
  return [...kept.slice(0, index).filter(stays), ...made, ...kept.slice(index).filter(stays)];
}

/** Whether an item airs because a line repeats: then it has an id of its own for the day. */
const isRepeated = (item: PlanItem): boolean => item.line !== undefined && item.line.id !== item.id;

/** What of a day the sheet has otherwise: a programme with what follows it is the same only in the same order. */
function openOf(
  airing: readonly PlanItem[],
  wanted: readonly MatchedRow[],
  timeZone: string,
): { readonly airing: readonly PlanItem[]; readonly wanted: readonly MatchedRow[] } {
  const rowBlocks = followBlocks(wanted, ({ row }) => row.start.startMode);
  const openItems = followBlocks(airing, ({ startMode }) => startMode).filter((block) => {
    const at = rowBlocks.findIndex((rows) => isBlock(block, rows, timeZone));
    if (at >= 0) rowBlocks.splice(at, 1);
    return at < 0;
  });
  return { airing: openItems.flat(), wanted: rowBlocks.flat() };
}

const isBlock = (block: readonly PlanItem[], rows: readonly MatchedRow[], timeZone: string): boolean =>
  block.length === rows.length &&
  rows.every((matched, index) => {
    const item = block[index];
    if (item === undefined || !means(item, matched, timeZone)) return false;
    return isSame(item, itemOf(matched, item, { timeZone, newId: () => item.id }));
  });

/** Before the first item of a later day, and never between an item and those that follow it. */
function placeOf(items: readonly PlanItem[], date: string, timeZone: string): number {
  const later = items.findIndex(
    ({ startMode, startAtMs }) =>
      startMode !== 'follow' && startAtMs !== undefined && civilDateOf(startAtMs, timeZone) > date,
  );
  return later < 0 ? items.length : later;
}

function exceptOn(item: PlanItem, date: string): PlanItem {
  if (item.repeat === undefined) return item;
  const except = [...new Set([...(item.repeat.except ?? []), date])].sort();
  return { ...item, repeat: { ...item.repeat, except } };
}

/** Whether an item of the list is what a row says: the film at that time, or following. */
function means(item: PlanItem, { row, film }: MatchedRow, timeZone: string): boolean {
  if ((item.filmId ?? '') !== film.filmId) return false;
  const startAtMs = startOf(row, timeZone);
  return startAtMs === undefined ? item.startMode === 'follow' : item.startAtMs === startAtMs;
}

/** The instant of a row's time on its date; where clocks skip it, as long after midnight as it says. */
function startOf({ date, startMs }: SheetRow, timeZone: string): number | undefined {
  if (startMs === undefined) return undefined;
  const read = parseCivilTime(`${date}T${clockText(startMs)}`, timeZone);
  if (read.ok) return read.atMs;
  const midnight = parseCivilDate(date, timeZone);
  return midnight.ok ? midnight.atMs + startMs : undefined;
}

/** An item as a row says it; what the sheet does not say is as before. */
function itemOf({ row, film }: MatchedRow, before: PlanItem | undefined, { timeZone, newId }: ApplyContext): PlanItem {
  const isSlot = film.filmId === '' && isBareSlotRow(row);
  const startAtMs = startOf(row, timeZone);
  const durationMs = lengthOf(row, film, before);
  const title = titleOf(row, film, before);
  const note = row.note === undefined || foldCell(row.note) === foldCell(before?.note) ? before?.note : row.note;
  return {
    ...(before === undefined ? {} : unsaid(before)),
    id: before?.id ?? newId(),
    ...(film.filmId === '' ? {} : { filmId: film.filmId }),
    ...(isSlot ? { open: true } : {}),
    ...(startAtMs === undefined ? {} : { startAtMs }),
    startMode: row.start.startMode,
    maxLateMs: latenessOf(row, before),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(title === undefined ? {} : { title }),
    mustWatch: !isSlot && (row.mustWatch ?? before?.mustWatch ?? false),
    ...(note === undefined || note === '' ? {} : { note }),
  };
}

const said = new Set(['startAtMs', 'durationMs', 'title', 'note', 'repeat', 'line']);

/** What of an item no sheet says, as its alternates; on the day of a row it airs once. */
const unsaid = (item: PlanItem): Partial<PlanItem> =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !said.has(name)));

/** Sheets say whole seconds. */
function latenessOf({ start }: SheetRow, before: PlanItem | undefined): number {
  const isBefore =
    before?.startMode === start.startMode && Math.round(before.maxLateMs / 1000) * 1000 === start.maxLateMs;
  return isBefore ? before.maxLateMs : start.maxLateMs;
}

/** How long the row lets the film run, where that is less than the whole of it. */
function lengthOf(row: SheetRow, film: SheetFilm, before: PlanItem | undefined): number | undefined {
  const { durationMs } = film;
  if (row.lengthMs !== undefined) {
    if (durationMs !== undefined && cellsOf(row.lengthMs) >= cellsOf(durationMs)) return undefined;
    const asBefore = before?.durationMs;
    return asBefore !== undefined && clockText(asBefore) === clockText(row.lengthMs) ? asBefore : row.lengthMs;
  }
  if (row.endMs === undefined) return before?.durationMs;
  const slotMs = row.endMs - (row.startMs ?? 0);
  if (film.filmId === '' && isBareSlotRow(row)) return slotMs;
  return durationMs === undefined || slotMs > durationMs - roundingMs ? undefined : slotMs;
}

/** A row with the film's number may give it another title; without one its title is how the film was found. */
function titleOf(row: SheetRow, film: SheetFilm, before: PlanItem | undefined): string | undefined {
  if (row.film === undefined || row.title === '') return before?.title;
  const title = foldCell(row.title);
  if (before?.title !== undefined && title === foldCell(before.title)) return before.title;
  return title === foldCell(film.title) ? undefined : row.title;
}

const isSame = (a: PlanItem, b: PlanItem): boolean =>
  a.startAtMs === b.startAtMs &&
  a.startMode === b.startMode &&
  a.maxLateMs === b.maxLateMs &&
  a.durationMs === b.durationMs &&
  a.title === b.title &&
  a.mustWatch === b.mustWatch &&
  a.note === b.note;

/** How many seconds of a film a row cuts off; 0 where it shows the whole. */
export function cutShortS(row: SheetRow, film: SheetFilm): number {
  const ms = lengthOf(row, film, undefined);
  return ms === undefined || film.durationMs === undefined ? 0 : Math.max(0, Math.round((film.durationMs - ms) / 1000));
}
