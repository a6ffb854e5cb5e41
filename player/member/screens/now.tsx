/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { GuideItem } from '../../../media/contract/channels.ts';
import type { ApiError } from '../../shared/api-error.ts';
import type { Language } from '../../shared/language.ts';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { county, dayMs, loadDay, loadLive, loadNow, serverClock } from '../member.ts';
import { Picture, type Watching } from '../picture.tsx';
import type { MemberWords } from '../words.ts';

const daysBack = 6;
const live: Omit<Watching, 'title'> = { key: 'live', mode: 'live', startAtS: 0, load: loadLive };

/** What is on, from its beginning if one likes, and every day back for a week. */
export function NowScreen({ words, language }: { words: MemberWords; language: Language }) {
  const now = useNow(serverClock.nowMs, 5000);
  const [day, setDay] = useState(0);
  const [watching, setWatching] = useState<Watching>();
  const [refused, setRefused] = useState<unknown>();
  const onAir = useLoaded('now', loadNow, 15_000);
  const guide = useLoaded(`day-${day}`, () => loadDay(day), 20_000);
  const current = onAir.value?.find((item) => item.startAtMs <= now && now < item.endAtMs);
  const watch = (item: GuideItem, url: string) =>
    setWatching({
      key: `${item.id}-${item.startAtMs}`,
      title: item.title,
      mode: 'vod',
      startAtS: 0,
      load: () => Promise.resolve({ url, expiresAtMs: serverClock.nowMs() + 3_600_000 }),
    });
  const onRefused = (error: unknown) => {
    setRefused(error);
    setWatching(undefined);
  };
  const watchLive = () => setWatching({ ...live, title: current?.title ?? words.onAir });
  return (
    <section>
      <div class="hero">
        {watching === undefined ? (
          <button class="big-play" onClick={watchLive} aria-label={`${words.play} ${current?.title ?? ''}`}>
            <span aria-hidden="true">▶</span> {words.play}
          </button>
        ) : (
          <Picture key={watching.key} watching={watching} words={words} onError={onRefused} />
        )}
      </div>
      {isSignIn(refused) ? (
        <p class="callout">
          {words.signInFirst} <a href="#/sign-in">{words.signIn}</a>
        </p>
      ) : null}
      <div class="now">
        <p class="now-label">
          {watching?.mode === 'vod' ? words.playing : words.onAir}
          {current?.mustWatch === true ? <span class="must">{words.mustWatch}</span> : null}
        </p>
        <h1>
          {watching?.mode === 'vod'
            ? watching.title
            : (current?.title ?? (onAir.error === undefined ? words.loading : words.unreachable))}
        </h1>
        {current === undefined ? null : (
          <p class="now-time">
            {county.time(current.startAtMs)} – {county.time(current.endAtMs)}
          </p>
        )}
        <div class="actions">
          {watching?.mode === 'vod' ? (
            <button onClick={watchLive}>{words.live}</button>
          ) : current?.startOver === undefined ? null : (
            <button onClick={() => watch(current, current.startOver ?? '')}>{words.startOver}</button>
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
        items={(guide.value ?? []).filter((item) => item.kind === 'item')}
        loaded={guide.value !== undefined}
        failed={guide.error !== undefined}
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
  readonly failed: boolean;
  readonly now: number;
  readonly words: MemberWords;
  readonly onWatch: (item: GuideItem, url: string) => void;
  readonly onLive: () => void;
}

function DayList({ items, loaded, failed, now, words, onWatch, onLive }: DayListProps) {
  if (!loaded) return <p class="empty">{failed ? words.unreachable : words.loading}</p>;
  if (items.length === 0) return <p class="empty">{words.nothingPlanned}</p>;
  return (
    <ol class="guide">
      {items.map((item) => {
        const isPast = item.endAtMs <= now;
        const isOn = !isPast && item.startAtMs <= now;
        const url = item.catchUp ?? (isPast ? undefined : item.startOver);
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
            {url === undefined ? (
              isPast || isOn ? null : (
                <span class="later">{words.later}</span>
              )
            ) : (
              <button class="small" onClick={() => onWatch(item, url)}>
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

const isSignIn = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error as ApiError).code === 'sign_in';
