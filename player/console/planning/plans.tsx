import type { ScreenInput } from '../parts/screen-input.ts';
import { PlanList } from './plan-list.tsx';
import { PlanPage } from './plan-page.tsx';

/** Programme plans: their list, or the one that the address names. */
export function Plans({ rest }: ScreenInput) {
  const [id] = rest;
  return id === undefined ? <PlanList /> : <PlanPage key={id} id={id} />;
}
