/** A bit rate as people read it: `2.2 Mbit/s`. */
export const rateText = (bps: number): string =>
  bps >= 1e6 ? `${(bps / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bps / 1e3)} kbit/s`;
