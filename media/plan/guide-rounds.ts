import type { GuideRow } from './guide.ts';

/** What a round of fillers is called in guides: naming each of them would bury the programme. */
export const fillerRoundTitle = '片库轮播';

/** A guide in which neighbouring fillers are one row, as a listing for people has it. */
export function withFillerRounds(rows: readonly GuideRow[]): GuideRow[] {
  const found: GuideRow[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (row.kind !== 'filler') found.push(row);
    else if (last?.kind === 'filler' && last.toCell === row.fromCell) {
      found[found.length - 1] = { ...last, toCell: row.toCell, endAtMs: row.endAtMs };
    } else found.push(roundFrom(row));
  }
  return found;
}

const roundFrom = ({ fromCell, toCell, startAtMs, endAtMs }: GuideRow): GuideRow => ({
  id: `filler-${fromCell}`,
  title: fillerRoundTitle,
  kind: 'filler',
  mustWatch: false,
  fromCell,
  toCell,
  startAtMs,
  endAtMs,
});
