/** @jsxImportSource preact */
import type { Language } from '../../shared/language.ts';
import { useLoaded } from '../../shared/use-loaded.ts';
import { county, loadBoard, serverClock } from '../member.ts';
import { Absent } from '../absent.tsx';
import type { MemberWords } from '../words.ts';

/** The county's notice board as a list by day. */
export function BoardScreen({ words, language }: { words: MemberWords; language: Language }) {
  const board = useLoaded('board', loadBoard, 60_000);
  if (board.value === undefined) return <Absent error={board.error} words={words} />;
  const items = board.value.items.filter((item) => item.kind === 'item' && item.endAtMs > serverClock.nowMs());
  const days = [...new Set(items.map((item) => county.day(item.startAtMs)))];
  return (
    <section class="now">
      <h1>{board.value.title}</h1>
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
                  <span class="guide-title">
                    {item.title}
                    {item.mustWatch ? <span class="must">{words.mustWatch}</span> : null}
                  </span>
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </section>
  );
}
