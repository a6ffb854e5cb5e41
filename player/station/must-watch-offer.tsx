/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { GuideItem } from '../../media/contract/channels.ts';
import { type SkipReason, skipReasons } from '../../media/plan/skip-reasons.ts';
import { useNow } from '../shared/use-loaded.ts';
import { ButtonRow } from './button-row.tsx';
import { keepSkip } from './must-watch.ts';
import { serverClock } from './station.ts';
import { useRemote } from './use-remote.ts';
import type { StationWords } from './words.ts';

interface OfferProps {
  readonly words: StationWords;
  readonly item: GuideItem;
  /** Shows the channel. */
  readonly onStart: () => void;
  readonly onSkipped: () => void;
}

/** Says that what must be watched starts by itself; it may be started now, or left out with a reason. */
export function MustWatchOffer({ words, item, onStart, onSkipped }: OfferProps) {
  const now = useNow(serverClock.nowMs, 250);
  const [at, setAt] = useState(0);
  const [asksWhy, setAsksWhy] = useState(false);
  const leftS = Math.ceil((item.startAtMs - now) / 1000);
  useEffect(() => {
    if (leftS <= 0) onStart();
  }, [leftS, onStart]);
  const skip = (reason: SkipReason) => {
    keepSkip({ itemId: item.id, title: item.title, startAtMs: item.startAtMs, reason, atMs: serverClock.nowMs() });
    onSkipped();
  };
  const choices = asksWhy
    ? skipReasons.map((reason) => ({ label: words.skipReasons[reason], go: () => skip(reason) }))
    : [
        { label: words.watchNow, go: onStart },
        { label: words.skip, go: () => setAsksWhy(true) },
      ];
  useRemote((action) => {
    if (action === 'ok') {
      setAt(0);
      return choices[at]?.go();
    }
    if (action === 'back') {
      setAt(0);
      return setAsksWhy(!asksWhy);
    }
    if (action === 'left' || action === 'up') setAt(Math.max(0, at - 1));
    if (action === 'right' || action === 'down') setAt(Math.min(choices.length - 1, at + 1));
  });
  return (
    <div class="offer" role="alertdialog">
      <span class="tag tag-must">{words.mustWatch}</span>
      <h2>{item.title}</h2>
      <p class="offer-count">{asksWhy ? words.askWhy : words.startsIn(Math.max(0, leftS))}</p>
      <ButtonRow buttons={choices} at={at} />
    </div>
  );
}
