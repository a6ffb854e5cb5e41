/** Everything that can be wrong with a plan; texts are in finding-text.ts, severities below. */
export const findingSeverities = {
  /** The list is empty. */
  empty_plan: 'error',
  /** A start is not on the 4 s grid. */
  off_grid: 'error',
  /** An item begins while another one still runs. */
  overlap: 'error',
  /** Nothing is planned between two items of one day: slate airs. */
  gap: 'warning',
  /** A gap of less than 12 s: a flash of slate (linear.md I19). */
  slate_scrap: 'warning',
  /** The library knows no such film. */
  film_missing: 'error',
  /** Still being made, or refused. */
  film_not_ready: 'error',
  /** Made, but no reviewer passed it, or one returned it. */
  film_not_passed: 'error',
  film_withdrawn: 'error',
  /** On air before or after the days on which the film may be shown. */
  film_expired: 'error',
  /** Its package has no channel-ready certificate. */
  not_channel_ready: 'error',
  /** The film may not air, but an alternate stands in. */
  alternate_airs: 'warning',
  /** An alternate that could not stand in. */
  alternate_not_ready: 'warning',
  /** Less than 12 s on air. */
  item_too_short: 'error',
  /** The end of a film is not shown. */
  truncated: 'warning',
  /** A soft start waits for its predecessor. */
  late: 'warning',
  /** A new item begins before it can air. */
  start_in_past: 'error',
  /** An item begins outside of the plan's dates. */
  outside_plan: 'error',
  /** An item that is not a follower has no start. */
  start_missing: 'error',
  /** A follower with nothing before it. */
  follow_without_previous: 'error',
  /** A line that repeats, but on no day of the plan. */
  repeat_without_day: 'warning',
  /** The film lacks the package of the channel. */
  no_package: 'error',
  /** The channel declares a language that the film does not have. */
  language_missing: 'warning',
  /** A must-watch item is not shown whole, or an alternate takes its place. */
  must_watch_cut: 'warning',
  /** An item of a place reaches beyond the slot that the county left open. */
  outside_open_slot: 'error',
  /** An item of a place, and no slot is open to it from then on. */
  no_open_slot: 'error',
  /** An item of a place would displace what must be watched. */
  must_carry: 'error',
  /** New items begin less than 24 h after now. */
  notice_lead: 'warning',
} as const;

export type FindingCode = keyof typeof findingSeverities;

/** One thing that is wrong with a plan, where it is, and the facts for the sentence about it. */
export interface PlanFinding {
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  readonly itemId?: string;
  /** Line of the list, from 1. */
  readonly row?: number;
  readonly params: Readonly<Record<string, string | number>>;
}
