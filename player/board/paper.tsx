/** @jsxImportSource preact */
import { countyClock, type CountyClock } from '../shared/county-clock.ts';
import type { BoardMode } from './board-mode.ts';
import { announced, announcedInTime, type BoardDay, type BoardItem, byDay } from './board-rows.ts';
import { ChangeSlip } from './change-slip.tsx';
import { minutesOf, Programme } from './programme.tsx';
import { QrCode } from './qr-code.tsx';
import type { ShownBoard } from './shown-board.ts';
import './paper.css';

export type PaperMode = Extract<BoardMode, { readonly paper: unknown }>;

/** The board as it hangs on the wall: A3 or A4 portrait, with the county's title block; or a slip with what changed. */
export function Paper(props: ShownBoard & { readonly mode: PaperMode }) {
  const { board, words, language, nowMs, mode } = props;
  const county = countyClock(board.timeZone);
  const items = announced(board.items);
  const [first, last] = [items[0], items.at(-1)];
  const isSlip = mode.kind === 'changes';
  return (
    <main class={`paper paper-${mode.paper}`}>
      <style>{`@page { size: ${mode.paper.toUpperCase()} portrait; margin: 14mm 12mm 16mm }`}</style>
      <nav class="paper-tools">
        <a href={location.pathname}>{words.back}</a>
        <button onClick={() => print()}>{words.print}</button>
        {isSlip ? null : <a href={`${location.pathname}.pdf?paper=${mode.paper}`}>PDF</a>}
      </nav>
      <header class="paper-head">
        <div>
          <h1>{isSlip ? words.slipTitle(board.name) : board.title}</h1>
          {first === undefined || last === undefined || isSlip ? null : (
            <p>
              {county.dayInWords(first.startAtMs, language)} – {county.dayInWords(last.startAtMs, language)}
            </p>
          )}
        </div>
        <div class="paper-watch">
          <QrCode address={`${board.address ?? location.origin}/`} label={words.watch} />
          <span>{words.watch}</span>
        </div>
      </header>
      <p class="paper-people">
        {board.operators.map((name, index) => (
          <span key={name}>
            {words.operator(index)}：{name}
          </span>
        ))}
        {board.hotline === undefined ? null : (
          <span>
            {words.hotline}：{board.hotline}
          </span>
        )}
        <span>{words.mustWatchLegend}</span>
      </p>
      {isSlip ? <ChangeSlip {...props} county={county} /> : <Programmes {...props} county={county} items={items} />}
      <footer class="paper-foot">
        <span>
          {words.revision} {board.revision}
        </span>
        {isSlip ? null : <InTime {...props} items={items} />}
        <span>
          {words.printedAt} {county.day(nowMs)} {county.time(nowMs)}
        </span>
      </footer>
    </main>
  );
}

function InTime({ words, items }: ShownBoard & { readonly items: readonly BoardItem[] }) {
  const share = announcedInTime(items);
  return share === undefined ? null : <span>{words.inTime(Math.round(share * 100))}</span>;
}

function Programmes(props: ShownBoard & { readonly county: CountyClock; readonly items: readonly BoardItem[] }) {
  const { words } = props;
  if (props.items.length === 0) return <p class="empty">{words.empty}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.date}</th>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.programme}</th>
          <th scope="col">{words.length}</th>
        </tr>
      </thead>
      {byDay(props.items, props.county).map((day) => (
        <DayRows key={day.day} day={day} {...props} />
      ))}
    </table>
  );
}

/** The date stands on every row that may begin a page: a browser does not say where it breaks one. */
function DayRows({ day, county, words, language }: ShownBoard & { day: BoardDay; county: CountyClock }) {
  return (
    <tbody>
      {day.items.map((item, index) => (
        <tr key={`${item.id}-${item.startAtMs}`} class={item.mustWatch ? 'must' : ''}>
          <td class={index === 0 ? 'paper-date' : 'paper-date again'}>{county.dayInWords(item.startAtMs, language)}</td>
          <td>{timesText(item, county)}</td>
          <td>
            <Programme item={item} words={words} isOn={false} />
          </td>
          <td>{words.minutes(minutesOf(item))}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** A programme of less than a minute begins and ends at the same minute. */
function timesText({ startAtMs, endAtMs }: BoardItem, county: CountyClock): string {
  const [start, end] = [county.time(startAtMs), county.time(endAtMs)];
  return start === end ? start : `${start}–${end}`;
}
