import { cutRuns } from '../grid/span.ts';
import { type Alarm, alarmsAt } from './alarm-ladder.ts';
import { withdrawRevision } from './edits.ts';
import { fillGaps } from './fill-gaps.ts';
import type { PlaceLayer } from './layers.ts';
import type { FilmTable } from './plan.ts';
import { numberSpans, plannedRuns } from './splice.ts';
import { type SlotFacts, slotFilmIds, tendItemSlots } from './tend-item-slots.ts';
import { FIRST_DSN, type Timeline, revisionFacts } from './timeline.ts';

/** What decides what airs in the time of a place's items; where none of their films may, the programme of the place above does. */
export type LayerFacts = Omit<SlotFacts, 'fillers' | 'turns'> & {
  /** Ids of films that may not be shown any more. */
  readonly withdrawn: ReadonlySet<string>;
};

/** What a place has planned as a timeline of its own, from just before a cell on: holes in it are the place above. */
function ownTimeline(layer: PlaceLayer, channel: Timeline, cell: number): Timeline {
  const fromCell = Math.min(cell - 1, layer.planned[0]?.fromCell ?? cell);
  const facts = revisionFacts(channel, channel.slate);
  const runs = fillGaps({ revision: channel.slate, segments: facts.segments }, undefined, fromCell, layer.planned);
  const { format, slate, withdrawn } = channel;
  return {
    ...{ format, slate, withdrawn, fromCell, channel: channel.channel },
    epochs: layer.epochs,
    firstDsn: FIRST_DSN,
    spans: numberSpans([], runs, FIRST_DSN),
    interrupts: [],
    revisions: { [slate]: facts, ...layer.revisions },
    items: layer.items,
    itemSlots: layer.itemSlots ?? [],
  };
}

/** Films to be asked for: those of a place's items whose own film does not air from `cell` on, or is withdrawn. */
export const layerFilmIds = (
  layer: PlaceLayer,
  channel: Timeline,
  cell: number,
  withdrawn: ReadonlySet<string>,
): readonly string[] => slotFilmIds(ownTimeline(layer, channel, cell), cell, withdrawn);

/** Every alarm that stands at an instant for items of a place that have a slot. */
export function layerAlarms(
  layer: PlaceLayer,
  channel: Timeline,
  films: FilmTable,
  { cell, atMs }: { readonly cell: number; readonly atMs: number },
): Alarm[] {
  const isOpen = (fromCell: number): boolean =>
    (channel.open ?? []).some((slot) => slot.fromCell <= fromCell && fromCell < slot.toCell);
  const itemSlots = (layer.itemSlots ?? []).filter(({ fromCell }) => isOpen(fromCell));
  return alarmsAt(ownTimeline({ ...layer, itemSlots }, channel, cell), films, atMs);
}

/** The layer as facts say it should be: withdrawn films out, late ones in or their alternates; the same where it is. */
export function tendedLayer(layer: PlaceLayer, channel: Timeline, facts: LayerFacts): PlaceLayer {
  const { urgentCell, withdrawn } = facts;
  const before = ownTimeline(layer, channel, urgentCell);
  const ahead = cutRuns(layer.planned, urgentCell, Infinity).map(({ revision }) => revision);
  const gone = [...new Set(ahead)].filter((revision) => withdrawn.has(layer.revisions[revision]?.filmId ?? ''));
  const without = gone.reduce((all, revision) => withdrawRevision(all, urgentCell, revision), before);
  const next = tendItemSlots(without, { ...facts, fillers: [], turns: { seed: '', restCells: 0 } });
  if (next === before) return layer;
  return {
    ...layer,
    planned: [...cutRuns(layer.planned, -Infinity, urgentCell), ...plannedRuns(next, urgentCell)],
    revisions: { ...layer.revisions, ...next.revisions },
    items: { ...layer.items, ...next.items },
    ...(next.itemSlots?.length ? { itemSlots: next.itemSlots } : {}),
  };
}
