/** Everything that can be wrong with a row of a sheet; texts are in sheet-finding-text.ts. */
export const sheetSeverities = {
  /** A page has text, but neither heading nor anything that looks like a programme. */
  no_heading: 'warning',
  /** No page has a programme. */
  empty_sheet: 'error',
  bad_date: 'error',
  /** A day without date, and none above it. */
  no_date: 'error',
  bad_time: 'error',
  bad_end: 'error',
  /** The first programme of a day has no time. */
  no_time: 'error',
  no_title: 'error',
  bad_length: 'error',
  /** A slot that is open without a film has neither length nor end. */
  slot_without_length: 'error',
  bad_mode: 'error',
  /** A title or note that is too long, or of characters that cannot be shown. */
  bad_text: 'error',
  off_grid: 'error',
  outside_plan: 'error',
  /** The same film at the same time twice. */
  row_twice: 'error',
  /** No film has this title or number. */
  unknown_film: 'error',
  /** A film whose title is only alike, or one of several: somebody has to choose. */
  choose_film: 'error',
  /** The weekday beside the date is another one. */
  weekday_differs: 'warning',
  /** A programme without time follows the one above it. */
  follows: 'warning',
  /** The time that is given is shorter than the film. */
  cut_short: 'warning',
} as const;

export type SheetCode = keyof typeof sheetSeverities;

/** One thing that is wrong with a sheet: the page, the line on it (from 1), and the facts for the sentence. */
export interface SheetFinding {
  readonly severity: 'error' | 'warning';
  readonly code: SheetCode;
  readonly page: string;
  readonly line: number;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Makes a finding with the severity of its code. */
export const sheetFinding = (
  code: SheetCode,
  at: { readonly page: string; readonly line: number },
  params: SheetFinding['params'] = {},
): SheetFinding => ({ severity: sheetSeverities[code], code, page: at.page, line: at.line, params });
