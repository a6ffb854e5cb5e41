/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Film } from '../../media/contract/library.ts';
import { lengthText } from '../shared/county-clock.ts';
import { Link } from './navigate.tsx';

interface CardProps {
  readonly film: Pick<Film, 'id' | 'title' | 'posterPath' | 'durationMs'>;
  /** How far it was watched, from 0 to 1. */
  readonly watched?: number;
  readonly children?: ComponentChildren;
}

/** The first letter, for the eyes alone: the title follows. */
const NoPoster = ({ title }: { title: string }) => (
  <span class="no-poster" aria-hidden="true">
    {Array.from(title)[0]}
  </span>
);

/** One film of a list: its picture, length and title. */
export function FilmCard({ film, watched, children }: CardProps) {
  const { id, title, posterPath, durationMs } = film;
  return (
    <li>
      <Link to={{ page: 'film', id }}>
        <span class="film-poster" style={posterPath === undefined ? {} : { backgroundImage: `url("${posterPath}")` }}>
          {posterPath === undefined ? <NoPoster title={title} /> : null}
          <span class="film-length">{durationMs === undefined ? '' : lengthText(durationMs)}</span>
          {watched === undefined ? null : (
            <span class="film-watched" style={{ width: `${Math.round(100 * Math.min(1, watched))}%` }} />
          )}
        </span>
        <span class="film-title">{title}</span>
      </Link>
      {children}
    </li>
  );
}
