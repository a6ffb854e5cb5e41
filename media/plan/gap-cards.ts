import type { GapCard } from '../contract/gap-card.ts';
import { cardTitles } from '../film/card-picture.ts';
import { cellAt, cellStartAtMs } from '../grid/cell.ts';
import { addCivilDays, civilDateOf, parseCivilDate } from '../grid/civil-time.ts';
import { type Run, cutRuns, endCell } from '../grid/span.ts';
import {
  type CardRules,
  type Programme,
  announcedBy,
  comingCard,
  dayCards,
  mustWatchCards,
  nextUpCard,
  programmesOf,
  startsByName,
} from './card-content.ts';
import { type Gap, type PlacedPiece, LONGEST_GAP_CELLS, gapsOf, layOutGap } from './lay-out-gap.ts';
import { SHORTEST_ITEM_CELLS } from './plan.ts';
import { plannedRuns, splice } from './splice.ts';
import { type NamedRevision, type RevisionFacts, type Timeline, type TimelineItem, revisionFacts } from './timeline.ts';

/** Cards that can air, by their ids. */
export type ReadyCards = ReadonlyMap<string, NamedRevision>;

/** Gaps that begin in [fromCell, toCell) get cards; nothing before `fromCell` changes. */
export interface CardRange {
  readonly fromCell: number;
  readonly toCell: number;
}

/** A card that is to be made. */
export interface WantedCard {
  readonly id: string;
  readonly card: GapCard;
  /** First cell of the first gap that would show it. */
  readonly fromCell: number;
}

const cardItemId = (id: string): string => `card-${id}`;
const trailerItemId = ({ itemId }: Programme): string => `trailer-${itemId}`;

/** Whether a filler is a card or a trailer, by its key. */
export const isCardItem = (itemId = ''): boolean => /^(card|trailer)-/.test(itemId);

/** Whether a run is a card or a trailer, and no item of a plan. */
export const isGapRun = ({ items }: Pick<Timeline, 'items'>, { itemId = '' }: Pick<Run, 'itemId'>): boolean =>
  isCardItem(itemId) && items[itemId]?.kind === 'filler';

/** Cells behind the last gap of which cards may speak: seven days and the rest of one. */
const LONGEST_LOOK_CELLS = 8 * 21_600;

/** The plan as cards see it: item runs without cards, from a day early enough for every gap that is not over when the range begins. */
function programmeOf(timeline: Timeline, { fromCell, toCell }: CardRange, rules: CardRules) {
  const { timeZone } = rules;
  const today = parseCivilDate(civilDateOf(cellStartAtMs(fromCell), timeZone), timeZone);
  const midnight = today.ok ? cellAt(today.atMs) : fromCell;
  const firstCell = Math.max(midnight - LONGEST_GAP_CELLS, timeline.fromCell);
  const all = plannedRuns(timeline, firstCell);
  const runs = all.filter((run) => !isGapRun(timeline, run));
  const programmes = programmesOf(timeline, cutRuns(runs, firstCell, toCell + LONGEST_LOOK_CELLS), rules);
  return {
    runs,
    programmes,
    gaps: gapsOf(runs, programmes, firstCell),
    shown: all.filter((run) => isGapRun(timeline, run)),
  };
}

const segmentsOf = (timeline: Timeline) => (revision: string) => revisionFacts(timeline, revision).segments;

/** The part of a gap that an edit may fill; undefined where it is out of range or too short to be seen. */
function openPart(gap: Gap, range: CardRange): Gap | undefined {
  const fromCell = Math.max(gap.fromCell, range.fromCell);
  const isInRange = fromCell < range.toCell && gap.toCell - fromCell >= SHORTEST_ITEM_CELLS;
  return isInRange ? { ...gap, fromCell } : undefined;
}

/** Cards that gaps of a range would show if they were there, those of the first gap first, each once. */
export function wantedCards(timeline: Timeline, range: CardRange, rules: CardRules): readonly WantedCard[] {
  const { gaps, programmes } = programmeOf(timeline, range, rules);
  const all = { ...rules, segmentsOf: segmentsOf(timeline), isThere: () => true };
  const wanted = new Map<string, WantedCard>();
  for (const gap of gaps) {
    const open = openPart(gap, range);
    const cards = open ? layOutGap(open, programmes, all).map(({ piece }) => piece.card) : [];
    // What comes next stands last in a gap and helps most.
    for (const card of [...cards.slice(-1), ...cards.slice(0, -1)]) {
      const id = rules.idOf(card);
      if (!wanted.has(id)) wanted.set(id, { id, card, fromCell: gap.fromCell });
    }
  }
  return [...wanted.values()];
}

