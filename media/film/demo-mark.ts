/**
 * The mark burned into every demo film: 22 black or white blocks in the upper right corner that say which film and which
 * second of it a frame shows, so that a test in a browser can compare the screen with the plan.
 *
 * Geometry in units of one 27th of the picture's short side (8 px at 216p: one block is one DCT block): two rows of eleven
 * blocks, one unit each, from 12 to 1 units left of the right edge and from 1 to 3 units below the top edge.
 * Reading order: first row left to right, then the second row. Block 0 is always white and block 1 always black (they
 * set the threshold), blocks 2-5 the film number, 6-15 the whole second, 16-21 a CRC, most significant bit first.
 */
export const DEMO_MARK = { columns: 11, rows: 2, unitsPerShortSide: 27, unitsFromRight: 12, unitsFromTop: 1 } as const;

/** Numbers above this do not fit the mark (four bits). */
export const DEMO_MARK_MAX_FILM = 15;

/** Seconds above this do not fit the mark (ten bits). */
export const DEMO_MARK_MAX_SECOND = 1023;

/** What a mark says: the film's number and the whole second of the film, from 0. */
export interface DemoMark {
  readonly film: number;
  readonly second: number;
}

/** Where a picture lies inside a frame, in fractions of the frame's width and height. */
export interface PictureArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Width over height of the picture itself, as shown. */
  readonly aspect: number;
}

const LANDSCAPE = 16 / 9;
const PORTRAIT = 9 / 16;

/** The places in which a player shows a demo film on a 16:9 screen: full, or a portrait film between pillars. */
export const DEMO_MARK_AREAS: readonly PictureArea[] = [
  { left: 0, top: 0, width: 1, height: 1, aspect: LANDSCAPE },
  {
    left: (1 - PORTRAIT / LANDSCAPE) / 2,
    top: 0,
    width: PORTRAIT / LANDSCAPE,
    height: 1,
    aspect: PORTRAIT,
  },
];

/** A rectangle of the mark in fractions of the frame. */
export interface MarkBlock {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const FILM_BITS = 4;
const SECOND_BITS = 10;
const CRC_BITS = 6;
/** x^6 + x + 1: finds every error of one or two blocks in this length. */
const CRC_POLYNOMIAL = 0b1000011;

const bitsOf = (value: number, count: number): boolean[] =>
  Array.from({ length: count }, (_, index) => ((value >> (count - 1 - index)) & 1) === 1);

const numberOf = (bits: readonly boolean[]): number => bits.reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0);

const crcOf = (payload: number): number => {
  let rest = payload << CRC_BITS;
  for (let bit = FILM_BITS + SECOND_BITS - 1; bit >= 0; bit -= 1) {
    if ((rest >> (bit + CRC_BITS)) & 1) rest ^= CRC_POLYNOMIAL << bit;
  }
  return rest;
};

/**
 * The blocks of a mark in reading order, true for white. Linear over exclusive or: flipping one bit of the second always
 * flips the same blocks, which lets ffmpeg draw the mark by expressions of time.
 */
export const markBlocks = ({ film, second }: DemoMark): readonly boolean[] => {
  const payload = (film << SECOND_BITS) | second;
  return [true, false, ...bitsOf(payload, FILM_BITS + SECOND_BITS), ...bitsOf(crcOf(payload), CRC_BITS)];
};

/** The rectangle of one block (index in reading order) of a picture that lies in `area`. */
export const markBlock = (index: number, area: PictureArea): MarkBlock => {
  const { columns, unitsPerShortSide, unitsFromRight, unitsFromTop } = DEMO_MARK;
  const unitsWide = unitsPerShortSide * Math.max(1, area.aspect);
  const unitsHigh = unitsPerShortSide * Math.max(1, 1 / area.aspect);
  const width = area.width / unitsWide;
  const height = area.height / unitsHigh;
  return {
    left: area.left + (unitsWide - unitsFromRight + (index % columns)) * width,
    top: area.top + (unitsFromTop + Math.floor(index / columns)) * height,
    width,
    height,
  };
};

/** Luma of a frame at a point given in fractions of its width and height, both in [0,1); any scale, larger is brighter. */
export type LumaAt = (x: number, y: number) => number;

const SAMPLES = [0.38, 0.5, 0.62];

const blockLuma = (lumaAt: LumaAt, block: MarkBlock): number => {
  const values = SAMPLES.flatMap((y) =>
    SAMPLES.map((x) => lumaAt(block.left + x * block.width, block.top + y * block.height)),
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** Reference blocks closer than this part of the white one are no mark but a plain picture. */
const LEAST_CONTRAST = 0.35;

const readArea = (lumaAt: LumaAt, area: PictureArea): DemoMark | undefined => {
  const count = DEMO_MARK.columns * DEMO_MARK.rows;
  const lumas = Array.from({ length: count }, (_, index) => blockLuma(lumaAt, markBlock(index, area)));
  const [white = 0, black = 0, ...values] = lumas;
  if (white - black <= LEAST_CONTRAST * white || white <= 0) return undefined;
  const bits = values.map((value) => value > (white + black) / 2);
  const payload = numberOf(bits.slice(0, FILM_BITS + SECOND_BITS));
  if (numberOf(bits.slice(FILM_BITS + SECOND_BITS)) !== crcOf(payload)) return undefined;
  return { film: payload >> SECOND_BITS, second: payload & DEMO_MARK_MAX_SECOND };
};

/**
 * Reads the mark of a frame, or undefined where there is none: a cut, a slate of another make, a black screen.
 * Tries the full frame, then a portrait picture between pillars; pass `areas` for another layout.
 */
export const readMark = (lumaAt: LumaAt, areas: readonly PictureArea[] = DEMO_MARK_AREAS): DemoMark | undefined => {
  for (const area of areas) {
    const mark = readArea(lumaAt, area);
    if (mark !== undefined) return mark;
  }
  return undefined;
};
