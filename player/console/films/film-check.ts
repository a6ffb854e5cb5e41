import type { FilmCheck } from '../../../media/contract/library.ts';
import { isConversion } from '../../../media/film/conversions.ts';
import { lengthText } from '../../shared/county-clock.ts';
import type { Words } from '../words/words.tsx';

/** One mark of a film. */
export type FilmMark = FilmCheck['marks'][number];

const wholeFilm: readonly FilmMark['kind'][] = ['aspect', 'quiet', 'short'];

/** Marks with a place on the time bar; the others speak of the whole film. */
export const isTimed = ({ kind }: FilmMark): boolean => !wholeFilm.includes(kind);

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
