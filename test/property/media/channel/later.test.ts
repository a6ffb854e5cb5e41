import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catchUpPlaylist } from '../../../../media/channel/catch-up.ts';
import type { ChannelView } from '../../../../media/channel/cell-playlist.ts';
import { epochAt } from '../../../../media/channel/epoch.ts';
import { livePlaylist } from '../../../../media/channel/live-window.ts';
import { itemEndCell, startOverPlaylist } from '../../../../media/channel/start-over.ts';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { guideRows } from '../../../../media/plan/guide.ts';
import type { Timeline } from '../../../../media/plan/timeline.ts';
import { runs } from '../runs.ts';
import { histories, ladder } from './history.ts';
import { live } from './life.ts';

const run = (property: number) => runs(20261203, 150, property);

function viewOf(timeline: Timeline, cell: number): ChannelView {
  return { timeline, epoch: epochAt(timeline, cell)!, rendition: { package: 'ts', name: '720p' }, ladder };
}

/** Lines of a playlist behind its header: what may not change while it grows. */
const body = (text: string): string =>
  text.slice(text.indexOf('#EXT-X-PROGRAM-DATE-TIME')).replace('#EXT-X-ENDLIST\n', '');

function urisByCell(text: string, baseCell: number): Map<number, string> {
  const playlist = readMediaPlaylist(text);
  if (!playlist.ok) throw new Error(playlist.message);
  return new Map(playlist.segments.map((segment) => [segment.mediaSequence + baseCell, segment.uri]));
}

describe('what is watched later', () => {
  it('is what the live playlists listed, cell by cell, save what was withdrawn since (I16)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const listed = new Map<number, string>();
        const timeline = live(history, {
          onMoment: ({ replicas }) => {
            for (const replica of replicas) {
              const cell = cellAt(replica.atMs) - 15;
              const view = viewOf(replica.timeline, cell);
              for (const [at, uri] of urisByCell(livePlaylist(view, replica.atMs), view.epoch.baseCell))
                listed.set(at, uri);
            }
          },
        });
        const cells = [...listed.keys()].filter((cell) => cell >= timeline.fromCell);
        const [from, to] = [Math.min(...cells), Math.max(...cells) + 1];
        const view = viewOf(timeline, from);
        const later = urisByCell(catchUpPlaylist(view, from, to), view.epoch.baseCell);
        expect(later.size).toBe(to - from);
        for (const [cell, uri] of listed) {
          if (cell < from) continue;
          const withdrawn = timeline.withdrawn.some((revision) => uri.includes(`${revision}/`));
          if (withdrawn) expect(later.get(cell)).toContain('slate');
          else expect(later.get(cell)).toBe(uri);
        }
      }),
      run(1),
    );
  });

  it('grows only at its end while an item is on air, and ends with it (I17)', () => {
    fc.assert(
      fc.property(histories, fc.nat(20), (history, pick) => {
        const timeline = { ...live(history, {}), withdrawn: [] };
        const items = guideRows(timeline, timeline.fromCell, timeline.fromCell + 3000).filter(
          (row) => row.kind === 'item',
        );
        const row = items[pick % Math.max(1, items.length)];
        if (!row) return;
        const end = itemEndCell(timeline, row.fromCell)!;
        const view = viewOf(timeline, row.fromCell);
        let before = '';
        for (let cell = row.fromCell; cell <= end; cell += 1 + (cell % 7)) {
          const text = startOverPlaylist(view, row.fromCell, cellStartAtMs(cell))!;
          expect(body(text).startsWith(before)).toBe(true);
          expect(text.includes('#EXT-X-ENDLIST')).toBe(cell + 3 >= end);
          expect(text).toContain(cell + 3 >= end ? 'TYPE:VOD' : 'TYPE:EVENT');
          before = body(text);
        }
        const whole = startOverPlaylist(view, row.fromCell, cellStartAtMs(end))!;
        expect(body(whole)).toBe(body(catchUpPlaylist(view, row.fromCell, end)));
      }),
      run(2),
    );
  });
});
