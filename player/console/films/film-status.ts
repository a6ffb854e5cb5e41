import type { Film } from '../../../media/contract/library.ts';
import { translateProblem } from '../../../media/film/film-problem-text.ts';
import type { FilmState } from '../../../media/film/film-state.ts';
import type { Language } from '../../shared/language.ts';
import { timeLeftText } from '../parts/time-left.ts';
import type { Words } from '../words/words.tsx';

/** What a film's state is told from. */
export type StatusFacts = Pick<
  Film,
  'state' | 'problem' | 'progress' | 'paused' | 'waitingBehind' | 'receivedBytes' | 'sourceBytes' | 'reviews'
>;

/** Where a film stands, in plain words. */
export interface FilmStatus {
  readonly tone: 'moving' | 'good' | 'attention' | 'bad' | 'quiet';
  readonly text: string;
  /** What to do about it. */
  readonly cure?: string;
  /** How much of the present step is done, 0 to 1. */
  readonly ratio?: number;
}

const movingStates: readonly FilmState[] = ['uploading', 'probing', 'queued', 'encoding', 'checking'];

/** Says whether a film's state changes by itself, so that a screen has to look again. */
export const isMoving = ({ state }: Pick<Film, 'state'>): boolean => movingStates.includes(state);

/** Says whether its encode can be hurried, held or stopped. */
export const isBeingMade = ({ state }: Pick<Film, 'state'>): boolean => state !== 'uploading' && isMoving({ state });

/** Tells a film's state in the words of the chosen language. */
export function filmStatus(film: StatusFacts, words: Words['films'], language: Language): FilmStatus {
  const said = words.status;
  if (film.paused === true) return { tone: 'quiet', text: said.paused, ...ratioOf(film.progress?.ratio) };
  switch (film.state) {
    case 'uploading':
      return uploading(film, words);
    case 'probing':
      return { tone: 'moving', text: said.probing };
    case 'queued':
      return { tone: 'moving', text: film.waitingBehind ? said.queuedBehind(film.waitingBehind) : said.queuedNext };
    case 'encoding':
      return encoding(film, words);
    case 'checking':
      return { tone: 'moving', text: said.checking, ...ratioOf(film.progress?.ratio) };
    case 'review':
      return { tone: 'attention', text: said.review(film.reviews?.passed ?? 0, film.reviews?.needed ?? 1) };
    case 'ready':
      return { tone: 'good', text: said.ready };
    case 'refused':
    case 'failed':
      return trouble(film, words, language);
    case 'withdrawn':
      return film.problem === undefined
        ? { tone: 'quiet', text: said.withdrawn }
        : { ...trouble(film, words, language), tone: 'quiet' };
  }
}

function uploading({ receivedBytes, sourceBytes }: StatusFacts, words: Words['films']): FilmStatus {
  if (receivedBytes === undefined || !sourceBytes) return { tone: 'moving', text: words.status.uploadingUnknown };
  const ratio = Math.min(1, receivedBytes / sourceBytes);
  return { tone: 'moving', text: words.status.uploading(Math.floor(ratio * 100)), ratio };
}

function encoding({ progress, waitingBehind }: StatusFacts, words: Words['films']): FilmStatus {
  if (progress?.phase === 'audio') return { tone: 'moving', text: words.status.audio, ratio: progress.ratio };
  const left = progress?.etaMs === undefined ? undefined : timeLeftText(progress.etaMs, words);
  if (progress === undefined) {
    const { queuedBehind, encodingBegins } = words.status;
    return { tone: 'moving', text: waitingBehind ? queuedBehind(waitingBehind) : encodingBegins };
  }
  const speed = progress.speed === undefined ? undefined : words.status.speed(progress.speed.toFixed(1));
  const text = [words.status.encoding(Math.floor(progress.ratio * 100)), speed, left];
  return {
    tone: 'moving',
    text: text.filter((part) => part !== undefined).join(words.status.between),
    ratio: progress.ratio,
  };
}

function trouble({ state, problem }: StatusFacts, words: Words['films'], language: Language): FilmStatus {
  if (problem === undefined) return { tone: 'bad', text: words.states[state] };
  const { message, cure } = translateProblem(problem, language);
  return { tone: 'bad', text: message, cure };
}

const ratioOf = (ratio: number | undefined): { readonly ratio?: number } => (ratio === undefined ? {} : { ratio });
