import type { ScreenInput } from '../parts/screen-input.ts';
import { FilmList } from './film-list.tsx';
import { FilmPage } from './film-page.tsx';

/** The library: its list, or the film that the address names. */
export function Films({ rest }: ScreenInput) {
  const [id] = rest;
  return id === undefined ? <FilmList /> : <FilmPage key={id} id={id} />;
}
