import { createContext, useContext } from 'react';
import { chosenLanguage, type Language } from '../../shared/language.ts';
import { arrange } from './zh/arrange.ts';
import { board } from './zh/board.ts';
import { check } from './zh/check.ts';
import { filmLife } from './zh/film-life.ts';
import { films } from './zh/films.ts';
import { frame } from './zh/frame.ts';
import { keeping } from './zh/keeping.ts';
import { office } from './zh/office.ts';
import { planning } from './zh/planning.ts';
import { quality } from './zh/quality.ts';
import { rehearsal } from './zh/rehearsal.ts';
import { repeats } from './zh/repeats.ts';
import { sheet } from './zh/sheet.ts';
import { difference, today } from './zh/today.ts';
import { tracks } from './zh/tracks.ts';

/** Every text of the console in Chinese; the English dictionary has the same shape. */
export const zh = {
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
export type Words = typeof zh;

/** The language of the page and how to change it. */
export interface Speech {
  readonly language: Language;
  readonly words: Words;
  readonly speak: (language: Language) => void;
}

export const SpeechContext = createContext<Speech>({ language: chosenLanguage(), words: zh, speak: () => undefined });

/** The dictionary of the chosen language. */
export const useWords = (): Words => useContext(SpeechContext).words;
/** The chosen language with its dictionary. */
export const useSpeech = (): Speech => useContext(SpeechContext);
