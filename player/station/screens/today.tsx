/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { GuideItem } from '../../../media/contract/channels.ts';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { windowStart } from '../focus.ts';
import { Notice } from '../notice.tsx';
import { aired, type Moves } from '../screen.ts';
import { followShortcut } from '../shortcut.ts';
import { county, loadToday, serverClock } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

const shown = 8;
/** The line from which an item was opened: whoever comes back from it goes on there. */
let leftAt: number | undefined;
const takeLeftAt = () => {
  const at = leftAt;
  leftAt = undefined;
  return at;
};

/** The county day as a list: past items can be caught up, the present one started over. */
export function TodayScreen({ words, moves, channel }: { words: StationWords; moves: Moves; channel: string }) {
  const now = useNow(serverClock.nowMs, 5000);
  const day = useLoaded(`today-${channel}`, () => loadToday(channel), 20_000);
  const items = day.value ?? [];
  const presentIndex = Math.max(
    0,
    items.findIndex((item) => item.endAtMs > now),
  );
  const [moved, setMoved] = useState(takeLeftAt);
  const at = Math.max(0, Math.min(items.length - 1, moved ?? presentIndex));
  const item = items[at];
  useRemote((action) => {
    if (action === 'back') return moves.back();
    if (action === 'up') return setMoved(Math.max(0, at - 1));
    if (action === 'down') return setMoved(Math.min(items.length - 1, at + 1));
    if (action === 'channel-up') return setMoved(Math.max(0, at - shown));
    if (action === 'channel-down') return setMoved(Math.min(items.length - 1, at + shown));
    if (followShortcut(action, moves)) return;
    if ((action === 'ok' || action === 'play') && item !== undefined) {
      leftAt = at;
      play(channel, item, moves);
    }
  });
  if (day.value === undefined) return <Notice words={words} title={words.today} error={day.error} />;
  const first = windowStart(at, items.length, shown);
  return (
    <div class="screen panel">
      <h1>{words.today}</h1>
      {items.length === 0 ? <p class="empty">{words.nothingPlanned}</p> : null}
      <div class="list" role="listbox">
        {items.slice(first, first + shown).map((entry, index) => (
          <div
            key={entry.id}
            role="option"
            aria-selected={first + index === at}
            class={`row ${first + index === at ? 'focus' : ''} ${entry.endAtMs <= now ? 'past' : ''}`}
            onClick={() => play(channel, entry, moves)}
          >
            <span class="row-time">{county.time(entry.startAtMs)}</span>
            <span class="row-title">{entry.title}</span>
            {entry.mustWatch ? <span class="tag tag-must">{words.mustWatch}</span> : null}
            <span class="row-state">{stateOf(entry, now, words)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function stateOf(item: GuideItem, now: number, words: StationWords): string {
  if (item.endAtMs <= now) return item.catchUp === undefined ? '' : words.catchUp;
  return item.startAtMs <= now ? words.onAir : words.later;
}

function play(channel: string, item: GuideItem, moves: Moves): void {
  if (item.catchUp !== undefined) moves.open(aired(channel, item, 'catchUp'));
  else if (item.startOver !== undefined) moves.open(aired(channel, item, 'startOver'));
}
