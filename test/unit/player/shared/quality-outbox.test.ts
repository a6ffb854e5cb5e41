import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlayReport, QualityBatch } from '../../../../media/contract/quality.ts';
import { ApiError } from '../../../../player/shared/api-error.ts';
import { createQualityOutbox } from '../../../../player/shared/quality-outbox.ts';

const play = (watchedMs: number): PlayReport => ({
  ...{ mode: 'live', atMs: 1_800_000_000_000, watchedMs, stalls: 0, stalledMs: 0 },
  ...{ rungs: {}, errors: {}, frames: 0, droppedFrames: 0 },
});
const lost = () => Promise.reject(new ApiError({ status: 0, code: 'network', detail: '' }));

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
  });
});
afterEach(() => vi.unstubAllGlobals());

function outbox(send: (batch: QualityBatch) => Promise<unknown>, sender = 'a'.repeat(20)) {
  const blind: QualityBatch[] = [];
  const made = createQualityOutbox({
    ...{ page: 'member', place: () => 't1', send, sender },
    sendBlindly: (batch) => blind.push(batch) > 0,
  });
  return { ...made, blind };
}

describe('the outbox of quality', () => {
  it('reads every meter, and a last time the one that leaves', async () => {
    const sent: QualityBatch[] = [];
    const { join, flush } = outbox((batch) => Promise.resolve(sent.push(batch)));
    join(() => play(1));
    const leave = join((isOver) => (isOver ? play(3) : undefined));
    leave();
    await flush(false);
    expect(sent).toMatchObject([{ seq: 1, place: 't1', page: 'member', plays: [{ watchedMs: 3 }, { watchedMs: 1 }] }]);
  });

  it('keeps what a lost link held back, also for the next page, under its first number', async () => {
    const first = outbox(lost);
    first.join(() => play(1));
    await first.flush(false);
    await first.flush(false);
    const sent: QualityBatch[] = [];
    const second = outbox((batch) => Promise.resolve(sent.push(batch)), 'b'.repeat(20));
    second.join(() => play(2));
    await second.flush(false);
    expect(sent.map(({ sender, seq }) => `${sender[0] ?? ''}${seq}`)).toEqual(['a1', 'a2', 'b1']);
    expect(stored.get('yuanbo.quality')).toBe('[]');
  });

  it('keeps no more than three hours, the newest', async () => {
    const { join, flush } = outbox(lost);
    join(() => play(1));
    for (let times = 0; times < 50; times += 1) await flush(false);
    const kept = JSON.parse(stored.get('yuanbo.quality') ?? '') as QualityBatch[];
    expect([kept.length, kept.at(-1)?.seq]).toEqual([36, 50]);
  });

  it('drops what the server refuses for good, not what it puts off', async () => {
    for (const [status, left] of [
      [422, 0],
      [429, 1],
      [503, 1],
    ] as const) {
      stored.clear();
      const { join, flush } = outbox(() => Promise.reject(new ApiError({ status, code: 'x', detail: '' })));
      join(() => play(1))();
      await flush(false);
      expect((JSON.parse(stored.get('yuanbo.quality') ?? '') as unknown[]).length, String(status)).toBe(left);
    }
  });

  it('tells everything blindly as the page is left, and again later, which counts once', async () => {
    const { join, flush, blind } = outbox(lost);
    join(() => play(1));
    await flush(false);
    await flush(true);
    expect(blind.map(({ seq }) => seq)).toEqual([1, 2]);
    expect((JSON.parse(stored.get('yuanbo.quality') ?? '') as unknown[]).length).toBe(2);
  });

  it('works where storage is refused or holds rubbish', async () => {
    stored.set('yuanbo.quality', '{"not":"a list"}');
    const sent: QualityBatch[] = [];
    const { join, flush } = outbox((batch) => Promise.resolve(sent.push(batch)));
    vi.stubGlobal('localStorage', undefined);
    join(() => play(1));
    await flush(false);
    expect(sent.length).toBe(1);
  });

  it('splits what does not fit into one batch', async () => {
    const sent: QualityBatch[] = [];
    const { join, flush } = outbox((batch) => Promise.resolve(sent.push(batch)));
    for (let count = 0; count < 45; count += 1) join(() => play(count));
    await flush(false);
    expect(sent.map(({ plays }) => plays.length)).toEqual([20, 20, 5]);
  });
});
