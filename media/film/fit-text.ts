/** Widths of letters in ems of the house font, rounded up; what is not narrow counts as a full square. */
const widthOf = (letter: string): number => {
  if (!/^[\u0020-\u024f\u2010-\u2027]$/u.test(letter)) return 1;
  if (/[ijl|!.,:;'’‘\u0020]/u.test(letter)) return 0.3;
  if (/[ftrI()[\]-]/u.test(letter)) return 0.4;
  if (/[MWm@%—…]/u.test(letter)) return 1;
  return /[A-Zw&]/u.test(letter) ? 0.81 : 0.62;
};

/** Code points: of rare letters no half is left. */
const lettersOf = (text: string): string[] => Array.from(text);

/** At most how wide a text is drawn, in ems of its size. */
export const textEms = (text: string): number => lettersOf(text).reduce((sum, letter) => sum + widthOf(letter), 0);

/** Signs that no line begins with (GB/T 15834), so that they hang behind the last word of the line before. */
const closing = /^[，。、；：？！）】》」』”’…,.;:?!)\]}%]/u;

/** Words of latin letters and digits stay whole; every other letter may begin a line. */
const piecesOf = (text: string): string[] => {
  const pieces: string[] = [];
  for (const piece of text.match(/[\p{Script=Latin}\d_'’-]+|./gsu) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && closing.test(piece)) pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
};

/** The longest beginning of a text that fits with `…` behind it. */
function shortened(text: string, ems: number): string {
  const kept: string[] = [];
  for (const letter of text) {
    if (textEms(kept.join('') + letter) + 1 > ems) break;
    kept.push(letter);
  }
  return `${kept.join('').trimEnd()}…`;
}

/** A text in at most `lines` lines of `ems`; what does not fit ends in `…`. Control characters and line ends are blanks. */
export function fitText(text: string, ems: number, lines = 1): string[] {
  const found: string[] = [];
  let line = '';
  let rest = piecesOf(text.replace(/[\p{C}\s]+/gu, ' ').trim());
  while (rest.length > 0) {
    const [piece = '', ...after] = rest;
    if (textEms(line + piece) <= ems) line += piece;
    else if (found.length + 1 === lines) return [...found, shortened(line + rest.join(''), ems)];
    else if (line === '') {
      // A word longer than a line is broken where the line ends.
      const letters = lettersOf(piece);
      let fitting = 1;
      while (textEms(letters.slice(0, fitting + 1).join('')) <= ems) fitting += 1;
      found.push(letters.slice(0, fitting).join(''));
      rest = [letters.slice(fitting).join(''), ...after];
      continue;
    } else {
      found.push(line.trimEnd());
      line = '';
      if (piece !== ' ') continue;
    }
    rest = after;
  }
  return line === '' ? found : [...found, line.trimEnd()];
}
