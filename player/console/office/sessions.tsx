import { LogoutOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Tag } from 'antd';
import type { SessionView, User } from '../../../media/contract/accounts.ts';
import { Loaded } from '../parts/loaded.tsx';
import { useAct } from '../parts/use-act.ts';
import { useClock } from '../parts/use-clock.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';
import { deviceName } from './device-name.ts';

/** Where somebody is signed in: one's own sign-ins, or those of the person that is given. */
export function Sessions({ of, onClose }: { readonly of: 'me' | User | undefined; readonly onClose: () => void }) {
  const words = useWords();
  const said = words.keeping.sessions;
  const { busy, act } = useAct();
  const person = of === 'me' ? undefined : of;
  const sessions = useQuery({
    queryKey: ['sessions', person?.id ?? 'me'],
    queryFn: async () =>
      person === undefined
        ? (await call('listSessions', { query: {} })).items
        : (await call('listUserSessions', { params: { id: person.id } })).items,
    enabled: of !== undefined,
    refetchInterval: 30_000,
  });
  const end = async (ending: () => Promise<unknown>) => {
    if (await act(ending, said.ended)) await sessions.refetch();
  };
  const endOne = (id: string) =>
    person === undefined
      ? call('endSession', { params: { id } })
      : call('endUserSessions', { params: { id: person.id }, query: { session: id } });
  const endAll = () =>
    person === undefined ? call('endOtherSessions') : call('endUserSessions', { params: { id: person.id }, query: {} });
  const hasOthers = sessions.data?.some(({ current }) => !current) === true;
  return (
    <Modal
      open={of !== undefined}
      title={person === undefined ? said.mine : said.of(person.name)}
      width={860}
      destroyOnHidden
      onCancel={onClose}
      footer={[
        <Button key="all" danger disabled={!hasOthers} loading={busy} onClick={() => void end(endAll)}>
          {person === undefined ? said.endOthers : said.endAll}
        </Button>,
        <Button key="close" type="primary" onClick={onClose}>
          {words.frame.close}
        </Button>,
      ]}
    >
      <p className="muted">{said.explain}</p>
      <Loaded from={sessions}>
        {(items) => <SessionTable sessions={items} onEnd={(id) => void end(() => endOne(id))} />}
      </Loaded>
    </Modal>
  );
}

function SessionTable(props: { readonly sessions: readonly SessionView[]; readonly onEnd: (id: string) => void }) {
  const said = useWords().keeping.sessions;
  const clock = useClock();
  return (
    <WholeTable<SessionView>
      rowKey="id"
      dataSource={props.sessions}
      locale={{ emptyText: said.empty }}
      columns={[
        {
          title: said.device,
          render: (_value, { agent, current }) => (
            <span title={agent}>
              {deviceName(agent) ?? said.unknownDevice} {current ? <Tag>{said.current}</Tag> : null}
            </span>
          ),
        },
        { title: said.address, render: (_value, { ip }) => <code>{ip === '' ? '—' : ip}</code> },
        { title: said.began, render: (_value, { createdAtMs }) => clock.full(createdAtMs) },
        { title: said.seen, render: (_value, { lastSeenAtMs }) => clock.full(lastSeenAtMs) },
        {
          key: 'actions',
          render: (_value, { id, agent, current }) =>
            current ? null : (
              <Button
                size="small"
                icon={<LogoutOutlined />}
                aria-label={`${said.end} ${deviceName(agent) ?? said.unknownDevice}`}
                onClick={() => props.onEnd(id)}
              >
                {said.end}
              </Button>
            ),
        },
      ]}
    />
  );
}
