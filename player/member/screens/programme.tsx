/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { Absent } from '../absent.tsx';
import { Closed } from '../closed.tsx';
import type { Language } from '../../shared/language.ts';
import { county, loadProgramme, serverClock } from '../member.ts';
import { Link } from '../navigate.tsx';
import { Picture, type Watching } from '../picture.tsx';
import { linkOf, watchingItem } from '../programme.ts';
import { Share } from '../share.tsx';
import { useTitle } from '../use-title.ts';
import type { MemberWords } from '../words.ts';

interface ProgrammeProps {
  readonly startAtMs: number;
  readonly words: MemberWords;
  readonly language: Language;
}

/** One item of the channel, as it is shared: to be seen from its beginning once that has come. */
export function ProgrammeScreen({ startAtMs, words, language }: ProgrammeProps) {
  const now = useNow(serverClock.nowMs, 5000);
  const programme = useLoaded(`programme-${startAtMs}`, () => loadProgramme(startAtMs), 30_000);
  const [watching, setWatching] = useState<Watching>();
  const [closed, setClosed] = useState(false);
  const item = programme.value;
  useTitle(item?.title ?? '', words);
  if (item === undefined) return <Absent error={programme.error} words={words} gone={words.noProgramme} />;
  const link = linkOf(item, item.endAtMs <= now);
  const onClosed = () => {
    setClosed(true);
    setWatching(undefined);
  };
  return (
    <section>
      <div class="hero">
        {watching !== undefined ? (
          <Picture watching={watching} words={words} onClosed={onClosed} />
        ) : link === undefined ? (
          <p class="hero-text">{now < item.startAtMs ? words.notBegun : words.notKept}</p>
        ) : (
          <button class="big-play" onClick={() => setWatching(watchingItem(item, link))}>
            <span aria-hidden="true">▶</span> {link === 'catchUp' ? words.catchUp : words.startOver}
          </button>
        )}
      </div>
      {closed ? <Closed words={words} /> : null}
      <div class="now">
        <h1>{item.title}</h1>
        <p class="now-time">
          {county.dayInWords(item.startAtMs, language)} {county.time(item.startAtMs)} – {county.time(item.endAtMs)}
        </p>
        <div class="actions">
          <Share title={item.title} words={words} />
          {item.filmId === undefined ? null : (
            <Link to={{ page: 'film', id: item.filmId }} class="button">
              {words.aboutFilm}
            </Link>
          )}
        </div>
      </div>
    </section>
  );
}
