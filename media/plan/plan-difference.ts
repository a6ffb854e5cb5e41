import { guideDifference, type RowChange } from './difference.ts';
import type { GuideRow } from './guide.ts';

/** A difference as people read it: an item that only begins or ends at another time has moved. */
export interface PlanChange {
  readonly kind: 'added' | 'removed' | 'moved' | 'changed';
  readonly before?: GuideRow;
  readonly after?: GuideRow;
  /** What differs: `start`, `end`, `film`, `title`, `mustWatch`. */
  readonly fields: readonly string[];
}

/**
 * What people will notice of planned items when `after` replaces `before`, in order of time. Plans that were written anew have
 * other ids for the same items: what begins at the same cell is the same item, and so is the same film on the same day.
 */
export function planDifference(
  before: readonly GuideRow[],
  after: readonly GuideRow[],
  dayOf: (atMs: number) => string,
): PlanChange[] {
  const items = (rows: readonly GuideRow[]): readonly GuideRow[] => rows.filter(({ kind }) => kind === 'item');
  const renamed = withIdsOf(items(before), items(after), dayOf);
  return guideDifference(items(before), renamed).map(changeOf);
}

function changeOf(change: RowChange): PlanChange {
  if (change.kind === 'added') return { kind: 'added', after: change.after, fields: [] };
  if (change.kind === 'removed') return { kind: 'removed', before: change.before, fields: [] };
  const { before, after, fields } = change;
  const isMoved = fields.every((field) => field === 'start' || field === 'end');
  return { kind: isMoved ? 'moved' : 'changed', before, after, fields };
}

/** Rows under the ids that their counterparts have, where no row has it already. */
function withIdsOf(
  before: readonly GuideRow[],
  after: readonly GuideRow[],
  dayOf: (atMs: number) => string,
): readonly GuideRow[] {
  const ids = new Set(after.map(({ id }) => id));
  const free = new Set(before.filter(({ id }) => !ids.has(id)));
  const known = new Set(before.map(({ id }) => id));
  const taken = new Map<GuideRow, string>();
  const pair = (keyOf: (row: GuideRow) => string): void => {
    const byKey = new Map([...free].map((row) => [keyOf(row), row]));
    for (const row of after) {
      const match = known.has(row.id) || taken.has(row) ? undefined : byKey.get(keyOf(row));
      if (match === undefined || !free.delete(match)) continue;
      taken.set(row, match.id);
    }
  };
  pair(({ fromCell, filmId = '' }) => `${fromCell}/${filmId}`);
  pair(({ fromCell }) => `${fromCell}`);
  pair(({ startAtMs, filmId = '' }) => `${dayOf(startAtMs)}/${filmId}`);
  return after.map((row) => ({ ...row, id: taken.get(row) ?? row.id }));
}
