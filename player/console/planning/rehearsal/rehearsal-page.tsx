import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useState } from 'react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { LONGEST_REHEARSAL_MS } from '../../../../media/contract/rehearsal.ts';
import { Loaded, Nothing } from '../../parts/loaded.tsx';
import { linkTo } from '../../parts/route.ts';
import { Screen } from '../../parts/screen.tsx';
import { useClock } from '../../parts/use-clock.ts';
import { call } from '../../session/api.ts';
import { useWords } from '../../words/words.tsx';
import { airingAt, firstInstant, isEmpty } from './airing.ts';
import { ChooseInstant } from './choose-instant.tsx';
import { RehearsalList } from './rehearsal-list.tsx';
import './rehearsal.css';

/** What a plan would show at any instant, before it is published. */
export function RehearsalPage({ id }: { readonly id: string }) {
  const words = useWords();
  const plan = useQuery({ queryKey: ['rehearsed-plan', id], queryFn: () => call('readPlan', { params: { id } }) });
  const name = plan.data && (plan.data.title ?? words.planning.list.untitled(plan.data.from));
  return (
    <Screen
      title={name === undefined ? words.rehearsal.title : words.rehearsal.titleOf(name)}
      back={<a href={linkTo('plans', id)}>← {words.rehearsal.back}</a>}
    >
      <Loaded from={plan}>{(found) => <Rehearsal plan={found} />}</Loaded>
    </Screen>
  );
}

function Rehearsal({ plan }: { readonly plan: Plan }) {
  const words = useWords().rehearsal;
  const clock = useClock();
  const [chosenMs, setChosenMs] = useState(() => firstInstant(plan, clock.zone));
  const [atMs, setAtMs] = useState(chosenMs);
  const rehearsed = useQuery({
    queryKey: ['rehearsal', plan.id, chosenMs],
    queryFn: () =>
      call('rehearsePlan', {
        params: { id: plan.id },
        query: { from: String(chosenMs), to: String(chosenMs + LONGEST_REHEARSAL_MS) },
      }),
    staleTime: Infinity,
    gcTime: 0,
  });
  const choose = (instantMs: number) => {
    setChosenMs(instantMs);
    setAtMs(instantMs);
  };
  return (
    <div className="rehearsal">
      <ChooseInstant atMs={chosenMs} onChoose={choose} />
      <Loaded from={rehearsed}>
        {({ version, effectiveAtMs, items }) => {
          const airing = airingAt(items, atMs);
          return (
            <>
              <Alert
                type="warning"
                showIcon
                title={words.notOnAir(version)}
                description={words.effective(clock.exact(effectiveAtMs))}
              />
              {airing === undefined || isEmpty(items) ? (
                <Nothing text={words.nothing} />
              ) : (
                <RehearsalList items={items} airing={airing} onJump={setAtMs} />
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
