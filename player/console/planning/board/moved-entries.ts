import type { BoardEntry } from './board-entries.ts';

/** Other airings that have another time after a change, at their new time; a line that repeats keeps its days apart. */
export function movedBy(
  before: readonly BoardEntry[],
  after: readonly BoardEntry[],
  own: string,
): readonly BoardEntry[] {
  const was = new Map(before.map((entry) => [nameOf(entry), entry]));
  return after.filter((entry) => {
    const old = was.get(nameOf(entry));
    return old !== undefined && entry.row.id !== own && old.startAtMs !== entry.startAtMs;
  });
}

const nameOf = ({ key, row, isRepeated }: BoardEntry): string => (isRepeated ? key : row.id);
