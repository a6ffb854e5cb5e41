import { lengthText } from '../../../shared/county-clock.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { showClock } from '../clock-text.ts';
import { type BoardEntry, civilText } from './board-entries.ts';
import { coveringOf, outsideSlots } from './place-slots.ts';
import type { Board } from './use-board.ts';

/** Why something may not be on the plan of a place; always undefined on a plan that is bound to no slots. */
export interface SlotRefusal {
  /** To begin at an instant. */
  readonly at: (atMs: number) => string | undefined;
  /** To go onto a day without a time. */
  readonly on: (day: string) => string | undefined;
  /** The board after a change to the line `own`. */
  readonly of: (after: readonly BoardEntry[], own: string | undefined) => string | undefined;
}

/** Tells what airs where a place has no slot, and where the next slot is. */
export function useSlotRefusal({ slots, inherited, entries }: Board): SlotRefusal {
  const { says } = useWords().board;
  const clock = useClock();
  const time = (atMs: number): string => showClock(civilText(atMs, clock.zone).slice(11));
  if (slots === undefined) return { at: () => undefined, on: () => undefined, of: () => undefined };
  const nextFrom = (atMs: number): string => {
    const next = slots.find(({ startAtMs }) => startAtMs > atMs);
    if (next === undefined) return says.noLaterSlot;
    return says.nextSlot(clock.dayInWords(next.startAtMs), time(next.startAtMs), time(next.endAtMs));
  };
  const at = (atMs: number): string | undefined => {
    if (coveringOf(slots, atMs) !== undefined) return undefined;
    const there = coveringOf(inherited, atMs);
    const why =
      there?.kind !== 'item' ? says.notOpen : there.mustWatch ? says.mustStay(there.title) : says.taken(there.title);
    return says.outsideSlot(why, nextFrom(atMs));
  };
  return {
    at,
    on: (day) => {
      const later = slots.filter(({ startAtMs }) => civilText(startAtMs, clock.zone).slice(0, 10) > day)[0];
      return says.outsideSlot(says.noRoom, nextFrom(later === undefined ? Infinity : later.startAtMs - 1));
    },
    of: (after, own) => {
      const outside = outsideSlots(entries, after, slots);
      if (outside === undefined) return undefined;
      const { row, startAtMs, endAtMs } = outside;
      const title = row.title ?? row.filmTitle;
      if (row.id !== own && entries.some((entry) => entry.row.id === row.id)) return says.pushedOut(title);
      const slot = coveringOf(slots, startAtMs);
      return slot === undefined
        ? at(startAtMs)
        : says.pastSlot(title, lengthText(endAtMs - startAtMs), time(slot.endAtMs));
    },
  };
}
