/** @jsxImportSource preact */
import { countyClock, type CountyClock } from '../shared/county-clock.ts';
import type { Language } from '../shared/language.ts';
import { type BoardDay, daysAhead } from './board-rows.ts';
import { Adjusted } from './adjusted.tsx';
import { isOnAt, minutesOf, Programme } from './programme.tsx';
import { QrCode } from './qr-code.tsx';
import type { ShownBoard } from './shown-board.ts';

interface ScreenProps extends ShownBoard {
  readonly isOffline: boolean;
  readonly onLanguage: (language: Language) => void;
}

/** The board for reading on a computer or a phone. */
export function Screen(props: ScreenProps) {
  const { board, words, language, nowMs } = props;
  const county = countyClock(board.timeZone);
  const days = daysAhead(board.items, nowMs, county);
  return (
    <main>
      <header>
        <h1>{board.title}</h1>
        <nav>
          <button onClick={() => props.onLanguage(language === 'zh' ? 'en' : 'zh')}>{words.language}</button>
          <a href="?mode=tv">{words.television}</a>
          <a href="?print=a4">{words.print} A4</a>
          <a href="?print=a3">A3</a>
          {board.changes.length === 0 ? null : <a href="?changes=a4">{words.changeSlip}</a>}
        </nav>
      </header>
      {props.isOffline ? (
        <p class="offline" role="status">
          {words.unreachable}
        </p>
      ) : null}
      <div class="days">
        <Adjusted {...props} />
        {days.length === 0 && board.adjustment === undefined ? (
          <p class="empty">
            {words.empty}
            <small>{words.emptyCure}</small>
          </p>
        ) : null}
        {days.map((day) => (
          <DayTable key={day.day} day={day} county={county} {...props} />
        ))}
      </div>
      <Foot {...props} />
    </main>
  );
}

function DayTable({ day, county, words, language, nowMs }: ScreenProps & { day: BoardDay; county: CountyClock }) {
  return (
    <table>
      <caption>{county.dayInWords(day.items[0]?.startAtMs ?? nowMs, language)}</caption>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.programme}</th>
          <th scope="col">{words.length}</th>
        </tr>
      </thead>
      <tbody>
        {day.items.map((item) => {
          const isOn = isOnAt(item, nowMs);
          return (
            <tr key={`${item.id}-${item.startAtMs}`} class={`${isOn ? 'on' : ''} ${item.mustWatch ? 'must' : ''}`}>
              <td>{county.time(item.startAtMs)}</td>
              <td>
                <Programme item={item} words={words} isOn={isOn} />
              </td>
              <td>{words.minutes(minutesOf(item))}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Foot({ board, words }: ShownBoard) {
  return (
    <footer>
      {board.operators.map((name, index) => (
        <span key={name}>
          {words.operator(index)} {name}
        </span>
      ))}
      {board.hotline === undefined ? null : (
        <span>
          {words.hotline} {board.hotline}
        </span>
      )}
      <span class="address">
        {words.watch} {location.host}
      </span>
      <QrCode address={`${board.address ?? location.origin}/`} label={words.watch} />
    </footer>
  );
}
