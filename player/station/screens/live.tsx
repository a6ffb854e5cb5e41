/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { useLoaded, useNow } from '../../shared/use-loaded.ts';
import { ButtonRow } from '../button-row.tsx';
import { columnOf, firstFocus, moveFocus } from '../focus.ts';
import { aired, type Moves } from '../screen.ts';
import { followShortcut } from '../shortcut.ts';
import { county, loadGuideAround, serverClock } from '../station.ts';
import { useRemote } from '../use-remote.ts';
import type { StationWords } from '../words.ts';

const minuteMs = 60_000;
const bannerMs = 8000;

interface LiveProps {
  readonly words: StationWords;
  readonly moves: Moves;
  readonly channel: string;
  /** Where there are several channels: which one this is. */
  readonly name: string | undefined;
}

/** The live picture with nothing on it, and a banner with what is on and what comes next when a key asks for it. */
export function LiveScreen({ words, moves, channel, name }: LiveProps) {
  const now = useNow(serverClock.nowMs, 1000);
  const [shownUntil, setShownUntil] = useState(() => performance.now() + bannerMs);
  const [focus, setFocus] = useState(firstFocus);
  const around = { beforeMs: minuteMs, afterMs: 20 * minuteMs, fillers: 'each' } as const;
  const guide = useLoaded(`live-guide-${channel}`, () => loadGuideAround(channel, around), 15_000);
  const items = guide.value?.items ?? [];
  const current = items.find((item) => item.startAtMs <= now && now < item.endAtMs);
  const next = items.find((item) => item.startAtMs > now);
  const visible = performance.now() < shownUntil;

  const begun = current?.startOver === undefined ? undefined : current;
  const buttons = [
    ...(begun === undefined
      ? []
      : [{ label: words.startOver, go: () => moves.open(aired(channel, begun, 'startOver')) }]),
    { label: words.today, go: () => moves.open({ name: 'today' }) },
    { label: words.library, go: () => moves.open({ name: 'library' }) },
    { label: words.board, go: () => moves.open({ name: 'board' }) },
    { label: words.help, go: () => moves.open({ name: 'help' }) },
  ];
  const at = columnOf(focus, 0, buttons.length);
  useEffect(() => {
    if (!visible) setFocus(firstFocus);
  }, [visible]);
  useRemote((action) => {
    const wasVisible = visible;
    setShownUntil(performance.now() + bannerMs);
    if (action === 'back') return moves.back();
    if (action === 'channel-up') return moves.tune(1);
    if (action === 'channel-down') return moves.tune(-1);
    if (followShortcut(action, moves)) return;
    if (!wasVisible) return;
    if (action === 'ok') return buttons[at]?.go();
    setFocus(moveFocus(focus, action, [buttons.length]) ?? focus);
  });
  if (!visible) return null;
  return (
    <div class="screen live">
      <div class="banner">
        {current === undefined ? null : (
          <div class="banner-now">
            <span class="tag tag-live">{words.onAir}</span>
            {current.mustWatch ? <span class="tag tag-must">{words.mustWatch}</span> : null}
            <span class="banner-title">{current.title}</span>
            <span class="banner-time">
              {county.time(current.startAtMs)} – {county.time(current.endAtMs)}
            </span>
            <div class="bar">
              <div
                class="bar-fill"
                style={{
                  width: `${Math.min(100, (100 * (now - current.startAtMs)) / (current.endAtMs - current.startAtMs))}%`,
                }}
              />
            </div>
          </div>
        )}
        {next === undefined ? null : (
          <div class="banner-next">
            {words.next} {county.time(next.startAtMs)} {next.title}
          </div>
        )}
        <ButtonRow buttons={buttons} at={at} />
        <div class="keys">
          {name === undefined ? '' : `${name}   `}
          {words.keysLive}
        </div>
      </div>
    </div>
  );
}
