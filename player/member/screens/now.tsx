/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { GuideItem } from '../../../media/contract/channels.ts';
import type { ItemLink } from '../../shared/aired-item.ts';
import { type Absence, absenceOf } from '../../shared/ask-for-url.ts';
import type { Language } from '../../shared/language.ts';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { Absent, absenceText } from '../absent.tsx';
import { county, dayMs, itemUrlLoader, loadDay, loadLive, loadNow, serverClock } from '../member.ts';
import { Picture, type Watching } from '../picture.tsx';
import type { MemberWords } from '../words.ts';

const daysBack = 6;
const live: Omit<Watching, 'title'> = { key: 'live', mode: 'live', startAtS: 0, load: loadLive };

/** What is on, from its beginning if one likes, and every day back for a week. */
export function NowScreen({ words, language }: { words: MemberWords; language: Language }) {
  const now = useNow(serverClock.nowMs, 5000);
  const [day, setDay] = useState(0);
  const [watching, setWatching] = useState<Watching>();
  const [closed, setClosed] = useState(false);
  const onAir = useLoaded('now', loadNow, 15_000);
  const guide = useLoaded(`day-${day}`, () => loadDay(day), 20_000);
  const current = onAir.value?.find((item) => item.startAtMs <= now && now < item.endAtMs);
  const watch = (item: GuideItem, link: ItemLink) =>
    setWatching({
      key: `${link}-${item.id}-${item.startAtMs}`,
      title: item.title,
      mode: 'vod',
      startAtS: 0,
      load: itemUrlLoader(item, link),
    });
  const onClosed = () => {
    setClosed(true);
    setWatching(undefined);
  };
  const absence = onAir.error === undefined ? undefined : absenceOf(onAir.error);
  const watchLive = () => setWatching({ ...live, title: current?.title ?? words.onAir });
  return (
    <section>
      <div class="hero">
        {watching === undefined ? (
          <button class="big-play" onClick={watchLive} aria-label={`${words.play} ${current?.title ?? ''}`}>
            <span aria-hidden="true">▶</span> {words.play}
          </button>
        ) : (
          <Picture key={watching.key} watching={watching} words={words} onClosed={onClosed} />
        )}
      </div>
      {closed ? (
        <p class="callout">
          {words.signInFirst} <a href="#/sign-in">{words.signIn}</a>
        </p>
      ) : null}
      <div class="now">
        <p class="now-label">
          {watching?.mode === 'vod' ? words.playing : words.onAir}
          {watching?.mode !== 'vod' && current?.mustWatch === true ? <span class="must">{words.mustWatch}</span> : null}
        </p>
        <h1>
          {watching?.mode === 'vod'
            ? watching.title
            : (current?.title ?? nothingText(absence, onAir.value !== undefined, words))}
        </h1>
        {current === undefined || watching?.mode === 'vod' ? null : (
          <p class="now-time">
            {county.time(current.startAtMs)} – {county.time(current.endAtMs)}
          </p>
        )}
        <div class="actions">
          {watching?.mode === 'vod' ? (
            <button onClick={watchLive}>{words.live}</button>
          ) : current?.startOver === undefined ? null : (
            <button onClick={() => watch(current, 'startOver')}>{words.startOver}</button>
          )}
        </div>
      </div>
      <nav class="days" aria-label={words.days}>
        {Array.from({ length: daysBack + 2 }, (_, index) => 1 - index).map((offset) => (
          <button key={offset} aria-pressed={offset === day} onClick={() => setDay(offset)}>
            {dayName(offset, now, words, language)}
          </button>
        ))}
      </nav>
      <DayList
        items={guide.value ?? []}
        loaded={guide.value !== undefined}
        error={guide.error}
        now={now}
        words={words}
        onWatch={watch}
        onLive={watchLive}
      />
    </section>
  );
}

interface DayListProps {
  readonly items: readonly GuideItem[];
  readonly loaded: boolean;
  readonly error: unknown;
  readonly now: number;
  readonly words: MemberWords;
  readonly onWatch: (item: GuideItem, link: ItemLink) => void;
  readonly onLive: () => void;
}

function DayList({ items, loaded, error, now, words, onWatch, onLive }: DayListProps) {
  if (!loaded) return <Absent error={error} words={words} gone={words.noChannel} />;
  if (items.length === 0) return <p class="empty">{words.nothingPlanned}</p>;
  return (
    <ol class="guide">
      {items.map((item) => {
        const isPast = item.endAtMs <= now;
        const isOn = !isPast && item.startAtMs <= now;
        const link = linkOf(item, isPast);
        return (
          <li
            key={`${item.id}-${item.startAtMs}`}
            class={isOn ? 'on' : isPast ? 'past' : ''}
            aria-current={isOn ? 'true' : undefined}
          >
            <time>{county.time(item.startAtMs)}</time>
            <span class="guide-title">
              {item.title}
              {item.mustWatch ? <span class="must">{words.mustWatch}</span> : null}
            </span>
            {isOn ? (
              <button class="small" onClick={onLive}>
                {words.onAir}
              </button>
            ) : null}
            {link === undefined ? (
              isPast || isOn ? null : (
                <span class="later">{words.later}</span>
              )
            ) : (
              <button class="small" onClick={() => onWatch(item, link)}>
                {isPast ? words.catchUp : words.startOver}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function dayName(offset: number, now: number, words: MemberWords, language: Language): string {
  if (offset === 0) return words.today;
  if (offset === -1) return words.yesterday;
  if (offset === 1) return words.tomorrow;
  return county.dayInWords(now + offset * dayMs, language);
}

function linkOf(item: GuideItem, isPast: boolean): ItemLink | undefined {
  if (item.catchUp !== undefined) return 'catchUp';
  return isPast || item.startOver === undefined ? undefined : 'startOver';
}

function nothingText(absence: Absence | undefined, loaded: boolean, words: MemberWords): string {
  if (absence !== undefined) return absenceText(absence, words, words.noChannel);
  return loaded ? words.noChannel : words.loading;
}
