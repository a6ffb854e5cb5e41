/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { GuideItem } from '../../../media/contract/channels.ts';
import type { ItemLink } from '../../shared/aired-item.ts';
import { type Absence, absenceOf } from '../../shared/ask-for-url.ts';
import type { Language } from '../../shared/language.ts';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { absenceText } from '../absent.tsx';
import { Closed } from '../closed.tsx';
import { ContinueWatching } from '../continue-watching.tsx';
import { DayList } from '../day-list.tsx';
import { county, dayMs, loadDay, loadLive, loadNow, loadPoster, serverClock } from '../member.ts';
import { Picture, type Watching } from '../picture.tsx';
import { watchingItem } from '../programme.ts';
import { useTitle } from '../use-title.ts';
import type { MemberWords } from '../words.ts';

/** Days that are offered at first, and how many more each time somebody asks for earlier ones; no county keeps a year. */
const daysAtFirst = 6;
const daysMore = 7;
const mostDays = 365;
const live: Omit<Watching, 'title'> = {
  ...{ key: 'live', mode: 'live', startAtS: 0, load: loadLive },
  subject: { channel: 'county' },
};

/** What is on, from its beginning if one likes, and every day back as far as one likes. */
export function NowScreen({ words, language }: { words: MemberWords; language: Language }) {
  const now = useNow(serverClock.nowMs, 5000);
  const [day, setDay] = useState(0);
  const [daysBack, setDaysBack] = useState(daysAtFirst);
  const [watching, setWatching] = useState<Watching>();
  const [closed, setClosed] = useState(false);
  const onAir = useLoaded('now', loadNow, 15_000);
  const guide = useLoaded(`day-${day}`, () => loadDay(day), 20_000);
  useTitle('', words);
  const current = onAir.value?.find((item) => item.startAtMs <= now && now < item.endAtMs);
  const next = onAir.value?.find((item) => item.startAtMs > now && item.kind !== 'slate');
  const filmId = current?.filmId;
  const poster = useLoaded(`poster-${filmId ?? ''}`, () => loadPoster(filmId)).value;
  const watch = (item: GuideItem, link: ItemLink) => {
    setWatching(watchingItem(item, link));
    scrollTo(0, 0);
  };
  const onClosed = () => {
    setClosed(true);
    setWatching(undefined);
  };
  const absence = onAir.error === undefined ? undefined : absenceOf(onAir.error);
  const isPast = watching?.mode === 'vod';
  const watchLive = () => {
    setWatching({ ...live, title: current?.title ?? words.onAir });
    scrollTo(0, 0);
  };
  return (
    <section>
      <div class="hero" style={poster === undefined ? {} : { backgroundImage: `url("${poster}")` }}>
        {watching === undefined ? (
          <button class="big-play" onClick={watchLive} aria-label={`${words.play} ${current?.title ?? ''}`}>
            <span aria-hidden="true">▶</span> {words.play}
          </button>
        ) : (
          <Picture key={watching.key} watching={watching} words={words} onClosed={onClosed} />
        )}
      </div>
      {closed ? <Closed words={words} /> : null}
      <div class="now">
        <p class="now-label">
          {isPast ? words.playing : words.onAir}
          {!isPast && current?.mustWatch === true ? <span class="must">{words.mustWatch}</span> : null}
        </p>
        <h1>{isPast ? watching.title : (current?.title ?? nothingText(absence, onAir.value !== undefined, words))}</h1>
        {current === undefined || isPast ? null : (
          <p class="now-time">
            {county.time(current.startAtMs)} – {county.time(current.endAtMs)}
            {next === undefined ? '' : ` · ${words.next} ${county.time(next.startAtMs)} ${next.title}`}
          </p>
        )}
        <div class="actions">
          {isPast ? (
            <button onClick={watchLive}>{words.live}</button>
          ) : current?.startOver === undefined ? null : (
            <button onClick={() => watch(current, 'startOver')}>{words.startOver}</button>
          )}
        </div>
      </div>
      <ContinueWatching words={words} />
      <nav class="days" aria-label={words.days}>
        {Array.from({ length: daysBack + 2 }, (_, index) => 1 - index).map((offset) => (
          <button key={offset} aria-pressed={offset === day} onClick={() => setDay(offset)}>
            {dayName(offset, now, words, language)}
          </button>
        ))}
        {daysBack < mostDays ? (
          <button onClick={() => setDaysBack((days) => Math.min(mostDays, days + daysMore))}>{words.earlier}</button>
        ) : null}
      </nav>
      <DayList
        {...{ now, words, error: guide.error, items: guide.value ?? [] }}
        loaded={guide.value !== undefined}
        onWatch={watch}
        onLive={watchLive}
      />
    </section>
  );
}

function dayName(offset: number, now: number, words: MemberWords, language: Language): string {
  if (offset === 0) return words.today;
  if (offset === -1) return words.yesterday;
  if (offset === 1) return words.tomorrow;
  return county.dayInWords(now + offset * dayMs, language);
}

function nothingText(absence: Absence | undefined, loaded: boolean, words: MemberWords): string {
  if (absence !== undefined) return absenceText(absence, words, words.noChannel);
  return loaded ? words.noChannel : words.loading;
}
