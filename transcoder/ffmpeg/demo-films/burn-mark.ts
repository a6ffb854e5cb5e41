import { DEMO_MARK, DEMO_MARK_MAX_SECOND, markBlock, markBlocks } from '../../../media/film/demo-mark.ts';
import type { DemoFilm } from '../../../media/film/demo-films.ts';
import { filter } from './filter-graph.ts';

/** Keeps a second from starting a frame late where t is a rounded sum; far below one frame. */
const ROUNDING = 0.0005;
const SECOND = `floor(t+${String(ROUNDING)})`;

interface Pixels {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const drawnBlock = ({ width, height }: DemoFilm, index: number): Pixels => {
  const block = markBlock(index, { left: 0, top: 0, width: 1, height: 1, aspect: width / height });
  const x = Math.round(block.left * width);
  const y = Math.round(block.top * height);
  return {
    x,
    y,
    w: Math.round((block.left + block.width) * width) - x,
    h: Math.round((block.top + block.height) * height) - y,
  };
};

/** True while block `index` is white: the parity of those bits of the second that flip it, from its state at second 0. */
const whiteWhile = (film: number, index: number): string => {
  const atZero = markBlocks({ film, second: 0 })[index] === true;
  const bits: number[] = [];
  for (let bit = 1; bit <= DEMO_MARK_MAX_SECOND; bit *= 2) {
    if ((markBlocks({ film, second: bit })[index] === true) !== atZero) bits.push(bit);
  }
  if (bits.length === 0) return atZero ? '1' : '0';
  const flips = bits.map((bit) => `floor(${SECOND}/${String(bit)})`);
  return `mod(${[atZero ? '1' : '0', ...flips].join('+')},2)`;
};

/** A still film shows second 0 throughout. */
const whiteAtZero = (film: number, index: number): string =>
  markBlocks({ film, second: 0 })[index] === true ? '1' : '0';

const whiteBoxes = (film: DemoFilm, isStill: boolean): readonly string[] =>
  markBlocks({ film: film.number, second: 0 })
    .map((_, index) => ({
      place: drawnBlock(film, index),
      enable: isStill ? whiteAtZero(film.number, index) : whiteWhile(film.number, index),
    }))
    .filter(({ enable }) => enable !== '0')
    .map(({ place, enable }) => filter('drawbox', { ...place, color: 'white', t: 'fill', enable }));

const twoDigits = (expression: string): string => `%{eif:${expression}:d:2}`;

/** `F01 hh:mm:ss.ff`, ff being frames of the film's own rate. */
const timecode = ({ number, frameRate }: DemoFilm): string => {
  const rate = `${String(frameRate.numerator)}/${String(frameRate.denominator)}`;
  const hours = twoDigits(`floor(${SECOND}/3600)`);
  const minutes = twoDigits(`mod(floor(${SECOND}/60),60)`);
  const seconds = twoDigits(`mod(${SECOND},60)`);
  const frames = twoDigits(`floor((t+${String(ROUNDING)}-${SECOND})*${rate})`);
  return `F${String(number).padStart(2, '0')} ${hours}:${minutes}:${seconds}.${frames}`;
};

const unitOf = ({ width, height }: DemoFilm): number => Math.min(width, height) / DEMO_MARK.unitsPerShortSide;
const even = (value: number): number => Math.round(value / 2) * 2;

/** The dark still behind mark and timecode: filters that make one frame of it, and where it lies, in pixels. */
export const markPanel = (
  film: DemoFilm,
  isStill = false,
): { readonly filters: readonly string[]; readonly x: number; readonly y: number } => {
  const unit = unitOf(film);
  const [x, y] = [even(film.width - 12.5 * unit), even(0.5 * unit)];
  const [first, last] = [drawnBlock(film, 0), drawnBlock(film, DEMO_MARK.columns * DEMO_MARK.rows - 1)];
  const strip = { x: first.x - x, y: first.y - y, w: last.x + last.w - first.x, h: last.y + last.h - first.y };
  return {
    filters: [
      filter('color', {
        c: '#1c2328',
        s: `${String(even(12 * unit))}x${String(even((isStill ? 3 : 4.4) * unit))}`,
        r: 1,
      }),
      filter('trim', { end_frame: 1 }),
      filter('drawbox', { ...strip, color: 'black', t: 'fill' }),
      // The overlay filter takes nothing else and would convert every frame.
      filter('format', { pix_fmts: 'yuva420p' }),
    ],
    x,
    y,
  };
};

/** Filters that burn the mark and the readable timecode into a film's picture, last of all, over the panel. */
export const burnMark = (film: DemoFilm, fontFile: string, isStill = false): readonly string[] => {
  const unit = unitOf(film);
  const text = filter('drawtext', {
    fontfile: fontFile,
    text: timecode(film),
    fontsize: Math.round(1.42 * unit),
    fontcolor: 'white',
    x: Math.round(film.width - 11.9 * unit),
    y: Math.round(3.3 * unit),
  });
  return [...(isStill ? [] : [text]), ...whiteBoxes(film, isStill)];
};
