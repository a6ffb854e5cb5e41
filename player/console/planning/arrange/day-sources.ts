import { addCivilDays, civilWeekday } from '../../../../media/grid/civil-time.ts';
import type { DayTemplate } from '../../../../media/contract/day-templates.ts';
import { seasonOn, type SeasonProfile, shiftClock } from '../../../../media/plan/season.ts';
import { bareSlot, type PlanRow } from '../plan-rows.ts';
import { airingOn, type Block, blocksOf, onDay } from '../repeat-rows.ts';
import type { Conflict } from './lay-blocks.ts';

type Rows = readonly PlanRow[];

/** What is wanted on some days, and what of it has no time there. */
export interface Wanted {
  readonly blocks: readonly Block[];
  readonly outside: readonly Conflict[];
}

/** Says from which date a day takes its lines; undefined for none. */
type SourceOf = (day: string) => string | undefined;

/** Lines for days, each taken from another date of a list; every line is new and airs once. */
export function fromDates(rows: Rows, days: readonly string[], sourceOf: SourceOf, freshId: () => string): Wanted {
  const blocks = days.flatMap((day) => {
    const source = sourceOf(day);
    const found = source === undefined || source === day ? [] : airingOn(rows, source);
    return found.map((block) => fresh(onDay(block, day), freshId));
  });
  return { blocks, outside: [] };
}

const fresh = ([first, ...others]: Block, freshId: () => string): Block => [
  { ...first, id: freshId() },
  ...others.map((row) => ({ ...row, id: freshId() })),
];

/** The day of the week of `inWeekOf` (Monday to Sunday) that has the weekday of `day`. */
export const sameWeekday = (inWeekOf: string, day: string): string =>
  addCivilDays(inWeekOf, civilWeekday(day) - civilWeekday(inWeekOf));

const monthOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

/** First date of a month that is counted from the year 0. */
const firstOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;

/**
 * The date `monthsBack` months earlier that is the same weekday of its month as `day`: of the second Tuesday the second Tuesday;
 * of a fifth one that the other month lacks, its last.
 */
export function sameWeekdayOfMonth(day: string, monthsBack: number): string {
  const first = firstOf(monthOf(day) - monthsBack);
  const offset = (civilWeekday(day) - civilWeekday(first) + 7) % 7;
  const wanted = addCivilDays(first, offset + 7 * (Math.ceil(Number(day.slice(8)) / 7) - 1));
  return wanted.slice(0, 7) === first.slice(0, 7) ? wanted : addCivilDays(wanted, -7);
}

/** By how many months one plan begins after another. */
export const monthsBetween = (earlier: string, later: string): number => monthOf(later) - monthOf(earlier);

/** Lines of a template for one day; what a shift brings out of the day is told. */
function fromTemplate(template: DayTemplate, day: string, shiftMinutes: number, freshId: () => string): Wanted {
  const rows = template.items.map((item): PlanRow => {
    const { filmId = '', filmTitle = '', filmMs, durationMs, title, note = '', alternates, ...rest } = item;
    const { startMode, maxLateMs, mustWatch, clock = '' } = rest;
    const isSlot = filmId === '' && rest.open === true;
    return {
      ...{ id: freshId(), day, startMode, maxLateMs, mustWatch, filmId, note, clock },
      filmTitle: isSlot ? bareSlot.filmTitle : filmTitle,
      ...(rest.open === true ? { open: true } : {}),
      ...(filmMs === undefined ? {} : { filmMs }),
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(title === undefined ? {} : { title }),
      ...(alternates === undefined ? {} : { kept: { alternates } }),
    };
  });
  const wanted: { blocks: Block[]; outside: Conflict[] } = { blocks: [], outside: [] };
  for (const [first, ...others] of blocksOf(rows)) {
    const clock = shiftClock(first.clock, shiftMinutes);
    if (clock !== undefined) wanted.blocks.push([{ ...first, clock }, ...others]);
    else wanted.outside.push({ day, clock: first.clock, title: first.title ?? first.filmTitle });
  }
  return wanted;
}

const joined = (parts: readonly Wanted[]): Wanted => ({
  blocks: parts.flatMap(({ blocks }) => blocks),
  outside: parts.flatMap(({ outside }) => outside),
});

/** Lines of a template for days. */
export const fromTemplates = (template: DayTemplate, days: readonly string[], freshId: () => string): Wanted =>
  joined(days.map((day) => fromTemplate(template, day, 0, freshId)));

/** Lines for days as the seasons say; days of no season get none. */
export function fromSeasons(
  seasons: readonly SeasonProfile[],
  templates: readonly DayTemplate[],
  days: readonly string[],
  freshId: () => string,
): Wanted {
  const known = new Map(templates.map((template) => [template.id as string, template]));
  return joined(
    days.flatMap((day) =>
      (seasonOn(seasons, day)?.rules ?? []).flatMap(({ template, shiftMinutes }) => {
        const found = known.get(template);
        return found === undefined ? [] : [fromTemplate(found, day, shiftMinutes, freshId)];
      }),
    ),
  );
}

/** A day's lines as a template keeps them: repeated ones too, without dates and rules. */
export function templateItems(rows: Rows, day: string): DayTemplate['items'] {
  return airingOn(rows, day)
    .filter(([first]) => first.startMode !== 'follow' && first.clock !== '')
    .flat()
    .map(({ clock, startMode, maxLateMs, mustWatch, open, filmId, durationMs, title, note, kept }) => ({
      ...{ startMode, maxLateMs, mustWatch },
      ...(startMode === 'follow' ? {} : { clock }),
      ...(open === true ? { open } : {}),
      ...(filmId === '' ? {} : { filmId: filmId as NonNullable<DayTemplate['items'][number]['filmId']> }),
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(title === undefined ? {} : { title }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...kept,
    }));
}
