import { civilWeekday } from '../grid/civil-time.ts';

/** A dated part of the year with templates of its own, such as the busy season of farming. */
export interface SeasonProfile {
  readonly id: string;
  readonly name: string;
  /** County dates, `to` exclusive. */
  readonly ranges: readonly { readonly from: string; readonly to: string }[];
  readonly rules: readonly SeasonRule[];
}

/** Which template applies on which weekdays (1, Monday, to 7), and by how many minutes later. */
export interface SeasonRule {
  readonly weekdays: readonly number[];
  readonly template: string;
  readonly shiftMinutes: number;
}

/** What applies on a date. */
export interface SeasonDay {
  readonly season: SeasonProfile;
  /** In the order of the season; none where it leaves the weekday free. */
  readonly rules: readonly SeasonRule[];
}

/** First day of the range that holds a date; undefined where none does. */
const beginOf = ({ ranges }: SeasonProfile, date: string): string | undefined =>
  ranges
    .filter(({ from, to }) => from <= date && date < to)
    .map(({ from }) => from)
    .sort()
    .at(-1);

/**
 * The season of a date: where several hold it, the one whose range began last, so that a festival within the slack season wins;
 * of those that began together the first by name. The order of the list does not matter.
 */
export function seasonOn(seasons: readonly SeasonProfile[], date: string): SeasonDay | undefined {
  let best: { readonly season: SeasonProfile; readonly begin: string } | undefined;
  for (const season of seasons) {
    const begin = beginOf(season, date);
    if (begin === undefined) continue;
    const isLater = best === undefined || begin > best.begin;
    if (isLater || (begin === best?.begin && season.name < best.season.name)) best = { season, begin };
  }
  if (best === undefined) return undefined;
  const weekday = civilWeekday(date);
  return { season: best.season, rules: best.season.rules.filter(({ weekdays }) => weekdays.includes(weekday)) };
}

const dayMinutes = 24 * 60;

/** A time of day (`19:30:00`) so many minutes later; undefined where that is another day. */
export function shiftClock(clock: string, minutes: number): string | undefined {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const shifted = hour * 60 + minute + minutes;
  if (shifted < 0 || shifted >= dayMinutes) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(shifted / 60))}:${two(shifted % 60)}${clock.slice(5)}`;
}
