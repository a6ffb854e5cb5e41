/** @jsxImportSource preact */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { languageName } from '../../shared/language-name.ts';
import { remembered } from '../../shared/remembered.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { Absent } from '../absent.tsx';
import { Closed } from '../closed.tsx';
import { leftOffAtS, noteLeftOff } from '../left-off.ts';
import { call, filmSubject, loadFilmUrl } from '../member.ts';
import { Link } from '../navigate.tsx';
import { Picture, type Watching } from '../picture.tsx';
import { Share } from '../share.tsx';
import { useTitle } from '../use-title.ts';
import type { MemberWords } from '../words.ts';

/** One film: what it is, and the player, which goes on where it was left. */
export function FilmScreen({ id, words }: { id: string; words: MemberWords }) {
  const film = useLoaded(`film-${id}`, () => call('readFilm', { params: { id } }));
  const [started, setStarted] = useState(false);
  /** The moment that was asked for; each time another picture. */
  const [chosen, setChosen] = useState<{ readonly atS: number; readonly times: number }>();
  const [closed, setClosed] = useState(false);
  const [leftAtS] = useState(() => leftOffAtS(id) || Number(remembered(`position.${id}`) ?? 0));
  const title = film.value?.title ?? '';
  useTitle(title, words);
  useEffect(() => setStarted(false), [id]);
  const watching = useMemo<Watching>(
    () => ({
      ...{ key: `film-${id}${chosen === undefined ? '' : `-${chosen.times}`}`, title, mode: 'vod' },
      ...{ startAtS: chosen?.atS ?? leftAtS, subject: filmSubject(id) },
      load: (soundOnly) => loadFilmUrl(id, soundOnly),
      onPosition: (positionS, lengthS) => noteLeftOff({ film: id, positionS, lengthS }),
    }),
    [id, title, chosen, leftAtS],
  );
  if (film.value === undefined) return <Absent error={film.error} words={words} gone={words.notFound} />;
  const playFrom = (atS: number) => {
    setChosen((before) => ({ atS, times: (before?.times ?? 0) + 1 }));
    setStarted(true);
  };
  const onClosed = () => {
    setClosed(true);
    setStarted(false);
  };
  const { posterPath } = film.value;
  return (
    <section>
      <div class="hero" style={posterPath === undefined ? {} : { backgroundImage: `url("${posterPath}")` }}>
        {started ? (
          <Picture watching={watching} words={words} onClosed={onClosed} />
        ) : (
          <button class="big-play" onClick={() => setStarted(true)}>
            <span aria-hidden="true">▶</span>{' '}
            {leftAtS > 0 ? `${words.resume} ${lengthText(leftAtS * 1000)}` : words.watch}
          </button>
        )}
      </div>
      {closed ? <Closed words={words} /> : null}
      <div class="now">
        <h1>{title}</h1>
        <FilmFacts film={film.value} words={words} />
        <div class="actions">
          {leftAtS > 0 && !started ? <button onClick={() => playFrom(0)}>{words.fromStart}</button> : null}
          <Share title={title} words={words} />
          <Link to={{ page: 'library' }} class="button">
            {words.allFilmsOf}
          </Link>
        </div>
        <p class="synopsis">{film.value.synopsis ?? ''}</p>
        <Chapters film={film.value} words={words} onChosen={(atMs) => playFrom(atMs / 1000)} />
      </div>
    </section>
  );
}

interface FactsProps {
  readonly film: Film;
  readonly words: MemberWords;
}

/** Length, category, languages and subtitles, as far as they are known. */
function FilmFacts({ film, words }: FactsProps) {
  const categories = useLoaded('categories', () => call('listCategories'));
  const category = categories.value?.items.find(({ code }) => code === film.category);
  const named = (languages: readonly string[]) =>
    languages.map((tag) => languageName(tag, words.speech)).join(words.between);
  const facts: readonly (readonly [string, string])[] = [
    [words.length, film.durationMs === undefined ? '' : lengthText(film.durationMs)],
    [words.category, category?.name ?? ''],
    [words.audio, named(film.languages ?? [film.language])],
    [words.subtitles, named(film.subtitles ?? [])],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, text]) =>
        text === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Chapters({ film, words, onChosen }: FactsProps & { readonly onChosen: (atMs: number) => void }) {
  const { chapters = [] } = film;
  if (chapters.length === 0) return null;
  return (
    <ol class="chapters" aria-label={words.chapters}>
      {chapters.map((chapter, at) => (
        <li key={chapter.atMs}>
          <button onClick={() => onChosen(chapter.atMs)}>
            <span>{lengthText(chapter.atMs)}</span>{' '}
            {chapter.title === '' ? `${words.chapters} ${at + 1}` : chapter.title}
          </button>
        </li>
      ))}
    </ol>
  );
}
