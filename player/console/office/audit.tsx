import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Table } from 'antd';
import { useState } from 'react';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useSettled } from '../parts/use-settled.ts';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';

/** What was done by whom, and whether the record is whole. */
export function Audit() {
  const words = useWords();
  const said = words.office.audit;
  const clock = useClock();
  const [typed, setTyped] = useState('');
  const query = useSettled(typed, 300);
  const audit = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) =>
      call('readAudit', { query: { limit: '100', query, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  return (
    <Screen title={said.title}>
      <div className="filters" role="search">
        <Input.Search
          allowClear
          aria-label={said.search}
          placeholder={said.search}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Loaded from={audit}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          const first = pages[0];
          const isWhole = first?.chainIntact !== false;
          return (
            <>
              <Alert
                type={isWhole ? 'success' : 'error'}
                showIcon
                title={isWhole ? said.intact : said.broken(first.firstBadSeq)}
              />
              {entries.length === 0 ? (
                <Nothing text={said.empty} />
              ) : (
                <Table
                  rowKey="seq"
                  size="small"
                  pagination={false}
                  scroll={{ x: 'max-content' }}
                  dataSource={entries}
                  columns={[
                    { title: '#', dataIndex: 'seq' },
                    { title: said.at, dataIndex: 'atMs', render: (atMs: number) => clock.exact(atMs) },
                    { title: said.actor, dataIndex: 'actor' },
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

/** What was done, in words, with the code that it is recorded and found by; a newer server's deed has its code only. */
function Deed({ action }: { readonly action: string }) {
  const known: Readonly<Record<string, string>> = useWords().office.audit.actions;
  return (
    <>
      {known[action]} <code className="muted">{action}</code>
    </>
  );
}
