import { describe, expect, it } from 'vitest';
import { cellAt, cellStartAtMs } from '../../../../media/grid/cell.ts';
import { emptyLayer } from '../../../../media/plan/layers.ts';
import { emptyTimeline } from '../../../../media/plan/timeline.ts';
import type { ChannelDocument } from '../../../../server/onair/channel-document.ts';
import { type CurrentPlaces, editChannel, type Made } from '../../../../server/onair/edit-channel.ts';
import type { HeadStore } from '../../../../server/onair/head-store.ts';
import { interruptChannel } from '../../../../server/onair/interrupt-channel.ts';
import { slate } from '../../media/plan/plan-of-a-day.ts';

const nowMs = Date.UTC(2026, 11, 1, 4);
const timeline = emptyTimeline('county', '2026', cellAt(nowMs) - 100, slate);
const why = { by: 'office', reason: 'test' };
const effectiveAtMs = nowMs + 32_000;

/** A database of one channel in memory, whose clock goes on by so much between two looks, each time so many times as much; it counts what it is asked for. */
function office({ stepMs, slower = 1 }: { readonly stepMs: number; readonly slower?: number }) {
  const asked = { layers: 0, kept: 0, moves: 0 };
  const stored = new Map<string, Buffer>();
  let document: ChannelDocument = { format: 1, timeline, announcements: {} };
  let atMs = nowMs;
  let nextMs = stepMs;
  const head = { channel: 'county', seq: 1, document: 'hash', movedAtMs: nowMs, ...why };
  const heads: HeadStore = {
    all: () => Promise.resolve([head]),
    of: () => Promise.resolve(head),
    document: () => Promise.resolve(document),
    layers: (hashes) => {
      asked.layers += hashes.length;
      return Promise.resolve(new Map(hashes.flatMap((hash) => [[hash, stored.get(hash) ?? Buffer.alloc(0)]])));
    },
    keepLayers: (_channel, packed) => {
      asked.kept += packed.length;
      for (const { hash, bytes } of packed) stored.set(hash, bytes);
      return Promise.resolve();
    },
    move: (_before, next) => {
      asked.moves += 1;
      document = next;
      return Promise.resolve(head);
    },
  };
  const parts = {
    clock: () => {
      atMs += nextMs;
      nextMs *= slower;
      return atMs;
    },
    heads,
    places: { parents: () => Promise.resolve({}) },
    catchUpDays: () => Promise.resolve(30),
    onAir: { refresh: () => Promise.resolve() },
  };
  return { parts, asked, document: () => document };
}

const withPlaces = ({ document }: CurrentPlaces): Made => {
  const layer = emptyLayer(timeline, cellAt(nowMs));
  const own = { format: 1, layer, announcements: {}, interruptions: [], changes: 0 } as const;
  const layers = new Map(['t1', 't2'].map((place) => [place, { ...own, interruptions: [] }]));
  return { document, layers, effectiveAtMs };
};

describe('an edit of a channel whose places have something of their own', () => {
  it('neither reads, names nor writes again what it does not change', async () => {
    const { parts, asked, document } = office({ stepMs: 0 });
    expect(await editChannel(parts, { channel: 'county', why, make: withPlaces }, 1)).toBe('moved');
    const named = document().places;
    expect(Object.keys(named ?? {})).toEqual(['t1', 't2']);
    const before = { ...asked };
    const make = (current: CurrentPlaces): Made => ({
      document: { ...current.document, sampleUntilAtMs: cellStartAtMs(timeline.fromCell) },
      effectiveAtMs,
    });
    expect(await editChannel(parts, { channel: 'county', why, make }, 1)).toBe('moved');
    expect(document().places).toEqual(named);
    expect(asked).toEqual({ ...before, moves: before.moves + 1 });
  });

  it('that takes long to work out takes effect as much later', async () => {
    const { parts, asked } = office({ stepMs: 3000 });
    const asOf: number[] = [];
    const make = (current: CurrentPlaces, atMs: number): Made => {
      asOf.push(atMs - nowMs);
      return withPlaces(current);
    };
    expect(await editChannel(parts, { channel: 'county', why, make }, 5)).toBe('moved');
    // Looks 2 and 6, the latter ahead by what the first try took: looks 1 to 4.
    expect([asOf, asked.moves]).toEqual([[6000, 18_000 + 9000], 1]);
  });

  it('that takes ever longer to work out changes nothing, and says so with the cure', async () => {
    const { parts, asked } = office({ stepMs: 3000, slower: 4 });
    expect(await editChannel(parts, { channel: 'county', why, make: withPlaces }, 5)).toBe('too-slow');
    const by = { username: 'duty' } as const;
    const cut = interruptChannel(parts, { channel: 'county' }, { by, reason: 'test' }, (_stage, atMs) => ({
      document: { format: 1, timeline, announcements: {} },
      effectiveAtMs: atMs,
    }));
    await expect(cut).rejects.toMatchObject({
      code: 'wrong_state',
      message: expect.stringMatching(/nothing was changed\. .*fewer days ahead/) as string,
    });
    expect(asked.moves).toBe(0);
  });
});
