import { Button } from 'antd';
import type { Plan } from '../../../../media/contract/planning.ts';
import { linkTo } from '../../parts/route.ts';
import { useWords } from '../../words/words.tsx';

const states: ReadonlySet<Plan['state']> = new Set(['draft', 'submitted', 'approved']);

/** Leads to the rehearsal of a plan that is yet to be published; what is not saved cannot be rehearsed. */
export function RehearseLink({ plan, isDirty }: { readonly plan: Plan; readonly isDirty: boolean }) {
  const words = useWords().rehearsal;
  if (!states.has(plan.state)) return null;
  return (
    <Button href={linkTo('plans', plan.id, 'rehearsal')} disabled={isDirty}>
      {words.open}
    </Button>
  );
}
