/** @jsxImportSource preact */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Board } from '../../media/contract/notices.ts';
import { createApi } from '../shared/api.ts';
import { ApiError } from '../shared/api-error.ts';
import { countyClock, type CountyClock } from '../shared/county-clock.ts';
import { chooseLanguage, chosenLanguage, type Language } from '../shared/language.ts';
import { createServerClock } from '../shared/server-clock.ts';
import { useLoaded, useNow } from '../shared/use-loaded.ts';
import './board.css';
import { type BoardWords, boardWords } from './words.ts';

const call = createApi();
const clock = createServerClock();
const place = /^\/board\/([a-z][a-z0-9-]*)/.exec(location.pathname)?.[1] ?? 'county';

async function loadBoard(): Promise<Board> {
  const sentAtMs = performance.now();
  const board = await call('boardJson', { params: { place } });
  clock.observe({ sentAtMs, receivedAtMs: performance.now(), serverAtMs: board.serverAtMs });
  return board;
}

/** The notice board of one place: on a television, on a phone, on paper. It renews itself. */
function BoardPage() {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  const words = boardWords[language];
  const board = useLoaded('board', loadBoard, 30_000);
  const title = board.value?.title;
  useEffect(() => {
    chooseLanguage(language);
    document.title = `${title ?? ''} ${words.kind}`;
  }, [language, title, words]);
  const isUnknown = board.error instanceof ApiError && board.error.code === 'not_found';
  return (
    <main>
      <header>
        <h1>{title ?? words.kind}</h1>
        <nav>
          <button onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{words.language}</button>
          <button onClick={() => print()}>{words.print}</button>
        </nav>
      </header>
      {board.value === undefined ? (
        <p class="empty" role="status">
          {isUnknown ? words.unknown : board.error === undefined ? words.loading : words.unreachable}
          <small>{isUnknown ? words.unknownCure : ''}</small>
        </p>
      ) : (
        <Days board={board.value} words={words} language={language} />
      )}
      {board.value === undefined ? null : <Foot board={board.value} words={words} />}
    </main>
  );
}

interface DaysProps {
  readonly board: Board;
  readonly words: BoardWords;
  readonly language: Language;
}

function Days({ board, words, language }: DaysProps) {
  const now = useNow(clock.nowMs, 5000);
  const county = countyClock(board.timeZone);
  // What is over is no announcement: on a television, which nobody scrolls, it would push the present off the screen.
  const items = board.items.filter((item) => item.kind === 'item' && item.endAtMs > now);
  const days = [...new Set(items.map((item) => county.day(item.startAtMs)))];
  if (items.length === 0 && board.adjustment === undefined) {
    return (
      <p class="empty">
        {words.empty}
        <small>{words.emptyCure}</small>
      </p>
    );
  }
  return (
    <div class="days">
      {board.adjustment === undefined ? null : (
        <p class="adjusted" role="status">
          {board.adjustment.drill ? words.drill : words.adjusted}
          <small>{words.since(county.time(board.adjustment.sinceAtMs))}</small>
        </p>
      )}
      {days.map((day) => (
        <DayTable
          key={day}
          items={items.filter((item) => county.day(item.startAtMs) === day)}
          now={now}
          county={county}
          words={words}
          language={language}
        />
      ))}
    </div>
  );
}

interface DayTableProps {
  readonly items: Board['items'];
  readonly now: number;
  readonly county: CountyClock;
  readonly words: BoardWords;
  readonly language: Language;
}

function DayTable({ items, now, county, words, language }: DayTableProps) {
  return (
    <table>
      <caption>{county.dayInWords(items[0]?.startAtMs ?? now, language)}</caption>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.programme}</th>
          <th scope="col">{words.length}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const isOn = item.startAtMs <= now && now < item.endAtMs;
          return (
            <tr key={`${item.id}-${item.startAtMs}`} class={`${isOn ? 'on' : ''} ${item.mustWatch ? 'must' : ''}`}>
              <td>{county.time(item.startAtMs)}</td>
              <td>
                {item.title}
                {item.mustWatch ? <b>{words.mustWatch}</b> : null}
                {isOn ? <i>{words.onAir}</i> : null}
              </td>
              <td>{words.minutes(Math.max(1, Math.round((item.endAtMs - item.startAtMs) / 60_000)))}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Foot({ board, words }: { board: Board; words: BoardWords }) {
  return (
    <footer>
      {board.operators.length === 0 ? null : (
        <span>
          {words.operators} {board.operators.join(' / ')}
        </span>
      )}
      {board.hotline === undefined ? null : (
        <span>
          {words.hotline} {board.hotline}
        </span>
      )}
      <span class="address">
        {words.watch} {location.host}
      </span>
    </footer>
  );
}

const root = document.getElementById('app');
if (root !== null) render(<BoardPage />, root);
