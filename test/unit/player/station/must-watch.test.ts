import { describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import { dueMustWatch, type Skip } from '../../../../player/station/must-watch.ts';

const item = (id: string, startAtMs: number, mustWatch = true): GuideItem => ({
  ...{ id, title: id, kind: 'item', startAtMs, endAtMs: startAtMs + 600_000, mustWatch },
});
const skip: Skip = { itemId: 'a', title: 'a', startAtMs: 100_000, reason: 'meeting', atMs: 50_000 };

describe('a must-watch item', () => {
  it('is offered for the minute before it', () => {
    const items = [item('a', 100_000)];
    expect(dueMustWatch(items, 39_999, [])).toBeUndefined();
    expect(dueMustWatch(items, 40_000, [])?.id).toBe('a');
    expect(dueMustWatch(items, 99_999, [])?.id).toBe('a');
  });

  it('starts late where the screen could not say so in time, not in its middle', () => {
    const items = [item('a', 100_000)];
    expect(dueMustWatch(items, 110_000, [])?.id).toBe('a');
    expect(dueMustWatch(items, 160_000, [])).toBeUndefined();
  });

  it('is not offered again after it was cancelled, but its repeat is', () => {
    const items = [item('a', 100_000), item('a', 900_000)];
    expect(dueMustWatch(items, 90_000, [skip])).toBeUndefined();
    expect(dueMustWatch(items, 880_000, [skip])?.startAtMs).toBe(900_000);
  });

  it('is what was ordered, nothing else', () => {
    expect(dueMustWatch([item('a', 100_000, false)], 90_000, [])).toBeUndefined();
  });
});