/** Item keys of every card and trailer that is true of these programmes. */
function trueItems(programmes: readonly Programme[], rules: CardRules): ReadonlySet<string> {
  const dates = [...new Set(programmes.map(({ date }) => date))];
  const eves = [...new Set(dates.flatMap((date) => [addCivilDays(date, -1), date]))];
  const cards = [
    ...programmes.flatMap((programme) => [nextUpCard(programme, rules), comingCard(programme, rules)]),
    ...dates.flatMap((date) => dayCards('today', date, programmes, rules)),
    ...dates.flatMap((date) => dayCards('tomorrow', date, programmes, rules)),
    ...eves.flatMap((date) => mustWatchCards(date, programmes, rules)),
  ];
  return new Set([...cards.map((card) => cardItemId(rules.idOf(card))), ...programmes.map(trailerItemId)]);
}

/** What cards add to a timeline. */
interface Laid {
  readonly runs: Run[];
  readonly items: Record<string, TimelineItem>;
  readonly revisions: Record<string, RevisionFacts>;
}

/** Puts one piece with its table entries to what is laid out. */
function addPiece({ piece, fromCell, cells }: PlacedPiece, timeline: Timeline, known: Known, laid: Laid): void {
  const id = known.rules.idOf(piece.card);
  const card = known.ready.get(id);
  if (card === undefined) return;
  const cut = piece.kind === 'trailer' ? piece.cells : 0;
  if (piece.kind === 'trailer') {
    const { filmId, title, run } = piece.of;
    const firstSegment = Math.floor(revisionFacts(timeline, run.revision).segments / 3);
    const itemId = trailerItemId(piece.of);
    const announces = [piece.of.run.fromCell];
    laid.items[itemId] = { filmId, title: `预告：${title}`, kind: 'filler', mustWatch: false, announces };
    laid.runs.push({ fromCell, cells: cut, revision: run.revision, firstSegment, itemId });
  }
  const itemId = cardItemId(id);
  const { revision, facts } = card;
  const [filmId, title, announces] = [
    facts.filmId,
    cardTitles[piece.card.kind],
    announcedBy(piece.card, known.starts()),
  ];
  laid.items[itemId] = { filmId, title, kind: 'filler', mustWatch: false, announces };
  laid.revisions[revision] = facts;
  laid.runs.push({ fromCell: fromCell + cut, cells: cells - cut, revision, firstSegment: 0, itemId });
}

interface Known {
  readonly rules: CardRules;
  readonly ready: ReadyCards;
  readonly starts: () => ReadonlyMap<string, readonly number[]>;
}

/** Whether what is planned in a gap that has begun may stay: all of it is true, and it ends with what comes next if that is there. */
function isKept(gap: Gap, own: readonly Run[], { rules, ready }: Known, isTrue: (run: Run) => boolean): boolean {
  const next = gap.next && rules.idOf(nextUpCard(gap.next, rules));
  const hasNext = next === undefined || !ready.has(next) || own.some(({ itemId }) => itemId === cardItemId(next));
  return own.length > 0 && hasNext && own.every(isTrue);
}

/**
 * A timeline whose gaps show cards and trailers as far as they are there; the same timeline where that is so already. A gap that
 * has begun keeps what it shows while it is true. Gaps behind the range show nothing but slate.
 */
export function withGapCards(timeline: Timeline, range: CardRange, rules: CardRules, ready: ReadyCards): Timeline {
  const { fromCell, toCell } = range;
  const { runs, programmes, gaps, shown } = programmeOf(timeline, range, rules);
  let named: ReadonlyMap<string, readonly number[]> | undefined;
  const known = { rules, ready, starts: () => (named ??= startsByName(programmes, rules)) };
  let stillTrue: ReadonlySet<string> | undefined;
  const isTrue = (run: Run): boolean => {
    if (endCell(run) <= fromCell) return true;
    stillTrue ??= trueItems(programmes, rules);
    return stillTrue.has(run.itemId ?? '');
  };
  const gapRules = {
    ...rules,
    segmentsOf: segmentsOf(timeline),
    isThere: (card: GapCard) => ready.has(rules.idOf(card)),
  };
  const laid: Laid = { runs: [], items: {}, revisions: {} };
  for (const gap of gaps) {
    const own = cutRuns(shown, gap.fromCell, gap.toCell);
    const hasBegun = gap.fromCell < fromCell && fromCell < toCell;
    if (hasBegun && isKept(gap, own, known, isTrue)) {
      laid.runs.push(...own);
      continue;
    }
    const open = openPart(gap, range);
    for (const placed of open ? layOutGap(open, programmes, gapRules) : []) addPiece(placed, timeline, known, laid);
  }
  const planned = cutRuns([...runs, ...laid.runs].sort(byCell), fromCell, Infinity);
  if (isSame(planned, plannedRuns(timeline, fromCell))) return timeline;
  return splice(timeline, fromCell, { planned, revisions: laid.revisions, items: laid.items });
}

const byCell = (a: Run, b: Run): number => a.fromCell - b.fromCell;

const isSame = (a: readonly Run[], b: readonly Run[]): boolean =>
  a.length === b.length &&
  a.every((run, index) => {
    const other = b[index];
    return (
      other !== undefined &&
      run.fromCell === other.fromCell &&
      endCell(run) === endCell(other) &&
      run.revision === other.revision &&
      run.firstSegment === other.firstSegment &&
      run.itemId === other.itemId
    );
  });
