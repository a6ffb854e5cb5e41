import { z } from 'zod';

const cardRowSchema = z.strictObject({
  filmId: z.string(),
  /** When it begins, as people read it: `19:30`, or `12月2日 星期三 19:30`. */
  when: z.string(),
  title: z.string(),
  /** Name of the category. */
  category: z.string().exactOptional(),
  mustWatch: z.boolean(),
});
/** One programme on a card. */
export type CardRow = z.infer<typeof cardRowSchema>;

/** Most programmes on one card. */
export const CARD_ROWS = 7;

/**
 * What a still picture between two programmes says. `next-up` and `coming` (behind a trailer) name one programme; the others
 * are pages of the notice board: the list of a day, and what must be watched in the days to come.
 */
export const gapCardSchema = z.strictObject({
  kind: z.enum(['next-up', 'coming', 'today', 'tomorrow', 'must-watch']),
  /** Name of the channel. */
  channel: z.string(),
  /** The day of a list as people read it; empty on the other cards. */
  day: z.string(),
  /** From 1. */
  page: z.number().int().positive(),
  pages: z.number().int().positive(),
  rows: z.array(cardRowSchema).min(1).max(CARD_ROWS),
});
export type GapCard = z.infer<typeof gapCardSchema>;

/** Cells of every card's film: a picture that stands still may end after any of them. */
export const CARD_CELLS = 6;
