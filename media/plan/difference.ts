import type { GuideRow } from './guide.ts';

/** How one row of a guide differs between two timelines. */
export type RowChange =
  | { readonly kind: 'added'; readonly after: GuideRow }
  | { readonly kind: 'removed'; readonly before: GuideRow }
  | {
      readonly kind: 'changed';
      readonly before: GuideRow;
      readonly after: GuideRow;
      /** What differs: `start`, `end`, `film`, `title`, `mustWatch`. */
      readonly fields: readonly string[];
    };

function changedFields(before: GuideRow, after: GuideRow): string[] {
  const pairs = {
    start: before.fromCell === after.fromCell,
    end: before.toCell === after.toCell,
    film: before.filmId === after.filmId,
    title: before.title === after.title,
    mustWatch: before.mustWatch === after.mustWatch,
  };
  return Object.entries(pairs).flatMap(([field, same]) => (same ? [] : [field]));
}

/** What people will notice when `after` replaces `before`: items only, slate is what is left. In order of time. */
export function guideDifference(before: readonly GuideRow[], after: readonly GuideRow[]): RowChange[] {
  const isItem = (row: GuideRow): boolean => row.kind !== 'slate';
  const old = new Map(before.filter(isItem).map((row) => [row.id, row]));
  const changes: RowChange[] = [];
  for (const row of after.filter(isItem)) {
    const was = old.get(row.id);
    old.delete(row.id);
    if (!was) changes.push({ kind: 'added', after: row });
    else {
      const fields = changedFields(was, row);
      if (fields.length > 0) changes.push({ kind: 'changed', before: was, after: row, fields });
    }
  }
  for (const row of old.values()) changes.push({ kind: 'removed', before: row });
  const cellOf = (change: RowChange): number => ('after' in change ? change.after : change.before).fromCell;
  return changes.sort((a, b) => cellOf(a) - cellOf(b));
}
