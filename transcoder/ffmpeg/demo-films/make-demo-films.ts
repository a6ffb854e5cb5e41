import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_FILMS, DEMO_SLATE } from '../../../media/film/demo-films.ts';
import type { DemoFilm } from '../../../media/film/demo-films.ts';
import { assetFolder, houseFont } from './asset-files.ts';
import { filmArguments, repeatArguments, rotationArguments, soundArguments } from './film-arguments.ts';
import type { Recipe } from './recipe.ts';
import type { Score } from './score.ts';
import { RECIPES } from './recipes/recipes.ts';
import { runFfmpeg } from './run-ffmpeg.ts';
import { play, waveFile } from './synthesiser.ts';

/** What to make and where. */
export interface DemoFilmOrder {
  /** Folder for the films, made when missing. */
  readonly outDir: string;
  /** Called as soon as a film is whole in its place, in the order of DEMO_FILMS, the slate last. */
  readonly onFilm?: (film: DemoFilm, path: string) => void;
  /** Codes of the films to make. @defaultValue all, and the slate */
  readonly codes?: readonly string[];
  /** Cuts longer films to this length, for tests. @defaultValue whole films */
  readonly longestMs?: number;
  /** Stops the film that is being made; nothing of it stays. */
  readonly signal?: AbortSignal;
}

/** Length of the still picture that the slate repeats, in seconds: whole seconds and whole key frame groups. */
const SLATE_LOOP_SECONDS = 20;

const writeMusic = async (recipe: Recipe, seconds: number, folder: string): Promise<readonly string[]> => {
  const scores = [...new Set(recipe.sound.map(({ score }) => score))];
  const fileOf = (score: Score): string => join(folder, `music-${String(scores.indexOf(score))}.wav`);
  for (const score of scores) await writeFile(fileOf(score), waveFile(play(score, seconds)));
  return recipe.sound.map(({ score }) => fileOf(score));
};

interface Workplace {
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

const makeStill = async (film: DemoFilm, recipe: Recipe, { folder, signal }: Workplace): Promise<string> => {
  const loop = { ...film, durationMs: SLATE_LOOP_SECONDS * 1000 };
  const picture = join(folder, 'loop.mp4');
  const output = join(folder, film.file);
  const parts = { assets: assetFolder(), fontFile: houseFont(), music: [], output: picture };
  await runFfmpeg(filmArguments(loop, { ...recipe, sound: [] }, parts), signal);
  const [music = ''] = await writeMusic(recipe, SLATE_LOOP_SECONDS * 2, folder);
  const sound = join(folder, 'loop.aac');
  await runFfmpeg(soundArguments(music, sound), signal);
  const times = Math.ceil(film.durationMs / 1000 / (SLATE_LOOP_SECONDS * 2));
  const turn = await readFile(sound);
  await writeFile(sound, Buffer.concat(Array.from({ length: times }, () => turn)));
  await runFfmpeg(
    repeatArguments(picture, sound, { seconds: film.durationMs / 1000, output, title: film.title }),
    signal,
  );
  return output;
};

const makeMoving = async (film: DemoFilm, recipe: Recipe, { folder, signal }: Workplace): Promise<string> => {
  const music = await writeMusic(recipe, film.durationMs / 1000, folder);
  const output = join(folder, film.file);
  const parts = { assets: assetFolder(), fontFile: houseFont(), music, output };
  await runFfmpeg(filmArguments(film, recipe, parts), signal);
  if (!film.isStoredRotated) return output;
  const turned = join(folder, `turned-${film.file}`);
  await runFfmpeg(rotationArguments(output, turned), signal);
  return turned;
};

const makeFilm = async (film: DemoFilm, outDir: string, signal?: AbortSignal): Promise<string> => {
  const path = join(outDir, film.file);
  if (existsSync(path)) return path;
  const recipe = RECIPES.find(({ code }) => code === film.code);
  if (recipe === undefined) throw new Error(`The demo film ${film.code} has no recipe: add it to recipes/recipes.ts.`);
  const folder = await mkdtemp(join(outDir, '.making-'));
  try {
    const make = recipe.isStill === true ? makeStill : makeMoving;
    await rename(await make(film, recipe, { folder, signal }), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return path;
};

/**
 * Makes the demo films that are not there yet, one after the other; what is there is left as it is. A film appears in
 * its place whole or not at all.
 */
export const makeDemoFilms = async ({ outDir, onFilm, codes, longestMs, signal }: DemoFilmOrder): Promise<void> => {
  await mkdir(outDir, { recursive: true });
  for (const film of [...DEMO_FILMS, DEMO_SLATE]) {
    if (codes !== undefined && !codes.includes(film.code)) continue;
    const made = longestMs === undefined ? film : { ...film, durationMs: Math.min(film.durationMs, longestMs) };
    const path = await makeFilm(made, outDir, signal);
    onFilm?.(made, path);
  }
};
