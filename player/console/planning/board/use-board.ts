import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { addCivilDays } from '../../../../media/grid/civil-time.ts';
import { useClock } from '../../parts/use-clock.ts';
import type { Draft } from '../use-draft.ts';
import { type BoardCursor, type BoardSpan, entryAt, instantAt, placeAtMs, type PlanDays } from './board-cursor.ts';
import { type BoardEntry, boardEntries, unknownLengthMs } from './board-entries.ts';
import { type BoardFilm, filmRow, placeBlock } from './board-edits.ts';
import { movedBy } from './moved-entries.ts';
import { aroundSlots, coveringOf, type Inherited, joinedSlots, type PlaceSlot, slotStartAtMs } from './place-slots.ts';
import { nearDays, shownDays, type ShownDays } from './shown-days.ts';
import { useInherited } from './use-inherited.ts';

/** What the board is looked at with. */
export interface BoardInput {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly isEditable: boolean;
  readonly span: BoardSpan;
  readonly cursor: BoardCursor;
  readonly setCursor: (cursor: BoardCursor) => void;
}

/** The board as it stands now. */
export interface Board extends BoardInput {
  readonly planDays: PlanDays;
  readonly shown: ShownDays;
  readonly entries: readonly BoardEntry[];
  readonly chosen: BoardEntry | undefined;
  /** What is open to the place of the plan, joined where it touches; undefined on a plan that is bound to no slots. */
  readonly slots: ReturnType<typeof joinedSlots> | undefined;
  /** What the place above airs around the slots. */
  readonly inherited: readonly Inherited[];
  /** What of the two lies under the cursor. */
  readonly under: { readonly inherited?: Inherited | undefined; readonly slot?: PlaceSlot | undefined };
  /** When a film that is placed at a cursor begins, in UTC ms; undefined where it cannot. */
  readonly startAtMs: (film: BoardFilm, cursor: BoardCursor) => number | undefined;
  readonly film: BoardFilm | undefined;
  readonly setFilm: (film: BoardFilm | undefined) => void;
  readonly isRippling: boolean;
  readonly setIsRippling: (isRippling: boolean) => void;
  /** Where the film that was chosen would air, in UTC ms, [startAtMs, endAtMs). */
  readonly ghost: { readonly startAtMs: number; readonly endAtMs: number } | undefined;
  /** What ripple would move if the film were placed now, at its new time. */
  readonly moved: readonly BoardEntry[];
  /** What was done last, or would be done now, for everybody to read and hear. */
  readonly said: string;
  readonly say: (text: string) => void;
  readonly nowMs: number;
}

/** Holds what the board knows besides the draft. */
export function useBoard(input: BoardInput): Board {
  const { plan, draft, span, cursor } = input;
  const { zone } = useClock();
  const [film, setFilm] = useState<BoardFilm>();
  const [isRippling, setIsRippling] = useState(true);
  const [said, say] = useState('');
  const nowMs = useNow();
  const planDays = useMemo(() => ({ first: plan.from, last: addCivilDays(plan.to, -1) }), [plan.from, plan.to]);
  const shown = shownDays(span, cursor.day, planDays);
  const entries = useMemo(() => {
    const days = nearDays({ from: shown.from, to: shown.to }, planDays);
    return boardEntries(draft.rows, days, { zone, findings: plan.findings, nowMs });
  }, [draft.rows, shown.from, shown.to, planDays, plan.findings, zone, nowMs]);
  const slots = useMemo(() => plan.openSlots && joinedSlots(plan.openSlots), [plan.openSlots]);
  const above = useInherited(plan, shown);
  const inherited = useMemo(() => aroundSlots(above, slots ?? []), [above, slots]);
  const startAtMs = useCallback(
    ({ lengthMs = unknownLengthMs }: BoardFilm, at: BoardCursor) =>
      slots === undefined || at.clock !== undefined
        ? placeAtMs(entries, at, zone)
        : slotStartAtMs(at.day, { lengthMs, afterMs: nowMs }, { slots, entries, zone }),
    [slots, entries, zone, nowMs],
  );
  const ghost = useMemo(() => {
    const atMs = film === undefined ? undefined : startAtMs(film, cursor);
    if (film === undefined || atMs === undefined) return undefined;
    return { startAtMs: atMs, endAtMs: atMs + (film.lengthMs ?? unknownLengthMs) };
  }, [film, startAtMs, cursor]);
  const moved = useMemo(() => {
    if (film === undefined || ghost === undefined || !isRippling) return [];
    const way = { zone, isRippling, freshId: () => 'ghost' };
    const placed = placeBlock(draft.rows, [filmRow(film, '')], ghost.startAtMs, way);
    const days = nearDays({ from: shown.from, to: shown.to }, planDays);
    return movedBy(entries, boardEntries(placed, days, { zone, findings: [], nowMs: 0 }), 'ghost');
  }, [film, ghost, isRippling, draft.rows, entries, shown.from, shown.to, planDays, zone]);
  const chosen = entryAt(entries, cursor, zone);
  const cursorMs = instantAt(cursor, zone);
  const under =
    cursorMs === undefined
      ? {}
      : { inherited: coveringOf(inherited, cursorMs), slot: coveringOf(plan.openSlots ?? [], cursorMs) };
  return {
    ...{
      ...input,
      planDays,
      shown,
      entries,
      chosen,
      slots,
      inherited,
      under,
      startAtMs,
      film,
      setFilm,
      isRippling,
      setIsRippling,
      ghost,
      moved,
      said,
      say,
      nowMs,
    },
  };
}

/** The present, again twice a minute. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
