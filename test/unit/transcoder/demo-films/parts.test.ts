import { describe, expect, it } from 'vitest';
import { DEMO_FILMS, DEMO_SLATE } from '../../../../media/film/demo-films.ts';
import { chain, filter } from '../../../../transcoder/ffmpeg/demo-films/filter-graph.ts';
import { RECIPES } from '../../../../transcoder/ffmpeg/demo-films/recipes/recipes.ts';
import { play, readNotes, SAMPLE_RATE, waveFile } from '../../../../transcoder/ffmpeg/demo-films/synthesiser.ts';

describe('the filter graph', () => {
  it('escapes what would end an option or a filter early', () => {
    expect(filter('drawtext', { text: "a:b,c'd\\e" })).toBe(String.raw`drawtext='text=a\:b,c\'\''d\\e'`);
  });

  it('writes a chain with its labels', () => {
    expect(chain(['0:v', 'b'], [filter('overlay'), filter('trim', { end_frame: 5 })], 'out')).toBe(
      "[0:v][b]overlay,trim='end_frame=5'[out]",
    );
  });
});

describe('the synthesiser', () => {
  it('reads degrees, octaves, rests and holds', () => {
    const notes = readNotes("1 3' 6, 0 - 5", 60, 0.5);
    expect(notes.map(({ midi, atSecond }) => [midi, atSecond])).toEqual([
      [60, 0],
      [76, 0.5],
      [57, 1],
      [67, 2.5],
    ]);
  });

  it('plays something that is heard, never clips and ends in silence', () => {
    const [left, right] = play(RECIPES[0]!.sound[0]!.score, 4);
    expect(left.length).toBe(4 * SAMPLE_RATE);
    const loudest = [...left, ...right].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(loudest).toBeGreaterThan(0.1);
    expect(loudest).toBeLessThan(1);
    expect(Math.abs(left.at(-1) ?? 1)).toBeLessThan(0.001);
    expect(waveFile([left, right]).length).toBe(44 + 4 * SAMPLE_RATE * 4);
  });
});

describe('the recipes', () => {
  it.each([...DEMO_FILMS, DEMO_SLATE])('agree with the description of $code', (film) => {
    const recipe = RECIPES.find(({ code }) => code === film.code);
    expect(recipe?.sound.map(({ language }) => language)).toEqual(film.languages);
    expect(recipe?.subtitles).toHaveLength(film.subtitles.length);
    for (const { shown } of recipe?.pages ?? []) expect(shown[1] * 1000).toBeLessThanOrEqual(film.durationMs);
  });
});
