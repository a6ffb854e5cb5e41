/** @jsxImportSource preact */
import { useMemo, useState } from 'preact/hooks';
import { lengthText } from '../../shared/county-clock.ts';
import { remember, remembered } from '../../shared/remembered.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { call, loadFilmUrl } from '../member.ts';
import { Picture, type Watching } from '../picture.tsx';
import { Absent } from '../absent.tsx';
import type { MemberWords } from '../words.ts';

/** One film: what it is, and the player, which goes on where it was left. */
export function FilmScreen({ id, words }: { id: string; words: MemberWords }) {
  const film = useLoaded(`film-${id}`, () => call('readFilm', { params: { id } }));
  const [started, setStarted] = useState(false);
  /** The chapter that was asked for; each time another picture. */
  const [chosen, setChosen] = useState<{ readonly atS: number; readonly times: number }>();
  const [closed, setClosed] = useState(false);
  const onClosed = () => {
    setClosed(true);
    setStarted(false);
  };
  const title = film.value?.title ?? '';
  const watching = useMemo<Watching>(
    () => ({
      key: chosen === undefined ? `film-${id}` : `film-${id}-${chosen.times}`,
      title,
      mode: 'vod',
      startAtS: chosen?.atS ?? Number(remembered(`position.${id}`) ?? 0),
      load: () => loadFilmUrl(id),
      onPosition: (positionS, lengthS) => {
        if (positionS > 5) remember(`position.${id}`, String(lengthS - positionS < 10 ? 0 : Math.floor(positionS)));
      },
    }),
    [id, title, chosen],
  );
  if (film.value === undefined) return <Absent error={film.error} words={words} gone={words.notFound} />;
  const { posterPath, synopsis, durationMs, chapters = [] } = film.value;
  const playFrom = (atMs: number) => {
    setChosen((before) => ({ atS: atMs / 1000, times: (before?.times ?? 0) + 1 }));
    setStarted(true);
  };
  return (
    <section>
      <div class="hero" style={posterPath === undefined ? {} : { backgroundImage: `url("${posterPath}")` }}>
        {started ? (
          <Picture watching={watching} words={words} onClosed={onClosed} />
        ) : (
          <button class="big-play" onClick={() => setStarted(true)}>
            <span aria-hidden="true">▶</span>{' '}
            {watching.startAtS > 10 ? `${words.resume} ${lengthText(watching.startAtS * 1000)}` : words.watch}
          </button>
        )}
      </div>
      {closed ? (
        <p class="callout">
          {words.signInFirst} <a href="#/sign-in">{words.signIn}</a>
        </p>
      ) : null}
      <div class="now">
        <h1>{title}</h1>
        <p class="now-time">{durationMs === undefined ? '' : lengthText(durationMs)}</p>
        <p>{synopsis ?? ''}</p>
        {chapters.length === 0 ? null : (
          <ol class="chapters" aria-label={words.chapters}>
            {chapters.map((chapter, at) => (
              <li key={chapter.atMs}>
                <button onClick={() => playFrom(chapter.atMs)}>
                  <span>{lengthText(chapter.atMs)}</span>{' '}
                  {chapter.title === '' ? `${words.chapters} ${at + 1}` : chapter.title}
                </button>
              </li>
            ))}
          </ol>
        )}
        <div class="actions">
          <a class="button" href="#/library">
            {words.back}
          </a>
        </div>
      </div>
    </section>
  );
}
