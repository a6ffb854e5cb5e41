import type { ScreenInput } from '../parts/screen-input.ts';
import { PlanList } from './plan-list.tsx';
import { PlanVersions } from './plan-versions.tsx';
import { PlanPage } from './plan-page.tsx';
import { RehearsalPage } from './rehearsal/rehearsal-page.tsx';
import { TemplatesPage } from './templates/templates-page.tsx';

/** Programme plans: their list, the templates that they are made from, or the one that the address names, also rehearsed. */
export function Plans({ rest }: ScreenInput) {
  const [id, view] = rest;
  if (id === 'templates') return <TemplatesPage />;
  if (id === 'versions') return <PlanVersions />;
  if (id !== undefined && view === 'rehearsal') return <RehearsalPage key={id} id={id} />;
  return id === undefined ? <PlanList /> : <PlanPage key={id} id={id} />;
}
