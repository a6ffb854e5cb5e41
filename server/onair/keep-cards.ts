import type { Logger } from 'pino';
import { type CardTendParts, sweepCards, tendCards } from './tend-cards.ts';

/** What keeping cards needs. */
export interface KeepCardsParts extends CardTendParts {
  readonly log: Logger;
  readonly closers: (() => Promise<void>)[];
}

/** A plan that is published takes effect in 32 s: its gaps have their cards before. */
const everyMs = 10_000;
/** Looks between two sweeps: an hour. */
const sweepEvery = 360;

/** Looks after the cards in gaps every 10 s until the server closes. */
export function keepCards(parts: KeepCardsParts): void {
  const { log, closers } = parts;
  let looks = 0;
  let running = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const wanted = await tendCards(parts);
      if (looks % sweepEvery === sweepEvery - 1) await sweepCards(parts, wanted);
      looks += 1;
    } catch (error) {
      log.warn({ err: error }, 'Cards in gaps could not be looked after; it is tried again soon.');
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = look().then(again);
    }, everyMs);
    timer.unref();
  };
  closers.push(async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  });
  again();
}
