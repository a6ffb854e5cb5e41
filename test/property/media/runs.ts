/** How many times as many histories as in CI, and from which seed on: `npm run soak:channel` sets both. */
const times = Number(process.env['SOAK_TIMES'] ?? 1);
const shift = Number(process.env['SOAK_SEED'] ?? 0);

/** Runs of one property: its own seed and number in CI, others in a soak. */
export const runs = (seed: number, numRuns: number): { readonly seed: number; readonly numRuns: number } => ({
  seed: seed + shift,
  numRuns: numRuns * times,
});
