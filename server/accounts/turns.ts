/** Runs at most `atOnce` jobs at a time and lets at most `waitingLimit` wait; `refuse` throws for the next. */
export function takeTurns(
  atOnce: number,
  waitingLimit: number,
  refuse: () => never,
): <Value>(job: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (job) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingLimit) refuse();
      // Whoever ends hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
