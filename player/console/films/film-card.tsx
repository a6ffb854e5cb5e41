import { Tag } from 'antd';
import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { linkTo } from '../parts/route.ts';
import { useWords } from '../words/words.tsx';
import { FilmPoster } from './film-poster.tsx';
import { FilmStatusLine } from './film-status-line.tsx';

/** One film of a list: what it is and where it stands. */
export function FilmCard({
  film,
  category,
  href = linkTo('films', film.id),
  isChosen = false,
}: {
  readonly film: Film;
  readonly category: string | undefined;
  readonly href?: string;
  readonly isChosen?: boolean;
}) {
  const words = useWords().films;
  const facts = [
    film.featured === undefined ? undefined : `★ ${words.list.featured}`,
    category ?? words.list.noCategory,
    film.durationMs === undefined ? undefined : lengthText(film.durationMs),
    film.owner.name,
  ];
  return (
    <li className="film-card">
      <a href={href} className="film-card-link" aria-current={isChosen ? 'true' : undefined}>
        <FilmPoster film={film} />
        <div className="film-card-text">
          <strong className="film-title">{film.title}</strong>
          <span className="muted">{facts.filter((fact) => fact !== undefined).join(' · ')}</span>
        </div>
        {film.state === 'review' && film.warnings.length > 0 ? <Tag color="warning">{words.page.warnings}</Tag> : null}
        <FilmStatusLine film={film} />
      </a>
    </li>
  );
}
