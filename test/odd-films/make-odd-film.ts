import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BROKEN_FILMS } from './broken-films.ts';
import { CAMERA_FILMS } from './camera-films.ts';
import { NOT_FILMS } from './not-films.ts';
import { RARE_FILMS } from './rare-films.ts';
import { TRAPS, type Trap } from './traps.ts';

const ODD_FILMS = { ...NOT_FILMS, ...TRAPS, ...BROKEN_FILMS, ...RARE_FILMS, ...CAMERA_FILMS };

/** Every kind of odd input, by what is odd about it. */
export type OddKind = keyof typeof ODD_FILMS;

/** All kinds, for tests that go through them. */
export const ODD_KINDS = Object.keys(ODD_FILMS) as readonly OddKind[];

type OddFilm = { readonly file: string; readonly make: (path: string, trap: Trap) => Promise<void> };
const nowhere: Trap = { file: '/etc/passwd', url: 'http://127.0.0.1:9/' };

/** Makes a small odd or broken film under the name that a person would have given it, and returns its path. */
export const makeOddFilm = async (kind: OddKind, folder: string, trap: Trap = nowhere): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const { file, make }: OddFilm = ODD_FILMS[kind];
  const path = join(folder, file);
  await make(path, trap);
  return path;
};
