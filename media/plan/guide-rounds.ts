import { isCardItem } from './gap-cards.ts';
import type { GuideRow } from './guide.ts';

/** What a round of fillers, and one of cards and trailers, is called in guides: naming each of them would bury the programme. */
const roundTitle = ({ itemId }: GuideRow): string => (isCardItem(itemId) ? '节目预告' : '片库轮播');

/** A guide in which neighbouring fillers are one row, and so are neighbouring cards, as a listing for people has it. */
export function withFillerRounds(rows: readonly GuideRow[]): GuideRow[] {
  const found: GuideRow[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (row.kind !== 'filler') found.push(row);
    else if (last?.kind === 'filler' && last.title === roundTitle(row) && last.toCell === row.fromCell) {
      found[found.length - 1] = { ...last, toCell: row.toCell, endAtMs: row.endAtMs };
    } else found.push(roundFrom(row));
  }
  return found;
}

const roundFrom = (row: GuideRow): GuideRow => ({
  id: `filler-${row.fromCell}`,
  title: roundTitle(row),
  kind: 'filler',
  mustWatch: false,
  fromCell: row.fromCell,
  toCell: row.toCell,
  startAtMs: row.startAtMs,
  endAtMs: row.endAtMs,
});
