import { CARD_ROWS, type GapCard } from '../contract/gap-card.ts';
import { cellStartAtMs } from '../grid/cell.ts';
import { addCivilDays, civilDateOf } from '../grid/civil-time.ts';
import { type CardRules, type Programme, comingCard, dayCards, mustWatchCards } from './card-content.ts';

/** What may stand in a gap: a picture, or a part of a film with the picture behind it that says when it airs. */
export type Piece =
  | { readonly kind: 'card'; readonly card: GapCard }
  | { readonly kind: 'trailer'; readonly of: Programme; readonly cells: number; readonly card: GapCard };

/** What choosing them follows from. */
export interface PieceRules extends CardRules {
  /** Segments of a revision on the timeline. */
  readonly segmentsOf: (revision: string) => number;
}

/** In a long gap the pictures come again after so many cells, which are half an hour. */
export const ROUND_CELLS = 450;

/** How much of a film its trailer shows; 0 where that would be most of it. */
function trailerCells({ run }: Programme, segments: number): number {
  if (run.firstSegment !== 0) return 0;
  if (segments >= 10) return 5;
  return segments >= 6 ? Math.floor(segments / 2) : 0;
}

const asPiece = (card: GapCard): Piece => ({ kind: 'card', card });

/** Trailers of what must be watched behind a cell and within seven days. */
function trailersAfter(cell: number, date: string, programmes: readonly Programme[], rules: PieceRules): Piece[] {
  const last = addCivilDays(date, 7);
  return programmes
    .filter((of) => of.mustWatch && of.run.fromCell > cell && of.date <= last)
    .flatMap((of): Piece[] => {
      const cells = trailerCells(of, rules.segmentsOf(of.run.revision));
      return cells === 0 ? [] : [{ kind: 'trailer', of, cells, card: comingCard(of, rules) }];
    });
}

/**
 * What to show from a cell of a gap on that ends at `toCell`, the most useful first: the rest of today, then a trailer, a page of
 * tomorrow and what must be watched, of which neighbouring half hours begin with another.
 */
export function piecesFrom(
  cell: number,
  toCell: number,
  programmes: readonly Programme[],
  rules: PieceRules,
): readonly Piece[] {
  const date = civilDateOf(cellStartAtMs(cell), rules.timeZone);
  const turn = Math.floor(cell / ROUND_CELLS);
  const oneOf = <T>(all: readonly T[]): T[] => all.slice(turn % Math.max(1, all.length)).slice(0, 1);
  const ofToday = programmes.filter((programme) => programme.date === date);
  const next = ofToday.findIndex(({ run }) => run.fromCell >= cell);
  const today = dayCards('today', date, programmes, rules);
  const [now = [], later = []] =
    next === -1
      ? []
      : [0, 1].map((page) =>
          today
            .slice(Math.floor(next / CARD_ROWS) + page)
            .slice(0, 1)
            .map(asPiece),
        );
  const others = [
    oneOf(trailersAfter(toCell, date, programmes, rules)),
    oneOf(dayCards('tomorrow', addCivilDays(date, 1), programmes, rules)).map(asPiece),
    mustWatchCards(date, programmes, rules).map(asPiece),
  ].filter((pieces) => pieces.length > 0);
  const shift = turn % Math.max(1, others.length);
  return [...now, ...others.slice(shift).flat(), ...others.slice(0, shift).flat(), ...later];
}
