import { describe, expect, it } from 'vitest';
import type { LivePath } from '../../../../media/channel/playback-path.ts';
import type { PlaybackView } from '../../../../media/channel/playback-view.ts';
import { codeSchema } from '../../../../media/contract/ids.ts';
import { cellAt } from '../../../../media/grid/cell.ts';
import { openEpoch } from '../../../../media/plan/edits.ts';
import { emptyTimeline } from '../../../../media/plan/timeline.ts';
import { createChannelPlaylists } from '../../../../server/onair/channel-playlists.ts';
import type { ChannelOnAir } from '../../../../server/onair/channel-on-air.ts';
import { slate } from '../../media/plan/plan-of-a-day.ts';

const newYearMs = Date.UTC(2026, 11, 31, 16);
const newYear = cellAt(newYearMs);
const hourMs = 3_600_000;
const timeline = openEpoch(emptyTimeline('county', '2026', newYear - 50_000, slate), '2027', newYear - 1803);
const onAir: ChannelOnAir = {
  channel: {
    ...{ code: codeSchema.parse('county'), name: '县频道', audience: 'public', package: 'ts' },
    ...{ languages: ['zh-CN'], groups: [], fillerCategories: [], fillerRestHours: 0, gapCardHours: 48 },
  },
  head: { channel: 'county', seq: 1, document: 'hash', movedAtMs: 0, by: 'system', reason: 'test' },
  document: { format: 1, timeline, announcements: {} },
};

/** The 360p list of a view in a year's numbering; the code of the error where there is none. */
function ask(epoch: string, view: PlaybackView, atMs: number): string {
  const rendition = { package: 'ts', name: '360p' } as const;
  const path: LivePath = { kind: 'live-media', token: 't', channel: 'county', epoch, rendition, view };
  try {
    return createChannelPlaylists().media(onAir, path, atMs).plain.body;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
const numberOf = (text: string): number => Number(/MEDIA-SEQUENCE:(-?\d+)/.exec(text)?.[1]);

describe('a new year’s numbering', () => {
  const range = (fromCell: number): PlaybackView => ({ kind: 'range', fromCell, toCell: fromCell + 10 });

  it('begins small, while the old one goes on for a day for those who hold its address', () => {
    expect(numberOf(ask('2027', { kind: 'live' }, newYearMs))).toBe(1803 - 15);
    expect(numberOf(ask('2026', { kind: 'live' }, newYearMs))).toBe(50_000 - 15);
    expect(numberOf(ask('2026', { kind: 'live' }, newYearMs + 24 * hourMs))).toBe(50_000 + 21_600 - 15);
    expect(ask('2026', { kind: 'live' }, newYearMs + 24 * hourMs + 1)).toBe('expired');
    expect(ask('2025', { kind: 'live' }, newYearMs)).toBe('not_found');
  });

  it('numbers nothing that aired before it', () => {
    expect(numberOf(ask('2026', range(newYear - 4000), newYearMs))).toBe(46_000);
    expect(ask('2027', range(newYear - 4000), newYearMs)).toBe('not_found');
    expect(ask('2027', { kind: 'from', fromCell: newYear - 4000 }, newYearMs)).toBe('not_found');
    expect(numberOf(ask('2027', range(newYear - 1803), newYearMs))).toBe(0);
  });

  it('lists nothing that has not aired or that is no longer kept', () => {
    expect(ask('2026', range(newYear - 7), newYearMs)).toContain('ENDLIST');
    expect(ask('2026', range(newYear - 6), newYearMs)).toBe('not_yet');
    expect(ask('2026', { kind: 'from', fromCell: newYear + 3 }, newYearMs)).toBe('not_yet');
    expect(ask('2026', range(newYear - 50_001), newYearMs)).toBe('expired');
    expect(ask('2026', { kind: 'from', fromCell: newYear - 50_001 }, newYearMs)).toBe('expired');
  });
});
