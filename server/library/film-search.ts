import { pinyin, polyphonic } from 'pinyin-pro';

/** What of a title is looked through: its readings, a line each, and every run of 1 to 3 characters for the index. */
export interface SearchFields {
  readonly searchText: string;
  readonly grams: readonly string[];
}

const longestGram = 3;

/** Brings a title or a query into one form: width and case folded (NFKC), without spaces and apostrophes. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s'’]/gu, '');

/** Every run of 1 to 3 characters, each once. */
export function gramsOf(text: string): ReadonlySet<string> {
  const characters = Array.from(text);
  const grams = new Set<string>();
  for (let from = 0; from < characters.length; from += 1) {
    for (let size = 1; size <= longestGram && from + size <= characters.length; size += 1) {
      grams.add(characters.slice(from, from + size).join(''));
    }
  }
  return grams;
}

/** The grams that every match of a query has: its longest ones. */
export function queryGrams(folded: string): readonly string[] {
  const size = Math.min(longestGram, Array.from(folded).length);
  return [...gramsOf(folded)].filter((gram) => Array.from(gram).length === size);
}

/** Letters of the keys 2 to 9 of a telephone. */
const keyOf = (letter: string): string => '22233344455566677778889999'.charAt(letter.charCodeAt(0) - 97);

/** What a remote control without letters types for pinyin initials: `sdyy` is 7399; a digit stays one. */
const typedOnKeys = (initials: string): string => initials.replace(/[a-z]/g, keyOf);

/** Fields that let an index find a title by its characters, its pinyin, its pinyin initials or the keys of those. */
export function searchFields(title: string): SearchFields {
  const lines = [...new Set([foldText(title), ...readings(title)])].filter((line) => line !== '');
  return { searchText: lines.join('\n'), grams: [...new Set(lines.flatMap((line) => [...gramsOf(line)]))] };
}

/** Says whether a folded query stands in a title or one of its readings, letter by letter. */
export const matchesSearch = (searchText: string, folded: string): boolean => searchText.includes(folded);

/**
 * Pinyin, initials and their keys of a title: the reading that the words around suggest, then the same with one character of
 * several readings (行: xing, hang) read otherwise, as people do not agree with dictionaries.
 */
function readings(title: string): readonly string[] {
  const characters = Array.from(title.normalize('NFKC').toLowerCase()).filter(
    (character) => !/[\s'’]/u.test(character),
  );
  const said = pinyin(characters.join(''), { toneType: 'none', type: 'array', nonZh: 'spaced', v: true });
  // Where the two do not line up (rare signs), the context is dropped rather than a character.
  const base =
    said.length === characters.length
      ? said
      : characters.map((character) => pinyin(character, { toneType: 'none', v: true }));
  const variants = [base];
  characters.forEach((character, at) => {
    const others = polyphonic(character, { toneType: 'none', type: 'array', v: true })[0] ?? [];
    for (const other of new Set(others)) {
      if (other !== base[at] && other !== character)
        variants.push(base.map((syllable, place) => (place === at ? other : syllable)));
    }
  });
  return variants.flatMap((syllables) => {
    const initials = foldText(syllables.map((syllable) => Array.from(syllable)[0] ?? '').join(''));
    return [foldText(syllables.join('')), initials, typedOnKeys(initials)];
  });
}
