import { LRUCache } from 'lru-cache';
import { shownSpans } from '../../media/channel/catch-up.ts';
import { listedToCell } from '../../media/channel/live-window.ts';
import { cellAt } from '../../media/grid/cell.ts';
import { revisionsBetween, spansBetween } from '../../media/plan/timeline-spans.ts';
import { dvrFromCell } from './channel-playlists.ts';
import type { ChannelOnAir } from './channel-on-air.ts';

/** Revisions whose media a token of a channel opens. */
export interface OpenRevisions {
  /** What airs in the DVR window and the list ahead. */
  readonly live: (onAir: ChannelOnAir, atMs: number) => ReadonlySet<string>;
  /** What aired, or by now is shown instead, in [fromCell, toCell) as far as it is listed. */
  readonly range: (onAir: ChannelOnAir, fromCell: number, toCell: number, atMs: number) => ReadonlySet<string>;
}

/** Looks revisions up once per cell and document. */
export function createOpenRevisions(): OpenRevisions {
  const sets = new LRUCache<string, ReadonlySet<string>>({ max: 1000 });
  const cached = (key: string, make: () => ReadonlySet<string>): ReadonlySet<string> => {
    const known = sets.get(key);
    if (known !== undefined) return known;
    const made = make();
    sets.set(key, made);
    return made;
  };
  return {
    live: ({ channel, head, document }, atMs) =>
      cached(`${channel.code}/${head.document}/${cellAt(atMs)}`, () =>
        revisionsBetween(document.timeline, dvrFromCell(atMs), listedToCell(atMs)),
      ),
    range: ({ channel, head, document }, fromCell, toCell, atMs) => {
      const to = Math.min(toCell, listedToCell(atMs));
      return cached(`${channel.code}/${head.document}/${fromCell}-${to}`, () => {
        const spans = spansBetween(document.timeline, fromCell, to);
        return new Set([...spans, ...shownSpans(document.timeline, spans)].map((span) => span.revision));
      });
    },
  };
}
