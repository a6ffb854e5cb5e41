import { rateText } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { chain, filter } from './filter-graph.ts';
import type { Page, Recipe } from './recipe.ts';

/** A still picture made inside the filter graph, that lies over the film for a while. */
export interface Overlay {
  /** Chains that make it, the last one ending in `label`. */
  readonly chains: readonly string[];
  readonly label: string;
  /** Place of its upper left corner, in pixels. */
  readonly left: number;
  readonly top: number;
  /** From, inclusive, to, exclusive, in seconds. */
  readonly shown: readonly [fromSecond: number, toSecond: number];
}

interface Line {
  readonly text: string;
  /** Left edge in design pixels, or the middle of the still. */
  readonly left: number | 'centre';
  readonly baseline: number;
  readonly size: number;
  readonly colour: string;
  readonly isBold?: boolean;
}

/** One line of text; the house font has one weight, so bold is a border of the same colour. */
const line = ({ fontFile, scale }: Canvas, { text, left, baseline, size, colour, isBold }: Line): string =>
  filter('drawtext', {
    fontfile: fontFile,
    text,
    expansion: 'none',
    fontsize: Math.round(size * scale),
    fontcolor: colour,
    ...(isBold && { borderw: Math.max(1, Math.round(size * scale * 0.022)), bordercolor: colour }),
    x: left === 'centre' ? '(w-text_w)/2' : Math.round(left * scale),
    y: `${String(Math.round(baseline * scale))}-ascent`,
  });

const even = (value: number): number => Math.round(value / 2) * 2;

const block = ({ scale }: Canvas, place: readonly [number, number, number, number], color: string): string => {
  const [x = 0, y = 0, w = 0, h = 0] = place.map((value) => Math.round(value * scale));
  return filter('drawbox', { x, y, w, h, color, t: 'fill' });
};

const oneFrame = (
  { film, scale }: Canvas,
  [width, height]: readonly [number, number],
  colour: string,
): readonly string[] => [
  filter('color', {
    c: colour,
    s: `${String(even(width * scale))}x${String(even(height * scale))}`,
    r: rateText(film),
  }),
  filter('trim', { end_frame: 1 }),
];

const ROW_HEIGHT = 84;
const HEADING_HEIGHT = 128;
const FOOT_HEIGHT = 34;
const FIRST_POINT_AFTER = 0.6;
const PAPER = '#fffdf6';

const wholeCard = (canvas: Canvas, { card }: Recipe, page: Page): readonly string[] => {
  const rows = page.points.flatMap((text, index) => {
    const top = HEADING_HEIGHT + 22 + index * ROW_HEIGHT;
    return [
      block(canvas, [40, top + 28, 16, 16], card.accent),
      line(canvas, { text, left: 78, baseline: top + 53, size: 46, colour: '#23323a' }),
    ];
  });
  const heading = { text: page.heading, left: 38, baseline: 84, size: 58, colour: 'white', isBold: true };
  const height = HEADING_HEIGHT + page.points.length * ROW_HEIGHT + FOOT_HEIGHT;
  return [
    ...oneFrame(canvas, [card.width, height], PAPER),
    block(canvas, [0, 0, card.width, HEADING_HEIGHT], card.accent),
    line(canvas, heading),
    ...rows,
    filter('format', { pix_fmts: 'yuva420p' }),
  ];
};

/** Hides all points of a card but the first `count`. */
const showing = (canvas: Canvas, { card }: Recipe, count: number): string => {
  const top = HEADING_HEIGHT + 16 + count * ROW_HEIGHT;
  return block(canvas, [0, top, card.width, 1000], PAPER);
};

/**
 * A card whose points come one after the other. All its states stand in one tall still, and the film shows the one of
 * the moment: an overlay for every state would cost as much as the moving picture.
 */
export const cardOverlay = (canvas: Canvas, recipe: Recipe, page: Page, label: string): Overlay => {
  const { points, shown } = page;
  const states = Array.from({ length: points.length + 1 }, (_, count) => `${label}state${String(count)}`);
  const step = Math.min(2, (shown[1] - shown[0]) / states.length);
  const arrived = points.map((_, index) => `gte(t,${String(shown[0] + FIRST_POINT_AFTER + index * step)})`);
  const height = `ih/${String(states.length)}`;
  return {
    chains: [
      `${[...wholeCard(canvas, recipe, page), filter('split', { outputs: states.length })].join(',')}${states.map((name) => `[${name}]`).join('')}`,
      ...states.map((name, count) => chain([name], [showing(canvas, recipe, count)], `${name}cut`)),
      chain(
        states.map((name) => `${name}cut`),
        [
          filter('vstack', { inputs: states.length }),
          ...canvas.held,
          filter('crop', { w: 'iw', h: height, x: 0, y: `(${arrived.join('+')})*${height}` }),
        ],
        label,
      ),
    ],
    label,
    left: even(recipe.card.left * canvas.scale),
    top: even(recipe.card.top * canvas.scale),
    shown,
  };
};

const BAND_HEIGHT = 340;

/** The opening title on a band across the picture: a small line above, the title, its English below. */
export const titleOverlay = (canvas: Canvas, { title, card }: Recipe): readonly Overlay[] => {
  if (title === undefined) return [];
  const { film } = canvas;
  const isPortrait = film.height > film.width;
  const width = isPortrait ? 1080 : 1920;
  const size = Math.min(128, (width - 160) / Math.max(1, film.title.length));
  const drawn = [
    ...oneFrame(canvas, [width, BAND_HEIGHT], card.accent),
    block(canvas, [0, 0, width, 8], '#ffe9a8'),
    block(canvas, [0, BAND_HEIGHT - 8, width, 8], '#ffe9a8'),
    line(canvas, { text: title.small, left: 'centre', baseline: 80, size: 42, colour: '#ffe9a8' }),
    line(canvas, { text: film.title, left: 'centre', baseline: 212, size, colour: 'white', isBold: true }),
    line(canvas, { text: film.titleInEnglish, left: 'centre', baseline: 290, size: 44, colour: '#f4f7f2' }),
    filter('format', { pix_fmts: 'yuva420p' }),
    filter('colorchannelmixer', { aa: 0.92 }),
    filter('format', { pix_fmts: 'yuva420p' }),
    ...canvas.held,
  ];
  const top = even((isPortrait ? 600 : 350) * canvas.scale);
  return [{ chains: [chain([], drawn, 'title')], label: 'title', left: 0, top, shown: title.shown }];
};
