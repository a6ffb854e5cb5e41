import { filmStates } from '../../../media/film/film-state.ts';
import type { ScreenInput } from '../parts/screen-input.ts';
import { FilmList } from './film-list.tsx';
import { FilmPage } from './film-page.tsx';

/** The library: its list, the list of a state (`films/state/failed`), or the film that the address names. */
export function Films({ rest }: ScreenInput) {
  const [id, named] = rest;
  const state = id === 'state' ? filmStates.find((known) => known === named) : undefined;
  if (id === undefined || id === 'state') return <FilmList key={state ?? ''} state={state} />;
  return <FilmPage key={id} id={id} />;
}
