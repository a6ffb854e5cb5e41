/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { windowStart } from '../focus.ts';
import { Notice } from '../notice.tsx';
import type { Moves } from '../screen.ts';
import { county, loadBoard, serverClock } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

const shown = 8;

/** The notice board of this place, by day. */
export function BoardScreen({ words, moves, language }: { words: StationWords; moves: Moves; language: 'zh' | 'en' }) {
  const now = useNow(serverClock.nowMs, 10_000);
  const board = useLoaded('board', loadBoard, 30_000);
  const [at, setAt] = useState(0);
  const items = (board.value?.items ?? []).filter((item) => item.kind === 'item' && item.endAtMs > now);
  useRemote((action) => {
    if (action === 'back' || action === 'ok') return moves.back();
    if (action === 'up') setAt(Math.max(0, Math.min(at, items.length - shown) - 1));
    if (action === 'down') setAt(Math.max(0, Math.min(items.length - shown, at + 1)));
  });
  if (board.value === undefined)
    return (
      <Notice
        words={words}
        title={words.board}
        error={board.error}
        missing={[words.unknownStation, words.unknownStationCure]}
      />
    );
  const first = windowStart(at + Math.floor(shown / 2), items.length, shown);
  return (
    <div class="screen panel board">
      <h1>
        {board.value.title}
        {board.value.hotline === undefined ? null : <small>☎ {board.value.hotline}</small>}
      </h1>
      {items.length === 0 ? <p class="empty">{words.nothingPlanned}</p> : null}
      <div class="list">
        {items.slice(first, first + shown).map((item) => (
          <div key={item.id + String(item.startAtMs)} class="row">
            <span class="row-day">{county.dayInWords(item.startAtMs, language)}</span>
            <span class="row-time">{county.time(item.startAtMs)}</span>
            <span class="row-title">{item.title}</span>
            {item.mustWatch ? <span class="tag tag-must">{words.mustWatch}</span> : null}
          </div>
        ))}
      </div>
    </div>
  );
}
