/** A drawing with its size in design pixels (1080 lines high picture) and its SVG body. */
export interface Drawing {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** A point in design pixels. */
export type Point = readonly [x: number, y: number];

/** Repeatable numbers in [0,1) from a seed (mulberry32), so that a drawing is the same on every machine. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const short = (value: number): string => String(Math.round(value * 10) / 10);

/** A filled polygon through points. */
export const polygon = (points: readonly Point[], fill: string): string =>
  `<polygon points="${points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ')}" fill="${fill}"/>`;

/** A filled rectangle, with rounded corners of `radius` pixels where given. */
export const box = (place: readonly [x: number, y: number, w: number, h: number], fill: string, radius = 0): string =>
  `<rect x="${short(place[0])}" y="${short(place[1])}" width="${short(place[2])}" height="${short(place[3])}" rx="${radius}" fill="${fill}"/>`;

/** A filled circle. */
export const disc = ([x, y]: Point, radius: number, fill: string): string =>
  `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${fill}"/>`;

/** A filled ellipse. */
export const oval = ([x, y]: Point, rx: number, ry: number, fill: string): string =>
  `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(rx)}" ry="${short(ry)}" fill="${fill}"/>`;

/** A stroke along SVG path data. */
export const stroke = (data: string, colour: string, width: number): string =>
  `<path d="${data}" fill="none" stroke="${colour}" stroke-width="${short(width)}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** A filled shape of SVG path data. */
export const shape = (data: string, fill: string): string => `<path d="${data}" fill="${fill}"/>`;

/** Drawing parts moved and scaled. */
export const placed = (body: string, [x, y]: Point, scale = 1): string =>
  `<g transform="translate(${short(x)} ${short(y)}) scale(${String(scale)})">${body}</g>`;

/** A vertical gradient named `id`, from the colour at the top to the colour at the bottom. */
export const gradient = (id: string, colours: readonly string[]): string => {
  const stops = colours.map(
    (colour, index) => `<stop offset="${short((index * 100) / (colours.length - 1))}%" stop-color="${colour}"/>`,
  );
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops.join('')}</linearGradient>`;
};

/** Numbers from 0 to count - 1. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** A whole SVG document of a drawing. */
export const svgOf = ({ width, height, body }: Drawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}">${body}</svg>`;

/** A smooth skyline whose left and right ends meet: `waves` are [whole periods across the width, height, phase]. */
export const skyline = (
  [width, height]: readonly [number, number],
  waves: readonly (readonly [periods: number, size: number, phase: number])[],
  baseline: number,
): string => {
  const heightAt = (x: number): number =>
    waves.reduce(
      (sum, [periods, size, phase]) => sum - size * Math.sin((2 * Math.PI * periods * x) / width + phase),
      baseline,
    );
  const top = upTo(Math.floor(width / 12) + 1).map((step) => `${short(step * 12)},${short(heightAt(step * 12))}`);
  return `M0,${String(height)} L${top.join(' L')} L${String(width)},${String(height)} Z`;
};
