/** Frame rates of the house, in frames a second: 4 s is a whole number of frames at each (house-profile.md 2). */
export const houseFrameRates = [24, 25, 30, 50, 60] as const;

/** The house frame rate nearest to a measured one; a source without a usable rate gets 25. */
export function snapFrameRate(measured: number): number {
  if (!Number.isFinite(measured) || measured <= 0) return 25;
  return houseFrameRates.reduce((best, rate) => (Math.abs(rate - measured) < Math.abs(best - measured) ? rate : best));
}
