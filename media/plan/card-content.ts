import { CARD_ROWS, type CardRow, type GapCard } from '../contract/gap-card.ts';
import { cellStartAtMs } from '../grid/cell.ts';
import { addCivilDays, civilDateOf, civilWeekday, formatCivilTime } from '../grid/civil-time.ts';
import type { Run } from '../grid/span.ts';
import type { Timeline } from './timeline.ts';

/** What cards say besides what the timeline says. */
export interface CardRules {
  /** County zone, IANA name. */
  readonly timeZone: string;
  /** Name of the channel. */
  readonly channel: string;
  /** Name of an item's category. */
  readonly categoryOf: (itemId: string) => string | undefined;
  /** Whether an item was inserted and never stood in a plan. */
  readonly isInserted: (itemId: string) => boolean;
  /** Id of a card's film: cards that show the same have the same. */
  readonly idOf: (card: GapCard) => string;
}

/** A planned item as cards name it. */
export interface Programme {
  readonly run: Run;
  readonly itemId: string;
  readonly filmId: string;
  readonly title: string;
  readonly mustWatch: boolean;
  /** County date on which it begins. */
  readonly date: string;
}

/** Items among ordered runs that begin there, in order; withdrawn films are never named. */
export function programmesOf(timeline: Timeline, runs: readonly Run[], rules: CardRules): Programme[] {
  const seen = new Set<string>();
  return runs.flatMap((run): Programme[] => {
    const { itemId } = run;
    const item = itemId === undefined ? undefined : timeline.items[itemId];
    if (itemId === undefined || item?.kind !== 'item' || seen.has(itemId) || rules.isInserted(itemId)) return [];
    seen.add(itemId);
    if (timeline.withdrawn.includes(run.revision)) return [];
    const { filmId, title, mustWatch } = item;
    return [{ run, itemId, filmId, title, mustWatch, date: civilDateOf(cellStartAtMs(run.fromCell), rules.timeZone) }];
  });
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

/** `12月1日 星期二` */
const dayText = (date: string): string =>
  `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日 星期${weekdays[civilWeekday(date) - 1] ?? ''}`;

const clockText = (cell: number, timeZone: string): string =>
  formatCivilTime(cellStartAtMs(cell), timeZone).slice(11, 16);

function rowOf(
  { itemId, filmId, title, mustWatch, run, date }: Programme,
  rules: CardRules,
  isDated: boolean,
): CardRow {
  const category = rules.categoryOf(itemId);
  const time = clockText(run.fromCell, rules.timeZone);
  const when = isDated ? `${dayText(date)} ${time}` : time;
  return { filmId, when, title, ...(category === undefined ? {} : { category }), mustWatch };
}

/** First cells by film and time as dated rows name them: one film may begin twice in a minute. */
export function startsByName(
  programmes: readonly Programme[],
  rules: CardRules,
): ReadonlyMap<string, readonly number[]> {
  const starts = new Map<string, number[]>();
  for (const programme of programmes) {
    const name = `${programme.filmId} ${rowOf(programme, rules, true).when}`;
    starts.set(name, [...(starts.get(name) ?? []), programme.run.fromCell]);
  }
  return starts;
}

/** First cells of what a card names; `next` where it says no day and so may stand before the same film of another one. */
export function announcedBy(
  { kind, day, rows }: GapCard,
  starts: ReadonlyMap<string, readonly number[]>,
): 'next' | number[] {
  if (kind === 'next-up') return 'next';
  const isDated = day === '' || kind === 'must-watch';
  const cells = rows.flatMap(
    ({ filmId, when }) => starts.get(isDated ? `${filmId} ${when}` : `${filmId} ${day} ${when}`) ?? [],
  );
  return [...new Set(cells)];
}

const single = { day: '', page: 1, pages: 1 } as const;

/** What begins right after the card. */
export const nextUpCard = (programme: Programme, rules: CardRules): GapCard => ({
  kind: 'next-up',
  channel: rules.channel,
  ...single,
  rows: [rowOf(programme, rules, false)],
});

/** When the film of the trailer before the card begins. */
export const comingCard = (programme: Programme, rules: CardRules): GapCard => ({
  kind: 'coming',
  channel: rules.channel,
  ...single,
  rows: [rowOf(programme, rules, true)],
});

function pagesOf(
  kind: GapCard['kind'],
  day: string,
  programmes: readonly Programme[],
  rules: CardRules,
): readonly GapCard[] {
  const isDated = kind === 'must-watch';
  const pages = Math.ceil(programmes.length / CARD_ROWS);
  return Array.from({ length: pages }, (_none, index) => ({
    kind,
    channel: rules.channel,
    day,
    page: index + 1,
    pages,
    rows: programmes
      .slice(index * CARD_ROWS, (index + 1) * CARD_ROWS)
      .map((programme) => rowOf(programme, rules, isDated)),
  }));
}

/** The list of a county date, in pages; `today` on that day and `tomorrow` the day before. */
export function dayCards(
  kind: 'today' | 'tomorrow',
  date: string,
  programmes: readonly Programme[],
  rules: CardRules,
): readonly GapCard[] {
  return pagesOf(
    kind,
    dayText(date),
    programmes.filter((programme) => programme.date === date),
    rules,
  );
}

/** What must be watched on the seven days after a county date, its first airing of each; one page. */
export function mustWatchCards(date: string, programmes: readonly Programme[], rules: CardRules): readonly GapCard[] {
  const last = addCivilDays(date, 7);
  const films = new Set<string>();
  const coming = programmes.filter(({ mustWatch, filmId, date: day }) => {
    if (!mustWatch || day <= date || day > last || films.has(filmId)) return false;
    films.add(filmId);
    return true;
  });
  return pagesOf('must-watch', '今后七天', coming.slice(0, CARD_ROWS), rules);
}
