import type { Words } from '../words.tsx';
import { arrange } from './arrange.ts';
import { board } from './board.ts';
import { check } from './check.ts';
import { filmLife } from './film-life.ts';
import { films } from './films.ts';
import { frame } from './frame.ts';
import { keeping } from './keeping.ts';
import { office } from './office.ts';
import { planning } from './planning.ts';
import { quality } from './quality.ts';
import { rehearsal } from './rehearsal.ts';
import { repeats } from './repeats.ts';
import { sheet } from './sheet.ts';
import { difference, today } from './today.ts';
import { tracks } from './tracks.ts';

/** Every text of the console in English. */
export const en: Words = {
  frame,
  films,
  filmLife,
  check,
  planning,
  board,
  quality,
  rehearsal,
  repeats,
  arrange,
  sheet,
  tracks,
  today,
  difference,
  office,
  keeping,
};
