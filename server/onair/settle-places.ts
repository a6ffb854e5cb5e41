import type { Timeline } from '../../media/plan/timeline.ts';
import type { PlaceLayer } from '../../media/plan/layers.ts';
import { canonicalJson } from '../../media/plan/canonical-json.ts';
import { isCardItem } from '../../media/plan/gap-cards.ts';
import { forgetLayers, type ParentOf, placeView, settleLayers } from '../../media/plan/settle-layers.ts';
import { announcementsAfter, type Announcing } from './announcements.ts';
import type { StoredLayer, StoredLayers } from './stored-layer.ts';

/** An edit of a channel as its places have to know it. */
export interface PlacesEdit {
  readonly timeline: Timeline;
  /** The same without what retention drops. */
  readonly kept: Timeline;
  /** First cell that the edit may change. */
  readonly activationCell: number;
  readonly announcing: Announcing;
}

/** Every place's layer as it follows from an edited channel: runs that lost their slot are gone, and people are told so; where nothing changed, the same as before. */
export function settlePlaces(stored: StoredLayers, parentOf: ParentOf, edit: PlacesEdit): StoredLayers {
  const { timeline, kept, activationCell, announcing } = edit;
  const layers = new Map([...stored].map(([place, { layer }]): [string, PlaceLayer] => [place, layer]));
  const settled = settleLayers(timeline, layers, parentOf, activationCell);
  const short = forgetLayers(timeline, settled, parentOf, kept.fromCell);
  return new Map(
    [...stored].map(([place, before]): [string, StoredLayer] => {
      const layer = short.get(place) ?? before.layer;
      const gist = ({ airing, items }: PlaceLayer): string =>
        canonicalJson([airing, Object.entries(items).filter(([itemId]) => !isCardItem(itemId))]);
      const isSame = layer === before.layer || gist(layer) === gist(before.layer);
      const interruptions = before.interruptions.filter(({ toCell = Infinity }) => toCell > kept.fromCell);
      if (layer === before.layer && interruptions.length === before.interruptions.length) return [place, before];
      if (isSame) return [place, { ...before, layer, interruptions }];
      const own = placeView(kept, short, parentOf, place).timeline;
      const announcements = ownAnnouncements(before, layer, {
        all: announcementsAfter(before.announcements, own, announcing),
        channel: kept,
      });
      return [place, { ...before, layer, announcements, interruptions, changes: before.changes + 1 }];
    }),
  );
}

/** Of all that the place airs, what it announced itself; what goes on behind an insertion may be the channel's. */
function ownAnnouncements(
  before: StoredLayer,
  layer: PlaceLayer,
  { all, channel }: { readonly all: StoredLayer['announcements']; readonly channel: Timeline },
): StoredLayer['announcements'] {
  const isOwn = (itemId: string): boolean =>
    (itemId in layer.items && !(itemId in channel.items)) || itemId in before.announcements;
  return Object.fromEntries(Object.entries(all).filter(([itemId]) => isOwn(itemId)));
}
