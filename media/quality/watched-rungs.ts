/** What a rung is called where quality is told; `other` is one that does not belong to the ladder. */
export const watchedRungs = ['2160p', '1440p', '1080p', '720p', '480p', '360p', '216p', 'audio', 'other'] as const;
export type WatchedRung = (typeof watchedRungs)[number];

/** The rung of a picture by its lines; what has none is sound. */
export function rungOfHeight(height: number): WatchedRung {
  if (height === 0) return 'audio';
  return watchedRungs.find((rung) => rung === `${height}p`) ?? 'other';
}

/** At most so many plays are told in one batch. */
export const PLAYS_OF_A_BATCH = 20;
