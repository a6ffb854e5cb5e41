import type { Timeline } from '../../media/plan/timeline.ts';
import { placeView, settleLayers } from '../../media/plan/settle-layers.ts';
import type { CurrentPlaces, Made } from '../onair/edit-channel.ts';
import type { PlanRecord } from './plan-record.ts';

/** A channel's timeline with layers over it, as viewers of a plan's place see it; the county sees the timeline itself. */
export function seenByPlan(
  { place }: Pick<PlanRecord, 'place'>,
  timeline: Timeline,
  layers: NonNullable<Made['layers']>,
  { parentOf, fromCell }: Pick<CurrentPlaces, 'parentOf'> & { readonly fromCell: number },
): Timeline {
  if (place === undefined) return timeline;
  const overlays = new Map([...layers].map(([code, { layer }]) => [code, layer]));
  return placeView(timeline, settleLayers(timeline, overlays, parentOf, fromCell), parentOf, place).timeline;
}
