import type { GuideItem } from '../../media/contract/channels.ts';
import { codeSchema, idSchema } from '../../media/contract/ids.ts';
import { itemEndCell } from '../../media/channel/start-over.ts';
import { ceilCell, cellAt } from '../../media/grid/cell.ts';
import { type GuideRow, guideRows } from '../../media/plan/guide.ts';
import { withChanges } from '../../media/plan/changed-rows.ts';
import { withFillerRounds } from '../../media/plan/guide-rounds.ts';
import { AppError } from '../errors.ts';
import { present } from '../http/present.ts';
import type { PlaybackGate } from '../playback/playback-gate.ts';
import { type CellRange, rangeLink } from '../playback/playback-links.ts';
import { type MarkedRow, markedRows } from './interruption.ts';
import type { ChannelOnAir } from './channel-on-air.ts';
import { type OnAir, playableOf } from './on-air.ts';

const dayMs = 86_400_000;
const longestGuideMs = 31 * dayMs;

/** [fromMs, toMs) of a guide; 400 where it is empty or longer than 31 days. */
export function requireGuideRange(fromMs: number, toMs: number): void {
  if (toMs <= fromMs) throw new AppError('bad_request', 'to: choose an instant after from.');
  if (toMs - fromMs > longestGuideMs) throw new AppError('bad_request', 'to: ask for at most 31 days at a time.');
}

/** Rows of a channel's guide in [fromMs, toMs), with what was announced of each; a round of fillers is one row unless `each` is asked for. */
export function guideItems(
  { document }: ChannelOnAir,
  fromMs: number,
  toMs: number,
  fillers: 'round' | 'each' = 'round',
): readonly GuideItemRow[] {
  const { timeline, announcements, interruptions = [] } = document;
  const rows = guideRows(timeline, cellAt(fromMs), ceilCell(toMs));
  const told = withChanges(fillers === 'each' ? rows : withFillerRounds(rows), timeline);
  return markedRows(told, interruptions).map((marked) => {
    const told = marked.row.itemId === undefined ? undefined : announcements[marked.row.itemId];
    return { row: marked.row, item: itemOf(marked, told?.category) };
  });
}

/** A guide row as data, and as clients read it without its playback URLs. */
export interface GuideItemRow {
  readonly row: GuideRow;
  readonly item: GuideItem;
}

const itemOf = ({ row, interruption }: MarkedRow, category: string | undefined): GuideItem => ({
  id: row.id,
  title: row.title,
  kind: row.kind,
  startAtMs: row.startAtMs,
  endAtMs: row.endAtMs,
  mustWatch: row.mustWatch,
  ...present({
    filmId: row.filmId === undefined ? undefined : idSchema.parse(row.filmId),
    category: category === undefined ? undefined : codeSchema.parse(category),
    interruption,
    insteadOf: row.insteadOf,
  }),
});

/** What writing links needs. */
export interface GuideLinkParts {
  readonly gate: PlaybackGate;
  readonly onAir: Pick<OnAir, 'isWithdrawn'>;
}

/** When a guide is looked at, and how. */
export interface GuideMoment {
  /** Instant of the request, UTC ms. */
  readonly atMs: number;
  /** The instant that the guide is seen from; another one in a rehearsal. */
  readonly seenAtMs: number;
  readonly catchUpDays: number;
}

/** Adds start-over once an item has begun and catch-up once it is over, as long as they are kept. */
export function withLinks(
  { gate, onAir }: GuideLinkParts,
  channel: ChannelOnAir,
  { row, item }: GuideItemRow,
  { atMs, seenAtMs, catchUpDays }: GuideMoment,
): GuideItem {
  const isKept = row.startAtMs >= seenAtMs - catchUpDays * dayMs;
  const isShown = row.filmId !== undefined && !onAir.isWithdrawn(row.filmId);
  if (row.kind === 'slate' || !isKept || !isShown || row.startAtMs > seenAtMs) return item;
  const kind = seenAtMs === atMs ? 'range' : 'rehearsal';
  const { timeline } = channel.document;
  const playable = playableOf(channel);
  const url = (range: Omit<CellRange, 'kind'>): string => rangeLink(gate, playable, { ...range, kind }, atMs).url;
  const { fromCell, toCell } = row;
  const endCell = Math.max(toCell, itemEndCell(timeline, fromCell) ?? toCell);
  return {
    ...item,
    startOver: url({ fromCell, toCell: endCell, view: 'from' }),
    ...(row.endAtMs <= seenAtMs ? { catchUp: url({ fromCell, toCell, view: 'range' }) } : {}),
  };
}
