/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { windowStart } from '../focus.ts';
import { Notice } from '../notice.tsx';
import type { Moves } from '../screen.ts';
import { followShortcut } from '../shortcut.ts';
import { county, loadBoard, serverClock } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

const shown = 8;
const turnMs = 15_000;

interface BoardProps {
  readonly words: StationWords;
  readonly moves: Moves;
  readonly language: 'zh' | 'en';
  /** Nobody is there: it turns its own pages and moves a little; any key goes back to the picture. */
  readonly isAmbient: boolean;
}

/** The notice board of this place, by day. */
export function BoardScreen({ words, moves, language, isAmbient }: BoardProps) {
  const now = useNow(serverClock.nowMs, isAmbient ? 1000 : 10_000);
  const board = useLoaded('board', loadBoard, 30_000);
  const [at, setAt] = useState(0);
  const items = (board.value?.items ?? []).filter((item) => item.kind === 'item' && item.endAtMs > now);
  const last = Math.max(0, items.length - shown);
  useRemote((action) => {
    if (isAmbient) return moves.live();
    if (action === 'back' || action === 'ok') return moves.back();
    if (action === 'up') setAt(Math.max(0, Math.min(at, last) - 1));
    if (action === 'down') setAt(Math.min(last, at + 1));
    if (action === 'channel-up') setAt(Math.max(0, Math.min(at, last) - shown));
    if (action === 'channel-down') setAt(Math.min(last, at + shown));
    followShortcut(action, moves);
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
  const from = isAmbient ? (Math.floor(now / turnMs) % Math.max(1, Math.ceil(items.length / shown))) * shown : at;
  const first = windowStart(from + Math.floor(shown / 2), items.length, shown);
  return (
    <div class={isAmbient ? 'screen panel board ambient' : 'screen panel board'}>
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
