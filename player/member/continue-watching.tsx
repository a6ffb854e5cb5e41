/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { useLoaded } from '../shared/use-loaded.ts';
import { FilmCard } from './film-card.tsx';
import { forgetLeftOff, leftOff } from './left-off.ts';
import { loadFilms } from '../shared/featured-films.ts';
import { call } from './member.ts';
import type { MemberWords } from './words.ts';

const most = 8;

/** The films that were stopped in the middle, to go on with; nothing where there are none. */
export function ContinueWatching({ words }: { words: MemberWords }) {
  const [list, setList] = useState(() => leftOff().slice(0, most));
  // The screen that was left notes its film only once it is gone.
  useEffect(() => setList(leftOff().slice(0, most)), []);
  const ids = list.map(({ film }) => film);
  const films = useLoaded(`left-off-${ids.join('-')}`, () => loadFilms(call, ids));
  const there = films.value ?? [];
  if (there.length === 0) return null;
  const forget = (film: string) => {
    forgetLeftOff(film);
    setList(leftOff().slice(0, most));
  };
  return (
    <section aria-labelledby="continue">
      <h2 id="continue" class="shelf-name">
        {words.continueWatching}
      </h2>
      <ul class="shelf">
        {list.map(({ film: id, positionS, lengthS }) => {
          const film = there.find((one) => one.id === id);
          if (film === undefined) return null;
          return (
            <FilmCard key={id} film={film} watched={positionS / Math.max(1, lengthS)}>
              <button class="forget" onClick={() => forget(id)} aria-label={`${words.forget} ${film.title}`}>
                <span aria-hidden="true">×</span>
              </button>
            </FilmCard>
          );
        })}
      </ul>
    </section>
  );
}
