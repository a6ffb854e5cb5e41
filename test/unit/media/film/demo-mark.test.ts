import { describe, expect, it } from 'vitest';
import {
  DEMO_MARK_AREAS,
  DEMO_MARK_MAX_FILM,
  DEMO_MARK_MAX_SECOND,
  markBlock,
  markBlocks,
  readMark,
} from '../../../../media/film/demo-mark.ts';
import type { LumaAt, PictureArea } from '../../../../media/film/demo-mark.ts';
import { DEMO_FILMS, DEMO_SLATE, demoFrameCount } from '../../../../media/film/demo-films.ts';

/** A frame that shows these blocks in `area` and mid grey elsewhere. */
const frameOf =
  (blocks: readonly boolean[], area: PictureArea): LumaAt =>
  (x, y) => {
    const hit = blocks.findIndex((_, index) => {
      const { left, top, width, height } = markBlock(index, area);
      return x >= left && x < left + width && y >= top && y < top + height;
    });
    return hit < 0 ? 110 : blocks[hit] ? 235 : 16;
  };

describe('the mark of the demo films', () => {
  it.each(DEMO_MARK_AREAS)('is read back for films and seconds in the area $left', (area) => {
    for (let film = 0; film <= DEMO_MARK_MAX_FILM; film += 5) {
      for (let second = 0; second <= DEMO_MARK_MAX_SECOND; second += 31) {
        expect(readMark(frameOf(markBlocks({ film, second }), area))).toEqual({ film, second });
      }
    }
  });

  it('is not read from a frame with one or two blocks wrong', () => {
    const area = DEMO_MARK_AREAS[0]!;
    const blocks = markBlocks({ film: 9, second: 700 });
    for (let first = 2; first < blocks.length; first += 1) {
      for (let second = first; second < blocks.length; second += 1) {
        const damaged = blocks.map((block, index) => (index === first || index === second ? !block : block));
        expect(readMark(frameOf(damaged, area), [area])).toBeUndefined();
      }
    }
  });

  it.each([0, 16, 128, 255])('is not read from a plain frame of luma %i', (luma) => {
    expect(readMark(() => luma)).toBeUndefined();
  });

  it('flips the same blocks for a bit of the second whatever the film, as the drawing by expressions needs', () => {
    for (let bit = 1; bit <= DEMO_MARK_MAX_SECOND; bit *= 2) {
      const flipped = (film: number, second: number): boolean[] =>
        markBlocks({ film, second }).map((block, index) => block !== markBlocks({ film, second: second ^ bit })[index]);
      expect(flipped(7, 421)).toEqual(flipped(0, 0));
    }
  });
});

describe('the list of demo films', () => {
  const all = [...DEMO_FILMS, DEMO_SLATE];

  it('gives every film its own number, code and file, and seconds that fit the mark', () => {
    for (const key of ['number', 'code', 'file'] as const) {
      expect(new Set(all.map((film) => film[key])).size).toBe(all.length);
    }
    for (const film of all) {
      expect(film.number).toBeLessThanOrEqual(DEMO_MARK_MAX_FILM);
      expect(film.durationMs / 1000).toBeLessThanOrEqual(DEMO_MARK_MAX_SECOND + 1);
    }
  });

  it('holds what the demo promises: two languages with subtitles, 2160p, portrait, silence, 24 and 29.97 frames', () => {
    expect(DEMO_FILMS.length).toBeGreaterThanOrEqual(6);
    expect(DEMO_FILMS.some((film) => film.languages.length === 2 && film.subtitles.length === 2)).toBe(true);
    expect(DEMO_FILMS.some((film) => film.height === 2160)).toBe(true);
    expect(DEMO_FILMS.some((film) => film.height > film.width)).toBe(true);
    expect(DEMO_FILMS.some((film) => film.languages.length === 0)).toBe(true);
    expect(DEMO_FILMS.some((film) => film.frameRate.numerator === 24)).toBe(true);
    expect(DEMO_FILMS.some((film) => film.frameRate.denominator === 1001)).toBe(true);
    expect(DEMO_SLATE.durationMs).toBeGreaterThanOrEqual(600_000);
  });

  it('counts whole frames', () => {
    expect(demoFrameCount({ durationMs: 25_000, frameRate: { numerator: 30_000, denominator: 1001 } })).toBe(749);
  });
});
