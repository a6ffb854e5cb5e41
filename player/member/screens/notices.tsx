/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Language } from '../../shared/language.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { Absent } from '../absent.tsx';
import { county, loadBoard, placeCode, serverClock } from '../member.ts';
import { Link } from '../navigate.tsx';
import { Share } from '../share.tsx';
import { useTitle } from '../use-title.ts';
import { hasChosenVillage } from '../village.ts';
import type { MemberWords } from '../words.ts';
import { ChooseVillage } from './choose-village.tsx';

/** The notice board of the member's village as a list by day; whoever has not chosen one is asked once. */
export function NoticesScreen({ words, language }: { words: MemberWords; language: Language }) {
  const board = useLoaded('board', loadBoard, 60_000);
  const [choosing, setChoosing] = useState(() => placeCode === 'county' && !hasChosenVillage());
  useTitle(board.value?.title ?? words.board, words);
  if (choosing) return <ChooseVillage words={words} onKept={() => setChoosing(false)} />;
  const another = <button onClick={() => setChoosing(true)}>{words.anotherVillage}</button>;
  if (board.value === undefined) {
    return (
      <section class="now">
        <Absent error={board.error} words={words} gone={words.noBoard} />
        {board.error === undefined ? null : <div class="actions">{another}</div>}
      </section>
    );
  }
  const items = board.value.items.filter((item) => item.kind === 'item' && item.endAtMs > serverClock.nowMs());
  const days = [...new Set(items.map((item) => county.day(item.startAtMs)))];
  const { title, operators, hotline, adjustment } = board.value;
  return (
    <section class="now">
      <h1>{title}</h1>
      <p class="now-time">
        {operators.length === 0 ? null : `${words.operators} ${operators.join(words.between)} `}
        {hotline === undefined ? null : (
          <>
            {words.hotline} <a href={`tel:${hotline.replace(/[^0-9+]/g, '')}`}>{hotline}</a>
          </>
        )}
      </p>
      {adjustment === undefined ? null : (
        <p class="callout" role="status">
          {adjustment.title}
        </p>
      )}
      <div class="actions">
        {another}
        <Share title={title} words={words} />
      </div>
      {items.length === 0 ? <p class="empty">{words.nothingAnnounced}</p> : null}
      {days.map((day) => {
        const ofDay = items.filter((item) => county.day(item.startAtMs) === day);
        return (
          <div key={day}>
            <h2>{county.dayInWords(ofDay[0]?.startAtMs ?? 0, language)}</h2>
            <ol class="guide">
              {ofDay.map((item) => (
                <li key={`${item.id}-${item.startAtMs}`}>
                  <time>{county.time(item.startAtMs)}</time>
                  <Link to={{ page: 'programme', startAtMs: item.startAtMs }} class="guide-title">
                    {item.title}
                    {item.mustWatch ? <span class="must">{words.mustWatch}</span> : null}
                  </Link>
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </section>
  );
}
