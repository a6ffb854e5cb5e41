import { HistoryOutlined, PlusOutlined, TagsOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select, Tag } from 'antd';
import { useState } from 'react';
import type { Plan } from '../../../media/contract/planning.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { Screen } from '../parts/screen.tsx';
import { useChannelName } from '../parts/use-names.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords, type Words } from '../words/words.tsx';
import { NewPlan } from './new-plan.tsx';
import { daysText, PlanState } from './plan-state.tsx';

const states: readonly Plan['state'][] = ['draft', 'submitted', 'approved', 'published', 'superseded'];

/** Plans of all channels, newest first. */
export function PlanList() {
  const all = useWords();
  const words = all.planning.list;
  const { person } = useSession();
  const [state, setState] = useState<Plan['state']>();
  const [isMaking, setIsMaking] = useState(false);
  const plans = useInfiniteQuery({
    queryKey: ['plans', state],
    queryFn: ({ pageParam }) =>
      call('listPlans', {
        query: {
          limit: '50',
          ...(state === undefined ? {} : { state }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const make = mayDo(person, 'edit-plan') ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setIsMaking(true)}>
      {words.create}
    </Button>
  ) : null;
  return (
    <Screen
      title={words.title}
      actions={
        <>
          <Button href={linkTo('plans', 'versions')} icon={<HistoryOutlined />}>
            {all.difference.versions.title}
          </Button>
          <Button href={linkTo('plans', 'templates')} icon={<TagsOutlined />}>
            {all.arrange.templates.title}
          </Button>
          {make}
        </>
      }
    >
      <div className="filters">
        <Select
          allowClear
          aria-label={all.films.list.state}
          placeholder={all.films.list.state}
          options={states.map((value) => ({ value, label: all.planning.states[value] }))}
          onChange={setState}
        />
      </div>
      <Loaded from={plans}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing text={words.empty}>{make}</Nothing>;
          return (
            <ul className="plan-list">
              {items.map((plan) => (
                <PlanCard key={plan.id} plan={plan} words={words} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {plans.hasNextPage ? (
        <div className="more">
          <Button loading={plans.isFetchingNextPage} onClick={() => void plans.fetchNextPage()}>
            {all.frame.more}
          </Button>
        </div>
      ) : null}
      <NewPlan open={isMaking} onClose={() => setIsMaking(false)} />
    </Screen>
  );
}

type ListedPlan = Omit<Plan, 'items' | 'findings'> & {
  readonly itemCount: number;
  readonly errors: number;
  readonly warnings: number;
};

function PlanCard({ plan, words }: { readonly plan: ListedPlan; readonly words: Words['planning']['list'] }) {
  const channelName = useChannelName();
  return (
    <li className="plan-card">
      <a href={linkTo('plans', plan.id)}>
        <div className="plan-card-text">
          <strong className="film-title">{plan.title ?? words.untitled(plan.from)}</strong>
          <span className="muted">
            {channelName(plan.channel)} · {daysText(plan)} · {words.author} {plan.author.name}
            {plan.approver === undefined ? '' : ` · ${words.approver} ${plan.approver.name}`}
          </span>
        </div>
        <div className="plan-card-tags">
          <span className="muted">{words.items(plan.itemCount)}</span>
          {plan.errors > 0 ? <Tag color="error">{words.errors(plan.errors)}</Tag> : null}
          {plan.warnings > 0 ? <Tag color="warning">{words.warnings(plan.warnings)}</Tag> : null}
          <PlanState state={plan.state} />
        </div>
      </a>
    </li>
  );
}
