import { showClock } from '../clock-text.ts';
import { type BoardEntry, civilText } from './board-entries.ts';

/** What stands on the days of the board only while something is dragged. */
export interface DragGhosts {
  /** Shows where these airings would be instead of what was shown, until the drag ends. */
  readonly show: (moved: readonly BoardEntry[], zone: string) => void;
}

/**
 * Draws on the days themselves: a calendar that is given other events while an item is dragged takes the drag for one from
 * elsewhere, and the item would stay where it was.
 */
export function dragGhosts(surface: () => HTMLElement | null | undefined): DragGhosts {
  let drawn: readonly HTMLElement[] = [];
  const clear = (): void => {
    for (const ghost of drawn) ghost.remove();
    drawn = [];
  };
  return {
    show: (moved, zone) => {
      clear();
      drawn = moved.flatMap((entry) => {
        const day = civilText(entry.startAtMs, zone).slice(0, 10);
        const lane = surface()?.querySelector(`.board-lane[data-date="${day}"]`);
        if (lane === null || lane === undefined) return [];
        const ghost = ghostOf(entry, zone);
        lane.append(ghost);
        return [ghost];
      });
      for (const name of ['pointerup', 'pointercancel']) document.addEventListener(name, clear, { once: true });
    },
  };
}

const dayMs = 86_400_000;

function ghostOf({ row, startAtMs, endAtMs }: BoardEntry, zone: string): HTMLElement {
  const ghost = document.createElement('div');
  const clock = civilText(startAtMs, zone).slice(11);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const ofDay = (((hours * 60 + minutes) * 60 + seconds) * 1000) / dayMs;
  ghost.className = 'board-drag-ghost';
  ghost.style.top = `${100 * ofDay}%`;
  ghost.style.height = `${100 * Math.min(1 - ofDay, (endAtMs - startAtMs) / dayMs)}%`;
  ghost.textContent = `${showClock(clock)} ${row.title ?? row.filmTitle}`;
  return ghost;
}
