import { useEffect, useRef, useState } from 'preact/hooks';
import { type StoryboardTile, tileAt } from '../shared/storyboard.ts';
import { useLoaded } from '../shared/use-loaded.ts';
import type { PictureControl } from './picture.tsx';
import type { Screen } from './screen.ts';

/** A held arrow goes further each time: 10, 30, 60, 300 s. */
const steps = [10, 10, 30, 30, 60, 60, 300];
const isHeldMs = 800;
/** Nothing more was pressed for so long: the picture goes there. */
const settledMs = 700;

/** Winding: the arrows move a target, and the picture follows once they rest or OK is pressed. */
export function useWinding(control: { readonly current: PictureControl | undefined }) {
  const [targetS, setTargetS] = useState<number>();
  const target = useRef<number | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const streak = useRef({ count: 0, atMs: 0 });
  useEffect(() => () => clearTimeout(timer.current), []);
  const aim = (atS: number | undefined) => {
    target.current = atS;
    setTargetS(atS);
  };
  /** Goes to the target at once; false where there is none. */
  const settle = (): boolean => {
    clearTimeout(timer.current);
    const atS = target.current;
    const video = control.current?.video;
    if (atS === undefined || video === undefined) return false;
    video.currentTime = atS;
    aim(undefined);
    return true;
  };
  const step = (direction: 1 | -1) => {
    const video = control.current?.video;
    if (video === undefined) return;
    const nowMs = performance.now();
    const count = nowMs - streak.current.atMs < isHeldMs ? streak.current.count + 1 : 0;
    streak.current = { count, atMs: nowMs };
    const byS = steps[Math.min(count, steps.length - 1)] ?? 10;
    const fromS = target.current ?? video.currentTime;
    const lastS = (Number.isFinite(video.duration) ? video.duration : fromS + byS) - 1;
    aim(Math.max(0, Math.min(lastS, fromS + direction * byS)));
    clearTimeout(timer.current);
    timer.current = setTimeout(settle, settledMs);
  };
  return { targetS, step, settle };
}

/** Tokens in the addresses of the pictures end. */
const renewMs = 600_000;
const none: readonly StoryboardTile[] = [];

/** The picture at the target of a winding, where the film has such pictures; their list is fetched once the film plays. */
export function usePreview(
  { key, loadStoryboard }: Extract<Screen, { name: 'player' }>,
  targetS: number | undefined,
  isPlaying: boolean,
): StoryboardTile | undefined {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (isPlaying) setWanted(true);
  }, [isPlaying]);
  const load = isWanted ? loadStoryboard : undefined;
  const tiles = useLoaded(
    load === undefined ? 'none' : `storyboard-${key}`,
    load ?? (() => Promise.resolve(none)),
    renewMs,
  ).value;
  return targetS === undefined ? undefined : tileAt(tiles ?? none, targetS);
}
