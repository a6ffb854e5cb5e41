/**
 * How long to wait before attempt number `attempt` (0 is the first repeat), in ms: 1 s doubling to 10 s, each between half
 * and one and a half of it, so that a county of stations does not come back in one instant. `random` is in [0, 1).
 */
export const retryDelayMs = (attempt: number, random: number): number =>
  Math.round(Math.min(10_000, 1000 * 2 ** Math.min(attempt, 10)) * (0.5 + random));
