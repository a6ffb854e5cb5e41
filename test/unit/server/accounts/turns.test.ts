import { describe, expect, it } from 'vitest';
import { takeTurns } from '../../../../server/accounts/turns.ts';

const refuse = (): never => {
  throw new Error('too many');
};

/** A job that ends when told, and the most that ran at once. */
function jobs(inTurn: <Value>(job: () => Promise<Value>) => Promise<Value>) {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const run = () =>
    inTurn(async () => {
      most = Math.max(most, (running += 1));
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    });
  return { run, endOne: () => ends.shift()?.(), most: () => most };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('run two at a time, all of them, and refuse beyond the queue', async () => {
    const work = jobs(takeTurns(2, 3, refuse));
    const all = Array.from({ length: 5 }, () => work.run());
    await expect(work.run()).rejects.toThrow('too many');
    for (let count = 0; count < 5; count += 1) {
      await settle();
      work.endOne();
    }
    await Promise.all(all);
    expect(work.most()).toBe(2);
  });

  it('go on after a job that failed', async () => {
    const inTurn = takeTurns(1, 1, refuse);
    await expect(inTurn(() => Promise.reject(new Error('this one')))).rejects.toThrow('this one');
    await expect(inTurn(() => Promise.resolve(5))).resolves.toBe(5);
  });
});
