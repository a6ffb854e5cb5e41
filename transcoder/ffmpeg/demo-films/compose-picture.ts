import { demoFrameCount } from '../../../media/film/demo-films.ts';
import { burnMark, markPanel } from './burn-mark.ts';
import type { Canvas } from './canvas.ts';
import { cardOverlay, titleOverlay } from './compose-text.ts';
import type { Overlay } from './compose-text.ts';
import { chain, filter } from './filter-graph.ts';
import type { Layer, Recipe, Sign, SpriteLayer, TileLayer } from './recipe.ts';

const decimal = (value: number): string => String(Math.round(value * 1e6) / 1e6);

const scaled = (scale: number, format: string): readonly string[] => [
  filter('scale', {
    w: `trunc(iw*${decimal(scale)}/2)*2`,
    h: `trunc(ih*${decimal(scale)}/2)*2`,
    flags: 'bicubic+accurate_rnd',
    out_color_matrix: 'bt709',
    out_range: 'tv',
  }),
  filter('format', { pix_fmts: format }),
];

const written = (canvas: Canvas, sign: Sign): string =>
  filter('drawtext', {
    fontfile: canvas.fontFile,
    text: sign.text,
    expansion: 'none',
    fontsize: Math.round(sign.size * canvas.scale),
    fontcolor: sign.colour,
    borderw: Math.max(1, Math.round(sign.size * canvas.scale * 0.02)),
    bordercolor: sign.colour,
    x: `${decimal(sign.centre * canvas.scale)}-text_w/2`,
    y: `${decimal(sign.baseline * canvas.scale)}-ascent`,
  });

/** Drawings are 1920 design pixels wide where they repeat. */
const TILE_WIDTH = 1920;

const scrolled = ({ film }: Canvas, layer: TileLayer): readonly string[] => {
  if (layer.pixelsPerSecond === 0 && layer.falls === undefined) return [];
  const framesPerSecond = film.frameRate.numerator / film.frameRate.denominator;
  const down = layer.falls === undefined ? 0 : layer.falls.pixelsPerSecond / layer.falls.tileHeight;
  return [
    filter('scroll', {
      horizontal: decimal(-layer.pixelsPerSecond / framesPerSecond / TILE_WIDTH),
      vertical: decimal(-down / framesPerSecond),
    }),
  ];
};

/** Position along one axis: a straight line in time, plus the sway. */
const path = (start: number, perSecond: number, sway: readonly [size: number, periodSeconds: number]): string =>
  `${decimal(start)}+${decimal(perSecond)}*t` +
  (sway[0] === 0 ? '' : `+${decimal(sway[0])}*sin(2*PI*t/${decimal(sway[1])})`);

const during = ([from, to]: readonly [number, number]): string => `gte(t,${decimal(from)})*lt(t,${decimal(to)})`;

const spritePlace = (layer: SpriteLayer, scale: number): Readonly<Record<string, string | number>> => {
  const [right, down] = layer.pixelsPerSecond ?? [0, 0];
  const period = layer.sway?.periodSeconds ?? 1;
  return {
    x: path(layer.left * scale, right * scale, [(layer.sway?.right ?? 0) * scale, period]),
    y: path(layer.top * scale, down * scale, [(layer.sway?.down ?? 0) * scale, period]),
    ...(layer.shown && { enable: during(layer.shown) }),
  };
};

const layerChain = (canvas: Canvas, recipe: Recipe, index: number): readonly string[] => {
  const layer = recipe.layers[index];
  if (layer === undefined) return [];
  const own = layer.scale ?? 1;
  const drawn =
    index === 0
      ? [...scaled(canvas.scale * own, 'yuv420p'), ...(recipe.signs ?? []).map((sign) => written(canvas, sign))]
      : scaled(canvas.scale * own, 'yuva420p');
  const moving = layer.kind === 'tile' ? scrolled(canvas, layer) : [];
  // The rearmost frame is drawn upon: a copy from a pool saves a fresh allocation for every frame.
  const fresh = index === 0 ? ['copy'] : [];
  return [chain([`${String(index)}:v`], [...drawn, ...canvas.held, ...moving, ...fresh], `layer${String(index)}`)];
};

interface Above {
  readonly label: string;
  readonly place: Readonly<Record<string, string | number>>;
}

const layerAbove = (canvas: Canvas, layer: Layer, index: number): Above => ({
  label: `layer${String(index)}`,
  place: layer.kind === 'tile' ? { x: 0, y: Math.round(layer.top * canvas.scale) } : spritePlace(layer, canvas.scale),
});

const overlayAbove = ({ label, left, top, shown }: Overlay): Above => ({
  label,
  place: { x: left, y: top, enable: during(shown) },
});

/**
 * The filter graph that draws a film's picture from its layers (inputs 0, 1, ... in the order of the recipe), cards and
 * mark. Its output is labelled `picture` and has exactly the film's number of frames.
 */
export const pictureGraph = (canvas: Canvas, recipe: Recipe): string => {
  const { film } = canvas;
  const panel = markPanel(film, recipe.isStill);
  const overlays = [
    ...titleOverlay(canvas, recipe),
    ...recipe.pages.map((page, index) => cardOverlay(canvas, recipe, page, `card${String(index)}`)),
  ];
  const above = [
    ...recipe.layers.map((layer, index) => layerAbove(canvas, layer, index)).slice(1),
    ...overlays.map(overlayAbove),
    { label: 'panel', place: { x: panel.x, y: panel.y } },
  ];
  const finish = [
    filter('trim', { end_frame: demoFrameCount(film) }),
    ...burnMark(film, canvas.fontFile, recipe.isStill === true),
    ...(film.isStoredRotated ? [filter('transpose', { dir: 'clock' })] : []),
  ];
  const stacked = above.map(({ label, place }, index) =>
    chain(
      [index === 0 ? 'layer0' : `over${String(index - 1)}`, label],
      [filter('overlay', place)],
      `over${String(index)}`,
    ),
  );
  return [
    ...recipe.layers.flatMap((_, index) => layerChain(canvas, recipe, index)),
    ...overlays.flatMap(({ chains }) => chains),
    chain([], [...panel.filters, ...canvas.held], 'panel'),
    ...stacked,
    chain([`over${String(above.length - 1)}`], finish, 'picture'),
  ].join(';');
};
