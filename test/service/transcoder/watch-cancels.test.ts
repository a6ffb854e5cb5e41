import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cancelledKey } from '../../../media/contract/transcode-job.ts';
import { idOfDigest } from '../../../media/contract/ids.ts';
import { watchCancels, type CancelWatch } from '../../../transcoder/watch-cancels.ts';
import { startRedis, type TestRedis } from '../start-redis.ts';

const [cancelled, other] = [1, 2].map((byte) => idOfDigest(new Uint8Array(32).fill(byte)));
if (cancelled === undefined || other === undefined) throw new Error('Two films are needed.');
const underWay = [
  ['cancelled', { filmId: cancelled, attempt: 0 }],
  ['tried again since', { filmId: cancelled, attempt: 1 }],
  ['another film', { filmId: other, attempt: 0 }],
] as const;

let redis: TestRedis;
let watch: CancelWatch;
const stopped = new Set<string>();

beforeAll(async () => {
  redis = await startRedis();
  watch = await watchCancels(
    redis.client,
    () => underWay,
    (jobId) => stopped.add(jobId),
  );
});
afterAll(async () => {
  watch.close();
  await redis.stop();
});

describe('a worker that missed the message of a cancelled film', () => {
  it('asks by itself, and stops the jobs of that attempt and no others', async () => {
    await redis.client.set(cancelledKey(cancelled), 0);
    // Asked every 2 s; held to more on a busy machine.
    await vi.waitFor(() => expect([...stopped]).toEqual(['cancelled']), { timeout: 10_000 });
  });

  it('goes on asking after Redis died and came back', async () => {
    stopped.clear();
    await redis.kill();
    await redis.restart();
    await redis.client.set(cancelledKey(cancelled), 1);
    await vi.waitFor(() => expect([...stopped].sort()).toEqual(['cancelled', 'tried again since']), {
      timeout: 10_000,
    });
  });
});
