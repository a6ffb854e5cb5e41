/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Film } from '../../../media/contract/library.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { remembered } from '../../shared/remembered.ts';
import { ButtonRow } from '../button-row.tsx';
import { columnOf, firstFocus, moveFocus, windowStart } from '../focus.ts';
import type { Moves } from '../screen.ts';
import { followShortcut } from '../shortcut.ts';
import { loadFilmStoryboard, loadFilmUrl } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

/** Chapters that fit below the buttons; the list moves with the focus. */
const shownChapters = 5;

/** One film: what it is, and from where to play it. */
export function FilmScreen({ words, moves, film }: { words: StationWords; moves: Moves; film: Film }) {
  const [focus, setFocus] = useState(firstFocus);
  const position = Number(remembered(`position.${film.id}`) ?? 0);
  const start = (startAtS: number) =>
    moves.open({
      name: 'player',
      title: film.title,
      key: `film-${film.id}`,
      load: (withLanguages) => loadFilmUrl(film.id, withLanguages),
      loadStoryboard: () => loadFilmStoryboard(film.id),
      mayHurry: true,
      sounds: film.languages ?? [],
      subtitles: film.subtitles ?? [],
      filmId: film.id,
      subject: { film: film.id },
      startAtS,
    });
  const buttons = [
    ...(position > 10 ? [{ label: `${words.resume} ${lengthText(position * 1000)}`, go: () => start(position) }] : []),
    { label: position > 10 ? words.fromStart : words.play, go: () => start(0) },
    { label: words.back, go: moves.back },
  ];
  const chapters = film.chapters ?? [];
  const at = columnOf(focus, 0, buttons.length);
  const firstShown = windowStart(focus.row - 1, chapters.length, shownChapters);
  useRemote((action) => {
    if (action === 'back') return moves.back();
    if (followShortcut(action, moves)) return;
    if (action === 'play') return buttons[0]?.go();
    const chapter = focus.row === 0 ? undefined : chapters[focus.row - 1];
    if (action === 'ok') return chapter === undefined ? buttons[at]?.go() : start(chapter.atMs / 1000);
    setFocus(moveFocus(focus, action, [buttons.length, ...chapters.map(() => 1)]) ?? focus);
  });
  return (
    <div class="screen panel film">
      <div
        class="film-poster"
        style={film.posterPath === undefined ? {} : { backgroundImage: `url("${film.posterPath}")` }}
      />
      <div class="film-text">
        <h1>{film.title}</h1>
        <p class="film-facts">
          {[film.durationMs === undefined ? undefined : lengthText(film.durationMs), film.rungs?.[0]?.name]
            .filter((fact) => fact !== undefined)
            .join('　')}
        </p>
        <p class="film-synopsis">{film.synopsis ?? ''}</p>
        <ButtonRow buttons={buttons} at={focus.row === 0 ? at : undefined} />
        {chapters.slice(firstShown, firstShown + shownChapters).map((chapter, index) => (
          <div
            key={chapter.atMs}
            role="button"
            class={`chapter ${focus.row === firstShown + index + 1 ? 'focus' : ''}`}
            onClick={() => start(chapter.atMs / 1000)}
          >
            <span class="chapter-time">{lengthText(chapter.atMs)}</span>
            {chapter.title === '' ? `${words.chapters} ${firstShown + index + 1}` : chapter.title}
          </div>
        ))}
      </div>
    </div>
  );
}
