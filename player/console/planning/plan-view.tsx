import { Segmented } from 'antd';
import { useState } from 'react';
import type { Plan } from '../../../media/contract/planning.ts';
import { civilDays } from './plan-rows.ts';
import { remember, remembered } from '../../shared/remembered.ts';
import { useWords } from '../words/words.tsx';

/** Ways to look at the same draft: the board over a month, a week or a day, or its lines. */
export const planViews = ['month', 'week', 'day', 'list'] as const;
export type PlanView = (typeof planViews)[number];

const isView = (text: string | undefined): text is PlanView => planViews.some((view) => view === text);

/** Below this width there is no room for a board. */
const boardQuery = '(min-width: 900px)';
const weekDays = 7;

/** What this browser showed last; at first lines on a phone and for a single day, else as much of the board as the plan fills. */
function viewFor(plan: Plan): PlanView {
  if (!matchMedia(boardQuery).matches) return 'list';
  const days = civilDays(plan.from, plan.to).length;
  if (days === 1) return 'list';
  const last = remembered('plan-view');
  if (isView(last)) return last;
  return days > weekDays ? 'month' : 'week';
}

/** The way that is chosen for a plan; the next plan of several days opens in the same one. */
export function usePlanView(plan: Plan): readonly [PlanView, (view: PlanView) => void] {
  const [view, setView] = useState(() => viewFor(plan));
  return [
    view,
    (next) => {
      remember('plan-view', next);
      setView(next);
    },
  ];
}

/** Buttons of the ways to look. */
export function ViewChoice({ view, onView }: { readonly view: PlanView; readonly onView: (view: PlanView) => void }) {
  const words = useWords().board;
  return (
    <Segmented
      aria-label={words.viewChoice}
      value={view}
      onChange={onView}
      options={planViews.map((value) => ({ value, label: words.views[value] }))}
    />
  );
}
