/** How many times as many histories as in CI, and from which seed on: `npm run soak:channel` sets both. */
const times = Number(process.env['SOAK_TIMES'] ?? 1);
const shift = Number(process.env['SOAK_SEED'] ?? 0);

/** Looking for the smallest history that fails has no end of its own, and nothing else can end it. */
const longestMs = 90_000;

/** What a property is asked with. */
type Runs = {
  readonly seed: number;
  readonly numRuns: number;
  readonly interruptAfterTimeLimit: number;
  readonly markInterruptAsFailure: true;
};

/** Runs of one property: its own number in CI, more in a soak. The properties of one seed are numbered, so that none sees another's histories. */
export const runs = (seed: number, numRuns: number, property = 0): Runs => ({
  seed: seed + 1_000_000 * property + shift,
  numRuns: numRuns * times,
  interruptAfterTimeLimit: longestMs * times,
  markInterruptAsFailure: true,
});
