import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { LONGEST_REHEARSAL_MS, type Rehearsal } from '../../../../media/contract/rehearsal.ts';
import { Loaded, Nothing } from '../../parts/loaded.tsx';
import { linkTo } from '../../parts/route.ts';
import { Screen } from '../../parts/screen.tsx';
import { useClock } from '../../parts/use-clock.ts';
import { call } from '../../session/api.ts';
import { useWords } from '../../words/words.tsx';
import { airingAt, firstInstant, isEmpty } from './airing.ts';
import { ChooseInstant } from './choose-instant.tsx';
import { RehearsalList } from './rehearsal-list.tsx';
import { RehearsalPicture } from './rehearsal-picture.tsx';
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
      <Loaded from={plan}>{(found) => <RehearsalOf plan={found} />}</Loaded>
    </Screen>
  );
}

function RehearsalOf({ plan }: { readonly plan: Plan }) {
  const words = useWords().rehearsal;
  const clock = useClock();
  const [chosenMs, setChosenMs] = useState(() => firstInstant(plan, clock.zone));
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
  return (
    <div className="rehearsal">
      <ChooseInstant atMs={chosenMs} onChoose={setChosenMs} />
      <Loaded from={rehearsed}>
        {(found) => (
          <>
            <Alert
              type="warning"
              showIcon
              title={words.notOnAir(found.version)}
              description={words.effective(clock.exact(found.effectiveAtMs))}
            />
            {isEmpty(found.items) ? (
              <Nothing text={words.nothing} />
            ) : (
              <Course key={chosenMs} rehearsal={found} fromMs={chosenMs} onPast={setChosenMs} />
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}

interface CourseInput {
  readonly rehearsal: Rehearsal;
  readonly fromMs: number;
  /** Told the instant at which all that is known is over. */
  readonly onPast: (atMs: number) => void;
}

/** Picture and list side by side, both at the same instant, which goes on with the picture. */
function Course({ rehearsal: { version, items }, fromMs, onPast }: CourseInput) {
  const words = useWords().rehearsal;
  const clock = useClock();
  const [atMs, setAtMs] = useState(fromMs);
  const [jumps, setJumps] = useState(0);
  const move = useCallback(
    (instantMs: number) => (airingAt(items, instantMs) === undefined ? onPast(instantMs) : setAtMs(instantMs)),
    [items, onPast],
  );
  const jump = (instantMs: number) => {
    setJumps(jumps + 1);
    move(instantMs);
  };
  const airing = airingAt(items, atMs);
  if (airing === undefined) return null;
  const { startAtMs, endAtMs } = airing.item;
  return (
    <div className="rehearsal-body">
      <div className="rehearsal-screen">
        <RehearsalPicture key={`${startAtMs}-${jumps}`} airing={airing} version={version} onMoved={move} />
        <div className="rehearsal-tools">
          <time>{clock.exact(atMs)}</time>
          <Button onClick={() => jump(endAtMs)}>{words.skip}</Button>
        </div>
      </div>
      <RehearsalList items={items} airing={airing} onJump={jump} />
    </div>
  );
}
