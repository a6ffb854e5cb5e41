/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { countyClock } from '../shared/county-clock.ts';
import { Adjusted } from './adjusted.tsx';
import { daysAhead, screensOf } from './board-rows.ts';
import { isOnAt, minutesOf, Programme } from './programme.tsx';
import { QrCode } from './qr-code.tsx';
import type { ShownBoard } from './shown-board.ts';
import './television.css';

/** Lines that are read at five metres, and how long somebody needs for them (stations notes, C21). */
const linesPerScreen = 11;
const screenMs = 15_000;
/** A village looks a week ahead; the whole month hangs on the wall. */
const mostScreens = 6;

/** The board on a television that nobody touches: it turns its own pages. */
export function Television(props: ShownBoard & { readonly isOffline: boolean }) {
  const { board, words, language, nowMs } = props;
  const county = countyClock(board.timeZone);
  const screens = screensOf(daysAhead(board.items, nowMs, county), linesPerScreen).slice(0, mostScreens);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), screenMs);
    return () => clearInterval(timer);
  }, []);
  const at = screens.length === 0 ? 0 : turn % screens.length;
  return (
    <main class="tv">
      <header>
        <h1>{board.title}</h1>
        <p class="clock">
          {county.dayInWords(nowMs, language)} <strong>{county.time(nowMs)}</strong>
        </p>
      </header>
      <section class="tv-body" aria-live="off">
        <Adjusted {...props} />
        {screens.length === 0 ? (
          <p class="empty">
            {words.empty}
            <small>{words.emptyCure}</small>
          </p>
        ) : null}
        {(screens[at]?.days ?? []).map(({ day, items }) => (
          <div key={day} class="tv-day">
            <h2>{county.dayInWords(items[0]?.startAtMs ?? nowMs, language)}</h2>
            {items.map((item) => {
              const isOn = isOnAt(item, nowMs);
              return (
                <p
                  key={`${item.id}-${item.startAtMs}`}
                  class={`tv-row${isOn ? ' on' : ''}${item.mustWatch ? ' must' : ''}`}
                >
                  <span class="tv-time">{county.time(item.startAtMs)}</span>
                  <span class="tv-title">
                    <Programme item={item} words={words} isOn={isOn} />
                  </span>
                  <span class="tv-length">{words.minutes(minutesOf(item))}</span>
                </p>
              );
            })}
          </div>
        ))}
      </section>
      <footer>
        <div>
          <p>
            {board.operators.map((name, index) => `${words.operator(index)} ${name}`).join('\u3000')}
            {board.hotline === undefined ? '' : `\u3000${words.hotline} ${board.hotline}`}
          </p>
          <p class="tv-note">
            {props.isOffline ? words.unreachable : words.pageOf(at + 1, Math.max(1, screens.length))}
          </p>
        </div>
        <p class="tv-watch">
          {words.watch}
          <br />
          {location.host}
        </p>
        <QrCode address={`${board.address ?? location.origin}/`} label={words.watch} />
      </footer>
    </main>
  );
}
