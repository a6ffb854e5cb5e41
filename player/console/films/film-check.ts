import type { FilmCheck } from '../../../media/contract/library.ts';
import { isConversion } from '../../../media/film/conversions.ts';
import { lengthText } from '../../shared/county-clock.ts';
import type { Words } from '../words/words.tsx';

/** One mark of a film. */
export type FilmMark = FilmCheck['marks'][number];

const wholeFilm: readonly FilmMark['kind'][] = ['aspect', 'quiet', 'short'];

/** Marks with a place on the time bar; the others speak of the whole film. */
export const isTimed = ({ kind }: FilmMark): boolean => !wholeFilm.includes(kind);

/** Where on the time bar a mark stands: a line of its own beside those of the same time. */
export interface BarMark {
  readonly mark: FilmMark;
  /** From 0, the upmost. */
  readonly lane: number;
}

/** What ends as something else begins is measured to a few pictures; both fit on one line. */
const touchingMs = 500;

/** The timed marks of a film, each in the first line that is free: a black picture stands still too, and both are seen. */
export function barMarks(marks: readonly FilmMark[]): readonly BarMark[] {
  const ends: number[] = [];
  return marks.filter(isTimed).map((mark) => {
    const free = ends.findIndex((endMs) => endMs - touchingMs <= mark.fromMs);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = mark.toMs;
    return { mark, lane };
  });
}

const tenths = (value: number): string => String(Math.round(value * 10) / 10);

/** What a mark says, where it is and how much it is. */
export function markText(mark: FilmMark, words: Words['check'], nameOf: (language: string) => string): string {
  const { kind, fromMs, toMs, value, detail } = mark;
  const measure: Partial<Record<FilmMark['kind'], (text: string) => string>> = {
    loudness: words.louder,
    quiet: words.softer,
    aspect: words.fills,
  };
  const place = isTimed(mark)
    ? words.from(lengthText(fromMs), lengthText(toMs), tenths((toMs - fromMs) / 1000))
    : words.wholeFilm;
  const parts = [
    words.kinds[kind],
    place,
    value === undefined ? undefined : measure[kind]?.(tenths(value)),
    detail === undefined ? undefined : words.inLanguage(nameOf(detail)),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Every conversion in plain words; a code of a later version as it is. */
export const conversionTexts = (codes: readonly string[], words: Words['check']): readonly string[] =>
  codes.map((code) => (isConversion(code) ? words.conversions[code] : code));
