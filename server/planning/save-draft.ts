import type { z } from 'zod';
import type { Id } from '../../media/contract/ids.ts';
import { MOST_PLAN_ITEMS, type planItemInputSchema } from '../../media/contract/planning.ts';
import { isOnGrid } from '../../media/grid/cell.ts';
import { parseCivilDate, parseCivilTime } from '../../media/grid/civil-time.ts';
import { countExpanded } from '../../media/plan/expand-repeats.ts';
import type { PlanItem } from '../../media/plan/plan.ts';
import type { Repeat } from '../../media/plan/repeats.ts';
import { AppError, type FieldProblem, notFound } from '../errors.ts';
import { requireVersion } from '../http/etag.ts';
import { present } from '../http/present.ts';
import { newId } from '../new-id.ts';
import { type AccessParts, replacePlan, requireState } from './plan-access.ts';
import { civilProblemText, planCells, requireFuture } from './plan-dates.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import { forgetting, type Person, type PlanRecord } from './plan-record.ts';
import { checkedPlan, type CheckedPlan, type CheckParts, countOf } from './plan-view.ts';
import { refuseWhatAired } from './published-edit.ts';

type ItemInput = z.output<typeof planItemInputSchema>;
type SaveParts = AccessParts & CheckParts & Pick<PlanningNeeds, 'channels'>;

/** What a new plan is about. */
export interface NewPlan {
  readonly channel: string;
  readonly from: string;
  readonly to: string;
  readonly title?: string | undefined;
  /** Township or village; the county where absent. */
  readonly place?: string | undefined;
}

/** Begins an empty draft. */
export async function createPlan(parts: SaveParts, wanted: NewPlan, author: Person): Promise<CheckedPlan> {
  const { channel, place, from, to, title } = wanted;
  if ((await parts.channels.find(channel)) === undefined) throw notFound('channel');
  const atMs = parts.clock();
  requireFuture(planCells(from, to, parts.settings.TIME_ZONE), atMs);
  const plan: PlanRecord = {
    id: newId(atMs),
    channel,
    from,
    to,
    ...present({ place, title }),
    state: 'draft',
    version: 1,
    author,
    items: [],
    errorCount: 1,
    warningCount: 0,
    createdAtMs: atMs,
  };
  await parts.plans.insert(plan);
  return checkedPlan(parts, plan);
}

/** What is on air is history, and no other plan's business; what is only approved goes back to being a draft. */
function editable(plan: PlanRecord, ifMatch: string | undefined): PlanRecord {
  requireState(plan, ['draft', 'submitted', 'approved'], 'Make a new plan for these days and change that.');
  requireVersion(ifMatch, plan.version);
  const rest = forgetting(plan, 'approver', 'approvedVersion', 'approvalNote');
  return { ...rest, state: 'draft', version: plan.version + 1 };
}

/** Checks a changed plan, keeps its counts and writes it. */
async function save(parts: SaveParts, before: PlanRecord, next: PlanRecord): Promise<CheckedPlan> {
  requireFew(next, parts.settings.TIME_ZONE);
  const checked = await checkedPlan(parts, next);
  const { findings } = checked;
  const counted = {
    ...next,
    errorCount: countOf(findings, 'error'),
    warningCount: countOf(findings, 'warning'),
  };
  return { ...checked, plan: await replacePlan(parts.plans, before, counted) };
}

/** Changes title or dates of a plan that is not published. */
export async function changePlan(
  parts: SaveParts,
  plan: PlanRecord,
  change: { readonly [Key in 'title' | 'from' | 'to']?: string | undefined },
  ifMatch: string | undefined,
): Promise<CheckedPlan> {
  const draft = editable(plan, ifMatch);
  const { from = plan.from, to = plan.to, title = plan.title } = change;
  requireFuture(planCells(from, to, parts.settings.TIME_ZONE), parts.clock());
  return save(parts, plan, { ...draft, from, to, ...(title === undefined ? {} : { title }) });
}

/** Replaces the list of a plan that is not published; what parses is saved, and its findings are answered. 409 says what of a published one is past changing. */
export async function replaceItems(
  parts: SaveParts,
  plan: PlanRecord,
  items: readonly ItemInput[],
  ifMatch: string | undefined,
): Promise<CheckedPlan> {
  requireShort(items);
  const atMs = parts.clock();
  const parsed = (): PlanItem[] => {
    const list = parseItems(items, parts.settings.TIME_ZONE, () => newId(atMs));
    requireFilms(plan.place, list);
    return list;
  };
  if (plan.state === 'published') await refuseWhatAired(parts, plan, parsed(), ifMatch);
  return save(parts, plan, { ...editable(plan, ifMatch), items: parsed() });
}

/** Replaces the list of a plan by items that were made of it. */
export async function replaceList(
  parts: SaveParts,
  plan: PlanRecord,
  items: readonly PlanItem[],
  ifMatch: string | undefined,
): Promise<CheckedPlan> {
  const draft = editable(plan, ifMatch);
  requireShort(items);
  return save(parts, plan, { ...draft, items });
}

function requireShort({ length }: readonly unknown[]): void {
  if (length <= MOST_PLAN_ITEMS) return;
  const message = `A plan has at most ${MOST_PLAN_ITEMS} items, and these are ${length}. Make several plans.`;
  throw new AppError('too_large', message);
}

