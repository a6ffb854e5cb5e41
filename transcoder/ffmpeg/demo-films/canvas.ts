import type { DemoFilm } from '../../../media/film/demo-films.ts';
import { filter } from './filter-graph.ts';

/** What the drawing of a film needs to know: its size and pace, and the pixels of one design pixel. */
export interface Canvas {
  readonly film: DemoFilm;
  readonly fontFile: string;
  readonly scale: number;
  /** Filters that repeat a single frame for ever: drawing it anew for each frame would cost more than encoding. */
  readonly held: readonly string[];
}

/** The canvas of a film: recipes are drawn for a short side of 1080 design pixels. */
export const canvasOf = (film: DemoFilm, fontFile: string): Canvas => ({
  film,
  fontFile,
  scale: Math.min(film.width, film.height) / 1080,
  held: [
    filter('loop', { loop: -1, size: 1, start: 0 }),
    // Frame numbers as timestamps: a division by TB would be rounded down and repeat some.
    filter('settb', { expr: `${String(film.frameRate.denominator)}/${String(film.frameRate.numerator)}` }),
    filter('setpts', { expr: 'N' }),
  ],
});

/** ffmpeg's spelling of a film's frame rate. */
export const rateText = ({ frameRate }: DemoFilm): string =>
  `${String(frameRate.numerator)}/${String(frameRate.denominator)}`;
