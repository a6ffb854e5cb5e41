/** Upper ends of the steps in which start-up times are counted, in ms, exclusive; the last step has no end. */
export const startupStepsMs = [
  250, 500, 750, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12_000, 20_000, 30_000, 60_000,
] as const;

/** Number of the step in which a start-up time falls. */
export function startupStep(startupMs: number): number {
  const step = startupStepsMs.findIndex((end) => startupMs < end);
  return step === -1 ? startupStepsMs.length : step;
}

/**
 * The time below which `part` (0 to 1) of the counted start-ups lie, straight between the ends of its step; what lies beyond
 * the last end is told as that end. Undefined where nothing was counted.
 */
export function startupQuantileMs(counts: readonly number[], part: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let below = 0;
  for (const [step, count] of counts.entries()) {
    const end = startupStepsMs[step];
    if (end === undefined) break;
    if (count > 0 && below + count >= part * total) {
      const begin = startupStepsMs[step - 1] ?? 0;
      return Math.round(begin + ((end - begin) * (part * total - below)) / count);
    }
    below += count;
  }
  return startupStepsMs.at(-1);
}
