import type { SheetFindingView, SheetReply } from '../../media/contract/sheet.ts';
import { applySheet, bareSlotFilm, cutShortS, type MatchedRow } from '../../media/sheet/apply-sheet.ts';
import { isBareSlotRow, readSheet } from '../../media/sheet/read-sheet.ts';
import { sheetChanges } from '../../media/sheet/sheet-changes.ts';
import { type SheetFinding, sheetFinding } from '../../media/sheet/sheet-finding.ts';
import { sheetFindingText } from '../../media/sheet/sheet-finding-text.ts';
import type { SheetPage } from '../../media/sheet/sheet-page.ts';
import { AppError } from '../errors.ts';
import { newId } from '../new-id.ts';
import { readPages } from '../sheets/read-pages.ts';
import { certainFilm, filmMatcher } from './match-films.ts';
import { planCells } from './plan-dates.ts';
import type { PlanningNeeds } from './plan-parts.ts';
import type { PlanRecord } from './plan-record.ts';
import { replaceList } from './save-draft.ts';

type SheetParts = PlanningNeeds;

/** A sheet held against a plan and the library. */
interface CheckedSheet {
  readonly pages: readonly SheetPage[];
  readonly rows: SheetReply['rows'];
  readonly findings: readonly SheetFinding[];
  readonly matched: readonly MatchedRow[];
}

/** Reads a sheet for a plan's days and finds the films that it means; nothing is changed. */
export async function checkSheet(parts: SheetParts, plan: PlanRecord, bytes: Uint8Array): Promise<CheckedSheet> {
  const pages = await readPages(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const read = readSheet(pages, { from: plan.from, to: plan.to });
  const match = filmMatcher(await parts.filmCatalogue.titles());
  const findings = [...read.findings];
  const matched: MatchedRow[] = [];
  const rows = read.rows.map((row) => {
    if (plan.place === undefined && isBareSlotRow(row)) {
      if (row.lengthMs === undefined && row.endMs === undefined)
        findings.push(sheetFinding('slot_without_length', row));
      matched.push({ row, film: bareSlotFilm });
      return { ...row, match: { kind: 'slot' as const, candidates: [] } };
    }
    const found = match(row);
    const film = certainFilm(found);
    if (film === undefined) {
      const title = (row.title === '' ? (row.film ?? '') : row.title).slice(0, 60);
      const candidates = found.candidates.map((each) => `《${each.title}》`).join('、');
      findings.push(sheetFinding(candidates === '' ? 'unknown_film' : 'choose_film', row, { title, candidates }));
    } else {
      matched.push({ row, film });
      const seconds = cutShortS(row, film);
      if (seconds > 0) findings.push(sheetFinding('cut_short', row, { title: film.title, seconds }));
    }
    return { ...row, match: found };
  });
  const pageAt = new Map(pages.map(({ name }, index) => [name, index]));
  const place = ({ page, line }: SheetFinding): number => (pageAt.get(page) ?? 0) * 1_000_000 + line;
  return { pages, rows, matched, findings: findings.sort((a, b) => place(a) - place(b)) };
}

/** A finding as clients read it. */
const findingView = (finding: SheetFinding): SheetFindingView => ({
  ...finding,
  params: { ...finding.params },
  message: sheetFindingText(finding, 'en'),
});

/** Holds a sheet against a plan; with `apply` it becomes the plan's list for its days, unless an error stands (422 `findings`). */
export async function importSheet(
  parts: SheetParts,
  plan: PlanRecord,
  bytes: Uint8Array,
  order: { readonly apply: boolean; readonly ifMatch: string | undefined },
): Promise<SheetReply> {
  const { rows, findings, matched } = await checkSheet(parts, plan, bytes);
  const timeZone = parts.settings.TIME_ZONE;
  const list = { items: plan.items, ...planCells(plan.from, plan.to, timeZone) };
  const atMs = parts.clock();
  const items = applySheet(list, matched, { timeZone, newId: () => newId(atMs) });
  const reply = {
    rows,
    findings: findings.map(findingView),
    changes: { ...sheetChanges(plan.items, items, timeZone) } as SheetReply['changes'],
  };
  if (!order.apply) return { ...reply, applied: false, version: plan.version };
  const errors = reply.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw refused(errors);
  if (items === plan.items) return { ...reply, applied: true, version: plan.version };
  const saved = await replaceList(parts, plan, items, order.ifMatch);
  return { ...reply, applied: true, version: saved.plan.version };
}

/** At most this many findings go into an error; the dry run has all. */
const shownErrors = 50;

const refused = (errors: readonly SheetFindingView[]): AppError => {
  const [first] = errors;
  const where = first === undefined ? '' : `Line ${first.line}: ${first.message}`;
  const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : '';
  return new AppError('findings', `The sheet is not applied. ${where}${more}`, {
    findings: errors.slice(0, shownErrors),
  });
};
