/** Why a station did not start what must be watched. */
export const skipReasons = ['meeting', 'fault', 'watched', 'nobody', 'other'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** How many of them a station tells at a time. */
export const SKIPS_OF_A_BATCH = 50;
