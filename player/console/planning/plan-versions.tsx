import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import type { PlanVersion } from '../../../media/contract/plan-versions.ts';
import { AskReason } from '../parts/ask-reason.tsx';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { linkTo } from '../parts/route.ts';
import { Screen } from '../parts/screen.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useChannels } from '../parts/use-names.ts';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { PreviewDialog } from './plan-preview.tsx';

/** Every plan that went on air, named by its content, and the way back to it. */
export function PlanVersions() {
  const words = useWords();
  const said = words.difference.versions;
  const channels = useChannels().data?.items ?? [];
  const [chosen, setChosen] = useState<string>();
  const code = chosen ?? channels[0]?.code ?? '';
  const versions = useQuery({
    queryKey: ['versions', code],
    queryFn: () => call('listVersions', { params: { code } }),
    enabled: code !== '',
  });
  return (
    <Screen
      title={said.title}
      back={<a href={linkTo('plans')}>← {words.planning.page.back}</a>}
      actions={
        channels.length > 1 ? (
          <Select
            aria-label={words.planning.list.channel}
            value={code}
            options={channels.map(({ code: value, name }) => ({ value, label: name }))}
            onChange={setChosen}
          />
        ) : null
      }
    >
      <Loaded from={versions}>
        {({ items }) =>
          items.length === 0 ? <Nothing text={said.empty} /> : <VersionTable code={code} items={items} />
        }
      </Loaded>
    </Screen>
  );
}

function VersionTable({ code, items }: { readonly code: string; readonly items: readonly PlanVersion[] }) {
  const words = useWords();
  const said = words.difference.versions;
  const clock = useClock();
  const { person } = useSession();
  const queries = useQueryClient();
  const [seen, setSeen] = useState<PlanVersion>();
  const [wanted, setWanted] = useState<PlanVersion>();
  const mayRestore = mayDo(person, 'publish-plan');
  const columns = [
    {
      title: said.published,
      render: (_: unknown, { publishedAtMs, effectiveAtMs }: PlanVersion) =>
        clock.full(publishedAtMs ?? effectiveAtMs ?? 0),
    },
    {
      title: said.by,
      render: (_: unknown, { publishedBy, reason, restores }: PlanVersion) => (
        <>
          {publishedBy?.name ?? '–'} {reason === undefined ? null : <div className="muted">{reason}</div>}
          {restores === undefined ? null : <Tag>{said.restores(restores.slice(0, 8))}</Tag>}
        </>
      ),
    },
    { title: said.days, render: (_: unknown, { from, to }: PlanVersion) => `${from} – ${to}` },
    { title: said.items, dataIndex: 'itemCount' },
    { title: said.hash, render: (_: unknown, { hash }: PlanVersion) => <code title={hash}>{hash.slice(0, 8)}</code> },
    {
      render: (_: unknown, version: PlanVersion) => (
        <Space wrap>
          <Tag color={version.state === 'published' ? 'green' : 'default'}>
            {version.state === 'published' ? said.now : said.old}
          </Tag>
          <a href={linkTo('plans', version.planId)}>{version.title ?? words.planning.list.untitled(version.from)}</a>
          {mayRestore ? (
            <Button size="small" onClick={() => setSeen(version)}>
              {said.restore}
            </Button>
          ) : null}
        </Space>
      ),
    },
  ];
  return (
    <>
      <Table
        rowKey="planId"
        size="small"
        columns={columns}
        dataSource={[...items]}
        pagination={{ hideOnSinglePage: true, pageSize: 20 }}
        scroll={{ x: 'max-content' }}
      />
      <PreviewDialog
        open={seen !== undefined}
        title={said.restoreTitle}
        explain={said.restoreExplain}
        name={`version-${seen?.hash ?? ''}`}
        read={() => call('versionDifference', { params: { code, hash: seen?.hash ?? '' } })}
        okText={said.restore}
        onOk={() => {
          setWanted(seen);
          setSeen(undefined);
        }}
        onClose={() => setSeen(undefined)}
      />
      <AskReason
        open={wanted !== undefined}
        title={said.restoreTitle}
        label={words.today.reason}
        onClose={() => setWanted(undefined)}
        onReason={async (reason) => {
          await call('restoreVersion', { params: { code, hash: wanted?.hash ?? '' }, body: { reason } });
          await queries.invalidateQueries();
        }}
      />
    </>
  );
}
