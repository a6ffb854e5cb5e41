import { describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import { ApiError } from '../../../../player/shared/api-error.ts';
import { dueMustWatch, keepSkip, type Skip, skipsOfBox, tellSkips } from '../../../../player/station/must-watch.ts';

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

describe('a cancelled must-watch item', () => {
  const told: string[][] = [];
  const send = (skips: readonly { readonly itemId: string }[]) => {
    told.push(skips.map(({ itemId }) => itemId));
    return Promise.resolve();
  };
  const failing = (error: Error) => () => Promise.reject(error);

  it('is kept where nothing can be stored, until it was told, and told once', async () => {
    keepSkip(skip);
    keepSkip({ ...skip, itemId: 'b' });
    expect(skipsOfBox()).toHaveLength(2);
    await tellSkips(failing(new TypeError('no network')));
    await tellSkips(failing(new ApiError({ status: 503, code: 'starting', detail: '' })));
    await tellSkips(send);
    keepSkip({ ...skip, itemId: 'c' });
    await tellSkips(send);
    await tellSkips(send);
    expect(told).toEqual([['a', 'b'], ['c']]);
    expect(skipsOfBox().map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c']);
  });

  it('is not told for ever to a server that refuses it', async () => {
    keepSkip({ ...skip, itemId: 'odd' });
    await tellSkips(failing(new ApiError({ status: 422, code: 'invalid', detail: '' })));
    await tellSkips(send);
    expect(told).toHaveLength(2);
  });

  it('is told without its title, which the server knows, and by whole milliseconds', async () => {
    keepSkip({ ...skip, itemId: 'd', atMs: 50_000.4 });
    const bodies: unknown[] = [];
    await tellSkips((skips) => Promise.resolve(bodies.push(...skips)));
    expect(bodies).toEqual([{ itemId: 'd', startAtMs: 100_000, reason: 'meeting', atMs: 50_000 }]);
  });
});
