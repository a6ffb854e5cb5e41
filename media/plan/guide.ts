import { cellStartAtMs } from '../grid/cell.ts';
import { continues, endCell, type Span } from '../grid/span.ts';
import { type Timeline, revisionFacts, tailCell } from './timeline.ts';

/** One line of a channel's guide, exact to the cell: [startAtMs, endAtMs) = cells [fromCell, toCell). */
export interface GuideRow {
  /** `filler-` and its first cell on a round of fillers; else the item's id; `.2`, `.3` ... behind it on the parts after an interruption; `slate-` and its first cell on slate. */
  readonly id: string;
  readonly itemId?: string;
  readonly filmId?: string;
  readonly title: string;
  readonly kind: 'item' | 'filler' | 'slate';
  readonly fromCell: number;
  readonly toCell: number;
  readonly startAtMs: number;
  readonly endAtMs: number;
  readonly mustWatch: boolean;
  readonly note?: string;
  /** What was planned there and does not air. */
  readonly insteadOf?: string;
}

interface Stretch {
  readonly itemId: string | undefined;
  readonly revision: string;
  readonly fromCell: number;
  readonly toCell: number;
}

/**
 * Neighbouring spans of one item (or of slate) as one stretch each, up to `toCell`; the slate behind the spans is one.
 * A filler that airs twice in a row is two; one that goes on over the beginning of another plan, under another id, is one.
 */
function stretches(timeline: Timeline, toCell: number): Stretch[] {
  const found: Stretch[] = [];
  let before: Span | undefined;
  const isFiller = (itemId: string | undefined): boolean =>
    itemId !== undefined && timeline.items[itemId]?.kind === 'filler';
  const goesOn = (span: Span): boolean => {
    if (before === undefined || isFiller(before.itemId) !== isFiller(span.itemId)) return false;
    return isFiller(span.itemId) ? continues(before, span) : before.itemId === span.itemId;
  };
  for (const span of timeline.spans) {
    const last = found.at(-1);
    if (last && goesOn(span)) found[found.length - 1] = { ...last, toCell: endCell(span) };
    else found.push({ ...stretchOf(span), toCell: endCell(span) });
    before = span;
  }
  const tail = tailCell(timeline);
  if (toCell <= tail) return found;
  const last = found.at(-1);
  if (last && last.itemId === undefined) found[found.length - 1] = { ...last, toCell };
  else found.push({ itemId: undefined, revision: timeline.slate, fromCell: tail, toCell });
  return found;
}

const stretchOf = ({ itemId, revision, fromCell }: Span): Omit<Stretch, 'toCell'> => ({ itemId, revision, fromCell });

function guideRow(timeline: Timeline, { itemId, revision, fromCell, toCell }: Stretch, part: number): GuideRow {
  const time = { fromCell, toCell, startAtMs: cellStartAtMs(fromCell), endAtMs: cellStartAtMs(toCell) };
  const item = itemId === undefined ? undefined : timeline.items[itemId];
  if (!item || itemId === undefined) {
    const { title } = revisionFacts(timeline, revision);
    return { id: `slate-${fromCell}`, title, kind: 'slate', mustWatch: false, ...time };
  }
  return { ...item, id: part > 1 ? `${itemId}.${part}` : itemId, itemId, ...time };
}

/**
 * What airs on [fromCell, toCell), without holes: items whole even where they reach over an edge, slate cut at the edges.
 * Rows come from the timeline itself, so the guide is what airs.
 */
export function guideRows(timeline: Timeline, fromCell: number, toCell: number): GuideRow[] {
  const parts = new Map<string, number>();
  return stretches(timeline, toCell).flatMap((stretch) => {
    const { itemId } = stretch;
    const part = itemId === undefined ? 0 : (parts.get(itemId) ?? 0) + 1;
    if (itemId !== undefined) parts.set(itemId, part);
    if (stretch.toCell <= fromCell || stretch.fromCell >= toCell) return [];
    if (itemId !== undefined) return [guideRow(timeline, stretch, part)];
    const cut = { fromCell: Math.max(stretch.fromCell, fromCell), toCell: Math.min(stretch.toCell, toCell) };
    return [guideRow(timeline, { ...stretch, ...cut }, 0)];
  });
}
