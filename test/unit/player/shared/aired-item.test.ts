import { describe, expect, it } from 'vitest';
import type { GuideItem } from '../../../../media/contract/channels.ts';
import { itemUrls } from '../../../../player/shared/aired-item.ts';

const item = (fields: Partial<GuideItem> = {}): GuideItem => ({
  id: 'a',
  title: '水稻育秧要点',
  kind: 'item',
  startAtMs: 4000,
  endAtMs: 40_000,
  mustWatch: false,
  ...fields,
});

describe('the URL of an item that is watched for hours', () => {
  it('is the guide’s own link at first and a fresh one each time after, because tokens end', async () => {
    const asked: number[][] = [];
    const loadGuide = (fromMs: number, toMs: number) => {
      asked.push([fromMs, toMs]);
      const before = item({ startAtMs: 0, endAtMs: 4000, catchUp: '/p/other' });
      return Promise.resolve({ items: [before, item({ catchUp: `/p/fresh${asked.length}`, startOver: '/p/over' })] });
    };
    const load = itemUrls({ loadGuide, nowMs: () => 0 }, item({ catchUp: '/p/first' }), 'catchUp');
    expect([(await load()).url, (await load()).url, (await load()).url]).toEqual([
      '/p/first',
      '/p/fresh1',
      '/p/fresh2',
    ]);
    expect(asked).toEqual([
      [4000, 40_000],
      [4000, 40_000],
    ]);
  });

  it('is gone when the guide keeps it no longer', async () => {
    const load = itemUrls({ loadGuide: () => Promise.resolve({ items: [item()] }), nowMs: () => 0 }, item(), 'catchUp');
    await expect(load()).rejects.toMatchObject({ status: 410, code: 'expired' });
  });
});
