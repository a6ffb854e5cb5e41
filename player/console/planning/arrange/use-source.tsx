import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { linkTo } from '../../parts/route.ts';
import { useClock } from '../../parts/use-clock.ts';
import { call } from '../../session/api.ts';
import { useWords } from '../../words/words.tsx';
import { rowsOf } from '../plan-rows.ts';
import { daysText } from '../plan-state.tsx';
import type { Source } from './arranged.ts';
import { useDayTemplates, useSeasons } from './template-queries.ts';

export const kinds = ['day', 'week', 'plan', 'template', 'season'] as const;
export type Kind = (typeof kinds)[number];

/** Where lines come from, and the field that chooses it; no source while nothing is chosen or it is still loaded. */
export function useSource(
  kind: Kind,
  plan: Plan,
  day: string,
): { readonly source: Source | undefined; readonly field: ReactNode } {
  const said = useWords().arrange;
  const other = useOtherPlan(kind === 'plan', plan);
  const template = useTemplate(kind === 'template');
  const seasons = useSeasons(kind === 'season').data?.items;
  const templates = useDayTemplates(kind === 'season').data?.items;
  const manage = <a href={linkTo('plans', 'templates')}>{said.manage}</a>;
  switch (kind) {
    case 'day':
    case 'week':
      return { source: { kind, day }, field: null };
    case 'plan':
      return other;
    case 'template':
      return { ...template, field: [template.field, manage] };
    case 'season': {
      const source = seasons && templates ? { kind, seasons, templates } : undefined;
      const empty = seasons?.length === 0 ? <p key="empty">{said.noSeasons}</p> : null;
      return { source, field: [empty, manage] };
    }
  }
}

/** Another plan of the same channel; at first the newest one of the month before. */
function useOtherPlan(
  isWanted: boolean,
  plan: Plan,
): { readonly source: Source | undefined; readonly field: ReactNode } {
  const words = useWords();
  const { zone } = useClock();
  const [chosen, setChosen] = useState<Plan['id']>();
  const list = useQuery({
    queryKey: ['plans', 'of-channel', plan.channel],
    queryFn: () => call('listPlans', { query: { channel: plan.channel, limit: '100' } }),
    enabled: isWanted,
  });
  const others = (list.data?.items ?? []).filter(
    ({ id, from }) => id !== plan.id && from.slice(0, 7) < plan.from.slice(0, 7),
  );
  const id = chosen ?? [...others].sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))[0]?.id;
  const other = useQuery({
    queryKey: ['plan-to-copy', id],
    queryFn: () => (id === undefined ? Promise.reject(new Error('no plan')) : call('readPlan', { params: { id } })),
    enabled: isWanted && id !== undefined,
  });
  const source = useMemo(
    (): Source | undefined =>
      other.data === undefined ? undefined : { kind: 'plan', from: other.data.from, rows: rowsOf(other.data, zone) },
    [other.data, zone],
  );
  const field = (
    <Select
      aria-label={words.arrange.otherPlan}
      placeholder={words.arrange.otherPlan}
      loading={list.isFetching || other.isFetching}
      value={id ?? null}
      onChange={setChosen}
      options={others.map((one) => ({
        value: one.id,
        label: `${daysText(one)} ${one.title ?? ''} · ${words.planning.states[one.state]}`,
      }))}
    />
  );
  return { source, field };
}

function useTemplate(isWanted: boolean): { readonly source: Source | undefined; readonly field: ReactNode } {
  const said = useWords().arrange;
  const [chosen, setChosen] = useState<string>();
  const list = useDayTemplates(isWanted);
  const items = list.data?.items ?? [];
  const template = items.find(({ id }) => id === chosen) ?? items[0];
  const field =
    list.data !== undefined && items.length === 0 ? (
      <p key="empty">{said.noTemplates}</p>
    ) : (
      <Select
        key="template"
        aria-label={said.template}
        placeholder={said.template}
        loading={list.isFetching}
        value={template?.id ?? null}
        onChange={setChosen}
        options={items.map(({ id, name, items: lines }) => ({
          value: id,
          label: `${name} · ${said.templates.lines(lines.length)}`,
        }))}
      />
    );
  return { source: template && { kind: 'template', template }, field };
}
