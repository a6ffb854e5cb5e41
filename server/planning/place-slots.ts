import type { SlotContext } from '../../media/plan/check-context.ts';
import { type CellRange, cutRanges, type OpenSlot } from '../../media/plan/cell-ranges.ts';
import { placeView } from '../../media/plan/settle-layers.ts';
import { AppError, notFound } from '../errors.ts';
import type { ChannelParts } from '../channels/channel-parts.ts';
import type { ChannelOnAir } from '../onair/channel-on-air.ts';
import type { OnAir } from '../onair/on-air.ts';
import { layersIn } from '../onair/place-sight.ts';
import type { PlaceParts } from '../places/place-parts.ts';

/** What is open to a place on the days of its plan, with the titles that the county gave. */
export interface PlaceSlots extends SlotContext {
  readonly named: readonly OpenSlot[];
}

/** The slots that the channel as it is published leaves open to a place; none while nothing is on air. */
export function slotsFor(
  { parentOf }: Pick<OnAir, 'parentOf'>,
  onAir: ChannelOnAir | undefined,
  place: string,
  { fromCell, toCell }: CellRange,
): PlaceSlots | undefined {
  if (onAir === undefined) return undefined;
  const channel = onAir.document.timeline;
  const layers = new Map([...layersIn(onAir)].map(([code, { layer }]) => [code, layer]));
  const { slots } = placeView(channel, layers, parentOf, place).gate;
  const inside = cutRanges(slots, fromCell, toCell);
  const named = (channel.open ?? []).flatMap((slot) =>
    inside.flatMap((range) => cutRanges([slot], range.fromCell, range.toCell)),
  );
  return { slots, channel, named };
}

/** 404 for a place that does not exist, 422 for one that cannot have items of its own on this channel. */
export async function requireVaryingPlace(
  { places, channels }: Pick<PlaceParts, 'places'> & ChannelParts,
  { channel: code, place: placeCode }: { readonly channel: string; readonly place?: string | undefined },
): Promise<void> {
  if (placeCode === undefined) return;
  const place = await places.find(placeCode);
  if (place === undefined) throw notFound('place');
  const refuse = (message: string): never => {
    throw new AppError('invalid', `place: ${message}`, { fields: [{ path: 'place', message }] });
  };
  if (place.kind === 'county') refuse('The county’s plan names no place. Leave it out.');
  if (place.kind === 'station') refuse('Stations show what their village or township airs. Name that place.');
  const { groups = [] } = (await channels.find(code)) ?? {};
  const tree = await places.tree();
  if (groups.length > 0 && !groups.some((group) => tree.isWithin(placeCode, group)))
    refuse('This place does not watch this channel. Choose another channel.');
}
