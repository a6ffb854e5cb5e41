import { DVR_CELLS, LIVE_CELLS, livePlaylist } from '../../../../media/channel/live-window.ts';
import { epochAt } from '../../../../media/channel/epoch.ts';
import { cellAt } from '../../../../media/grid/cell.ts';
import { canonicalJson } from '../../../../media/plan/canonical-json.ts';
import { checkPlan } from '../../../../media/plan/check-plan.ts';
import { compilePlan } from '../../../../media/plan/compile-plan.ts';
import { publishPlan } from '../../../../media/plan/edits.ts';
import { expandRepeats } from '../../../../media/plan/expand-repeats.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import { isReady, type PlanItem } from '../../../../media/plan/plan.ts';
import { at, channel, film, filmTable, midnightAtMs, midnightCell } from '../../../unit/media/plan/plan-of-a-day.ts';

const films = filmTable(film('half', 450), film('short', 15), film('unseen', 30, { state: 'review' }));
const fillers = ['one', 'two', 'three'].map((name, n) => film(name, 20 + 7 * n)).filter(isReady);

/** A line of a plan as it is sent to a browser. */
export type Line = Pick<PlanItem, 'startMode' | 'mustWatch'> & {
  readonly filmId: string;
  readonly minute: number;
  readonly isDaily: boolean;
};

/** All that follows from a list of three days: findings, what airs, the guide, and what players get at some instants. */
export function planAndPlay(lines: readonly Line[]): string {
  const zone = 'Asia/Shanghai';
  const items = lines.map(({ filmId, minute, startMode, mustWatch, isDaily }, index): PlanItem => ({
    ...{ id: `i${index}`, filmId, startMode, mustWatch, maxLateMs: 600_000 },
    ...(startMode === 'follow' ? {} : { startAtMs: at(0, minute) }),
    ...(startMode === 'follow' || !isDaily ? {} : { repeat: { every: 'day' as const } }),
  }));
  const list = { items, fromCell: midnightCell, toCell: midnightCell + 3 * 21_600 };
  const findings = checkPlan(list, { films, atMs: midnightAtMs - 3_600_000, timeZone: zone, package: 'ts' });
  const compiled = compilePlan(expandRepeats(list, zone), films, fillers, { seed: 'county', restCells: 900 });
  const timeline = publishPlan(channel(), midnightCell, compiled);
  const played = [1, 11.5, 24, 30.01, 71.99].map((hour) => {
    const atMs = midnightAtMs + hour * 3_600_000;
    const epoch = epochAt(timeline, cellAt(atMs));
    if (epoch === undefined) return undefined;
    const view = { timeline, epoch, rendition: { package: 'ts' as const, name: '360p' }, ladder: ['720p', '360p'] };
    return [livePlaylist(view, atMs, LIVE_CELLS), livePlaylist(view, atMs, DVR_CELLS)];
  });
  return canonicalJson([findings, compiled, guideRows(timeline, list.fromCell, list.toCell), played]);
}
