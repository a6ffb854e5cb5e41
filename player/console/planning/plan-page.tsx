import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { Screen } from '../parts/screen.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { PlanEditor } from './plan-editor.tsx';

/** One plan; not looked at again behind the back of somebody who edits it. */
export function PlanPage({ id }: { readonly id: string }) {
  const words = useWords().planning;
  const plan = useQuery({
    queryKey: ['plan', id],
    queryFn: () => call('readPlan', { params: { id } }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  });
  return (
    <Screen
      title={plan.data === undefined ? '' : (plan.data.title ?? words.list.untitled(plan.data.from))}
      back={<a href={linkTo('plans')}>← {words.page.back}</a>}
    >
      <Loaded from={plan}>{(found) => <PlanEditor plan={found} />}</Loaded>
    </Screen>
  );
}
