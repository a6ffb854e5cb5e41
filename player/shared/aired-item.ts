import type { GuideItem } from '../../media/contract/channels.ts';
import { ApiError } from './api-error.ts';
import type { PlaybackUrl } from './renew-token.ts';

/** From its first second, growing while it is on air; or whole, once it is over. */
export type ItemLink = 'startOver' | 'catchUp';

/** What fresh links are made from. */
export interface ItemUrlParts {
  /** The guide of [fromMs, toMs) with every filler. */
  readonly loadGuide: (fromMs: number, toMs: number) => Promise<{ readonly items: readonly GuideItem[] }>;
  readonly nowMs: () => number;
}

/** The guide does not say when its links end; they live for six hours. */
const renewAfterMs = 3_600_000;

/** The URL of an item: at first the guide's own link, then a fresh one from the guide each time, because tokens end. */
export function itemUrls({ loadGuide, nowMs }: ItemUrlParts, item: GuideItem, link: ItemLink) {
  let first = item[link];
  return async (): Promise<PlaybackUrl> => {
    const url = first ?? (await fresh());
    first = undefined;
    return { url, expiresAtMs: nowMs() + renewAfterMs };
  };
  async function fresh(): Promise<string> {
    const { items } = await loadGuide(item.startAtMs, item.endAtMs);
    const url = items.find(({ id, startAtMs }) => id === item.id && startAtMs === item.startAtMs)?.[link];
    if (url === undefined)
      throw new ApiError({ status: 410, code: 'expired', detail: 'The item is not kept any more.' });
    return url;
  }
}
