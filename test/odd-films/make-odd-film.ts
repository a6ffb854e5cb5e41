import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BROKEN_FILMS } from './broken-films.ts';
import { NOT_FILMS } from './not-films.ts';
import { RARE_FILMS } from './rare-films.ts';

const ODD_FILMS = { ...NOT_FILMS, ...BROKEN_FILMS, ...RARE_FILMS };

/** Every kind of odd input, by what is odd about it. */
export type OddKind = keyof typeof ODD_FILMS;

/** All kinds, for tests that go through them. */
export const ODD_KINDS = Object.keys(ODD_FILMS) as readonly OddKind[];

/** Makes a small odd or broken film under the name that a person would have given it, and returns its path. */
export const makeOddFilm = async (kind: OddKind, folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const { file, make } = ODD_FILMS[kind];
  const path = join(folder, file);
  await make(path);
  return path;
};
