import { Tag } from 'antd';
import type { Plan } from '../../../media/contract/planning.ts';
import { addCivilDays } from '../../../media/grid/civil-time.ts';
import { useWords } from '../words/words.tsx';

const colors: Readonly<Record<Plan['state'], string>> = {
  draft: 'default',
  submitted: 'warning',
  approved: 'processing',
  published: 'success',
  superseded: 'default',
};

/** A plan's state as a coloured word. */
export const PlanState = ({ state }: { readonly state: Plan['state'] }) => {
  const words = useWords().planning.states;
  return <Tag color={colors[state]}>{words[state]}</Tag>;
};

/** Days of a plan with the last one included: `2026-12-01 — 2026-12-31`. */
export function daysText({ from, to }: Pick<Plan, 'from' | 'to'>): string {
  const last = addCivilDays(to, -1);
  return last === from ? from : `${from} — ${last}`;
}
