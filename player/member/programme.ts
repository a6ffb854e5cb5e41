import type { GuideItem } from '../../media/contract/channels.ts';
import type { ItemLink } from '../shared/aired-item.ts';
import { itemSubject, itemUrlLoader } from './member.ts';
import type { Watching } from './picture.tsx';

/** How an item can be seen from its beginning now; undefined where it cannot. */
export function linkOf(item: GuideItem, isPast: boolean): ItemLink | undefined {
  if (item.catchUp !== undefined) return 'catchUp';
  return isPast || item.startOver === undefined ? undefined : 'startOver';
}

/** An item from its beginning, as something to watch. */
export const watchingItem = (item: GuideItem, link: ItemLink): Watching => ({
  ...{ key: `${link}-${item.id}-${item.startAtMs}`, title: item.title, mode: 'vod', startAtS: 0 },
  subject: itemSubject(item),
  load: itemUrlLoader(item, link),
});
