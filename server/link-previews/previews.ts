import { LRUCache } from 'lru-cache';
import type { Preview } from '../http/pages.ts';
import { findPreview, type PreviewParts } from './find-preview.ts';
import { type LinkPreview, writePreview } from './write-preview.ts';

/** A link that goes round a village is opened by many at once. */
const freshMs = 10_000;

/** Writes previews into pages; the database that does not answer costs the preview, not the page. */
export function previews(parts: PreviewParts): Preview {
  const known = new LRUCache<string, LinkPreview>({ max: 500, ttl: freshMs });
  const find = async (address: URL): Promise<LinkPreview | undefined> => {
    const key = address.pathname + address.search;
    const found = known.get(key) ?? (await findPreview(parts, address, parts.clock()));
    if (found !== undefined) known.set(key, found, { noUpdateTTL: true });
    return found;
  };
  return async (page, address) => {
    const found = await find(address).catch((error: unknown) => {
      parts.log.warn({ err: error }, 'a page is sent without its preview');
      return undefined;
    });
    return found === undefined ? page : writePreview(page, found, address.href);
  };
}
