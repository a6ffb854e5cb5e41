import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { auditNouns } from '../../../media/contract/audit.ts';
import { addCivilDays, parseCivilDate } from '../../../media/grid/civil-time.ts';
import { CountyDate } from '../parts/county-date.tsx';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useSettled } from '../parts/use-settled.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { CheckChain } from './check-chain.tsx';

/** What the record is searched for; what is left out does not narrow. */
interface Filter {
  readonly actor?: string;
  readonly noun?: (typeof auditNouns)[number] | undefined;
  readonly outcome?: 'done' | 'refused' | undefined;
  /** County dates; the last one is shown too. */
  readonly from?: string;
  readonly to?: string;
  readonly query?: string;
}

/** What was done by whom, and whether the record is whole. */
export function Audit() {
  const words = useWords();
  const said = words.office.audit;
  const clock = useClock();
  const [filter, setFilter] = useState<Filter>({});
  const asked = queryOf(useSettled(filter, 300), clock.zone);
  const audit = useInfiniteQuery({
    queryKey: ['audit', asked],
    queryFn: ({ pageParam }) =>
      call('readAudit', { query: { limit: '100', ...asked, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  return (
    <Screen
      title={said.title}
      actions={
        <Button icon={<DownloadOutlined />} href={`/api/audit.csv?${new URLSearchParams(asked).toString()}`}>
          {words.keeping.audit.download}
        </Button>
      }
    >
      <Filters filter={filter} onChange={setFilter} />
      <CheckChain />
      <Loaded from={audit}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          const first = pages[0];
          return (
            <>
              {first?.chainIntact === false ? (
                <Alert type="error" showIcon role="alert" title={said.broken(first.firstBadSeq)} />
              ) : null}
              {entries.length === 0 ? (
                <Nothing text={said.empty} />
              ) : (
                <WholeTable
                  rowKey="seq"
                  dataSource={entries}
                  columns={[
                    { title: '#', dataIndex: 'seq' },
                    { title: said.at, dataIndex: 'atMs', render: (atMs: number) => clock.exact(atMs) },
                    { title: said.actor, dataIndex: 'actor' },
                    { title: words.keeping.sessions.address, dataIndex: 'ip' },
                    { title: said.action, dataIndex: 'action', render: (action: string) => <Deed action={action} /> },
                    { title: said.object, dataIndex: 'object', render: (object: string) => <code>{object}</code> },
                    {
                      title: said.detail,
                      dataIndex: 'detail',
                      render: (detail: string) => <span className="audit-detail">{detail}</span>,
                    },
                  ]}
                />
              )}
            </>
          );
        }}
      </Loaded>
      {audit.hasNextPage ? (
        <div className="more">
          <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {words.frame.more}
          </Button>
        </div>
      ) : null}
    </Screen>
  );
}

function queryOf({ actor = '', noun, outcome, from = '', to = '', query = '' }: Filter, zone: string) {
  return {
    ...(actor === '' ? {} : { actor }),
    ...(noun === undefined ? {} : { noun }),
    ...(outcome === undefined ? {} : { outcome }),
    ...beginOf('from', from, zone),
    ...beginOf('to', to === '' ? '' : addCivilDays(to, 1), zone),
    ...(query === '' ? {} : { query }),
  };
}

/** The first instant of a county date, for a query; nothing where there is no date. */
function beginOf(name: 'from' | 'to', date: string, zone: string): { from?: string; to?: string } {
  const begin = date === '' ? undefined : parseCivilDate(date, zone);
  return begin?.ok === true ? { [name]: String(begin.atMs) } : {};
}

function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }) {
  const said = useWords().keeping.audit;
  return (
    <div className="filters" role="search">
      <Input
        allowClear
        className="audit-actor"
        aria-label={said.anybody}
        placeholder={said.anybody}
        onChange={({ target }) => onChange({ ...filter, actor: target.value.trim() })}
      />
      <Select
        allowClear
        aria-label={said.anything}
        placeholder={said.anything}
        options={auditNouns.map((value) => ({ value, label: said.nouns[value] }))}
        onChange={(noun?: Filter['noun']) => onChange({ ...filter, noun })}
      />
      <Select
        allowClear
        aria-label={said.outcome}
        placeholder={said.outcome}
        options={(['done', 'refused'] as const).map((value) => ({ value, label: said.outcomes[value] }))}
        onChange={(outcome?: Filter['outcome']) => onChange({ ...filter, outcome })}
      />
      <CountyDate
        mayBeEmpty
        aria-label={said.from}
        placeholder={said.from}
        {...(filter.from === undefined ? {} : { value: filter.from })}
        onChange={(from) => onChange({ ...filter, from })}
      />
      <CountyDate
        mayBeEmpty
        aria-label={said.to}
        placeholder={said.to}
        {...(filter.to === undefined ? {} : { value: filter.to })}
        onChange={(to) => onChange({ ...filter, to })}
      />
      <Input.Search
        allowClear
        aria-label={said.text}
        placeholder={said.text}
        onChange={({ target }) => onChange({ ...filter, query: target.value })}
      />
    </div>
  );
}

/** What was done, in words, with the code that it is recorded and found by; a newer server's deed has its code only. */
function Deed({ action }: { readonly action: string }) {
  const { actions, forbidden, permissions } = useWords().office.audit;
  const known: Readonly<Record<string, string>> = actions;
  const refused: string | undefined = (permissions as Readonly<Record<string, string>>)[
    action.replace(/\.refuse$/, '')
  ];
  return (
    <>
      {known[action] ?? (refused === undefined ? undefined : forbidden(refused))}{' '}
      <code className="muted">{action}</code>
    </>
  );
}