/** Repeats count as often as they air. */
function requireFew({ items, from, to }: PlanRecord, timeZone: string): void {
  const count = countExpanded({ items, ...planCells(from, to, timeZone) }, timeZone);
  if (count <= MOST_PLAN_ITEMS) return;
  const message = `With its repeats this plan has ${count} items, and ${MOST_PLAN_ITEMS} is the most. Make several plans.`;
  throw new AppError('too_large', message);
}

/** Turns rows into items of a plan: 422 `off_grid` for starts beside the 4 s grid, else 422 `invalid` naming every bad field. */
export function parseItems(rows: readonly ItemInput[], timeZone: string, makeId: () => Id): PlanItem[] {
  const fields: FieldProblem[] = [];
  const offGrid: FieldProblem[] = [];
  const ids = new Set<string>();
  const items = rows.map(({ start, startMode, ...row }, index) => {
    const path = (name: string): string => `items.${index}.${name}`;
    const id = row.id ?? makeId();
    if (ids.has(id)) fields.push({ path: path('id'), message: 'Another item has this id. Leave it out.' });
    ids.add(id);
    const startAtMs = startMode === 'follow' ? undefined : startOf(start, timeZone, path('start'), fields);
    if (startAtMs !== undefined && !isOnGrid(startAtMs)) {
      const message = 'The start is not on the 4 s grid. Use a whole minute, or seconds that 4 divides.';
      offGrid.push({ path: path('start'), message });
    }
    if (row.open === true && row.mustWatch) {
      const message = 'What must be watched is not left open. Choose one of the two.';
      fields.push({ path: path('open'), message });
    }
    if (row.filmId === undefined) checkBareSlot(row, path, fields);
    checkRepeat(row.repeat, startMode, timeZone, path, fields);
    return itemOf({ ...row, id, startMode }, startAtMs);
  });
  if (fields.length > 0) throw refused('invalid', fields);
  if (offGrid.length > 0) throw refused('off_grid', offGrid);
  return items;
}

/** Only a slot may be without a film, and then nothing else tells how long it is. */
function checkBareSlot(
  row: Omit<ItemInput, 'start' | 'startMode'>,
  path: (name: string) => string,
  fields: FieldProblem[],
): void {
  if (row.open !== true) {
    fields.push({ path: path('filmId'), message: 'Choose a film, or leave the slot open to townships and villages.' });
    return;
  }
  if (row.durationMs === undefined)
    fields.push({ path: path('durationMs'), message: 'Say how long the slot is: it has no film.' });
  if ((row.alternates ?? []).length > 0)
    fields.push({ path: path('alternates'), message: 'A slot without a film has no alternates. Leave them out.' });
}

/** A place fills slots, and leaves none open. */
function requireFilms(place: string | undefined, items: readonly PlanItem[]): void {
  if (place === undefined || items.every(({ filmId }) => filmId !== undefined)) return;
  throw new AppError('invalid', 'Only the county leaves slots open. Choose a film for every item of a place.');
}

function startOf(
  start: string | undefined,
  timeZone: string,
  path: string,
  fields: FieldProblem[],
): number | undefined {
  if (start === undefined) {
    fields.push({ path, message: 'Give the start, as in 2026-12-01T19:30:00+08:00, or let the item follow.' });
    return undefined;
  }
  const parsed = parseCivilTime(start, timeZone);
  if (parsed.ok) return parsed.atMs;
  fields.push({ path, message: civilProblemText[parsed.code] });
  return undefined;
}

/** Names dates of a rule that do not exist, and a rule where the item before has to bring it. */
function checkRepeat(
  repeat: Repeat | undefined,
  startMode: PlanItem['startMode'],
  timeZone: string,
  path: (name: string) => string,
  fields: FieldProblem[],
): void {
  if (repeat === undefined) return;
  if (startMode === 'follow') {
    const message = 'An item that follows repeats with the item before it. Put the rule there.';
    fields.push({ path: path('repeat'), message });
  }
  const dates = [
    ['until', repeat.until] as const,
    ...(repeat.except ?? []).map((date, n) => [`except.${n}`, date] as const),
  ];
  for (const [name, date] of dates) {
    const read = date === undefined ? undefined : parseCivilDate(date, timeZone);
    if (read?.ok === false) fields.push({ path: path(`repeat.${name}`), message: civilProblemText[read.code] });
  }
}

function itemOf(
  row: Omit<ItemInput, 'start' | 'id'> & { readonly id: string },
  startAtMs: number | undefined,
): PlanItem {
  const { id, filmId, startMode, maxLateMs, mustWatch, durationMs, title, note, alternates, repeat } = row;
  const open = row.open || undefined;
  const given = present({ filmId, startAtMs, open, durationMs, title, note, alternates, repeat });
  return { id, startMode, maxLateMs, mustWatch, ...given };
}

/** At most this many fields are named; nobody mends more at once. */
const namedFields = 50;

function refused(code: 'invalid' | 'off_grid', fields: readonly FieldProblem[]): AppError {
  const said = fields
    .slice(0, 3)
    .map(({ path, message }) => `${path}: ${message}`)
    .join(' ');
  return new AppError(code, said, { fields: fields.slice(0, namedFields) });
}
