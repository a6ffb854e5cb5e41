import type { PlanRow } from './plan-rows.ts';

/** Changes of a plan that this browser keeps until the server has them. */
export interface KeptDraft {
  readonly rows: readonly PlanRow[];
  /** What the server had when they were begun. */
  readonly base: readonly PlanRow[];
  /** Whose they are: a browser may be shared. */
  readonly personId: string;
  readonly atMs: number;
}

const prefix = 'yuanbo.plan-draft.';
/** Drafts of so many plans are kept, the newest ones; browsers give a site about five million characters. */
const mostDrafts = 5;
const mostCharacters = 1_500_000;

/** Keeps the changes of a plan; false where the browser does not, or where they are too many. */
export function keepDraft(planId: string, draft: KeptDraft): boolean {
  const text = JSON.stringify(draft);
  if (text.length > mostCharacters) return false;
  try {
    dropOldest(planId);
    localStorage.setItem(prefix + planId, text);
    return true;
  } catch {
    return false;
  }
}

/** What is kept of a plan; undefined where there is nothing, or nothing that can be read. */
export function keptDraft(planId: string): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(prefix + planId) ?? 'null');
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The server has them, or nobody wants them any more. */
export function dropDraft(planId: string): void {
  try {
    localStorage.removeItem(prefix + planId);
  } catch {
    // Where storage is forbidden nothing was kept.
  }
}

function dropOldest(planId: string): void {
  const others = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix) && key !== prefix + planId)
    .map((key) => ({ id: key.slice(prefix.length), atMs: keptDraft(key.slice(prefix.length))?.atMs ?? 0 }))
    .sort((a, b) => b.atMs - a.atMs);
  for (const { id } of others.slice(mostDrafts - 1)) dropDraft(id);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Older releases may have kept lines of another shape: those are not taken. */
function isDraft(value: unknown): value is KeptDraft {
  if (!isRecord(value)) return false;
  const { rows, base, personId, atMs } = value;
  return isRows(rows) && isRows(base) && typeof personId === 'string' && typeof atMs === 'number';
}

const texts = ['id', 'day', 'clock', 'startMode', 'filmId', 'filmTitle', 'note'] as const;
const isRows = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(
    (row: unknown) =>
      isRecord(row) && texts.every((name) => typeof row[name] === 'string') && typeof row['maxLateMs'] === 'number',
  );
