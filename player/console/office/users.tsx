import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Space, Tag } from 'antd';
import { useState } from 'react';
import type { User } from '../../../media/contract/accounts.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { useAct } from '../parts/use-act.ts';
import { usePlaceName } from '../parts/use-names.ts';
import { useSettled } from '../parts/use-settled.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { EditUser } from './edit-user.tsx';
import { Sessions } from './sessions.tsx';
import { InvitationDialog, type InvitationToShow } from './invitation-dialog.tsx';

/** People, their roles, and the links by which they choose a password. */
export function Users() {
  const words = useWords();
  const said = words.office.users;
  const [typed, setTyped] = useState('');
  const query = useSettled(typed, 300);
  const users = useInfiniteQuery({
    queryKey: ['users', query],
    queryFn: ({ pageParam }) =>
      call('listUsers', { query: { limit: '100', query, ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const [task, setTask] = useState<User | 'new'>();
  const [link, setLink] = useState<InvitationToShow>();
  const [looked, setLooked] = useState<User>();
  return (
    <Screen
      title={said.title}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setTask('new')}>
          {said.add}
        </Button>
      }
    >
      <div className="filters" role="search">
        <Input.Search
          allowClear
          aria-label={said.search}
          placeholder={said.search}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Loaded from={users}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing text={said.empty} />;
          return <UserTable users={items} onEdit={setTask} onLink={setLink} onLook={setLooked} />;
        }}
      </Loaded>
      {users.hasNextPage ? (
        <div className="more">
          <Button loading={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
            {words.frame.more}
          </Button>
        </div>
      ) : null}
      <EditUser task={task} onClose={() => setTask(undefined)} onLink={setLink} />
      <Sessions of={looked} onClose={() => setLooked(undefined)} />
      <InvitationDialog link={link} onClose={() => setLink(undefined)} />
    </Screen>
  );
}

function UserTable(props: {
  readonly users: readonly User[];
  readonly onEdit: (user: User) => void;
  readonly onLink: (link: InvitationToShow) => void;
  readonly onLook: (user: User) => void;
}) {
  const words = useWords();
  const said = words.office.users;
  const placeName = usePlaceName();
  return (
    <WholeTable<User>
      rowKey="id"
      size="middle"
      dataSource={props.users}
      columns={[
        { title: said.name, dataIndex: 'name', render: (name: string) => <strong>{name}</strong> },
        { title: said.username, dataIndex: 'username' },
        {
          title: said.roles,
          dataIndex: 'roles',
          render: (roles: User['roles']) =>
            roles.map(({ role, place }) => (
              <Tag key={`${role}-${place}`}>
                {words.frame.roles[role]} · {placeName(place)}
              </Tag>
            )),
        },
        {
          title: said.state,
          dataIndex: 'disabled',
          render: (disabled: boolean) => (
            <Tag color={disabled ? 'default' : 'success'}>{disabled ? said.disabled : said.active}</Tag>
          ),
        },
        {
          key: 'actions',
          render: (_, user) => (
            <UserButtons user={user} onEdit={props.onEdit} onLink={props.onLink} onLook={props.onLook} />
          ),
        },
      ]}
    />
  );
}

function UserButtons(props: {
  readonly user: User;
  readonly onEdit: (user: User) => void;
  readonly onLink: (link: InvitationToShow) => void;
  readonly onLook: (user: User) => void;
}) {
  const { user } = props;
  const words = useWords();
  const said = words.office.users;
  const { person } = useSession();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { act } = useAct();
  const params = { id: user.id };
  const setDisabled = async (disabled: boolean) => {
    if (await act(() => call('changeUser', { params, body: { disabled } }), words.frame.saved)) {
      await queries.invalidateQueries({ queryKey: ['users'] });
    }
  };
  const invite = () => act(async () => props.onLink({ name: user.name, ...(await call('inviteAgain', { params })) }));
  const ask = (title: string, content: string, run: () => Promise<unknown>) =>
    // The password may be asked for in front of the dialog, so it does not wait.
    void modal.confirm({ title, content, onOk: () => void run() });
  return (
    <Space>
      <Button
        size="small"
        icon={<EditOutlined />}
        aria-label={`${words.frame.edit} ${user.name}`}
        onClick={() => props.onEdit(user)}
      />
      <Button size="small" onClick={() => ask(said.inviteTitle, said.inviteExplain, invite)}>
        {said.invite}
      </Button>
      {mayDo(person, 'end-sessions') && user.id !== person.id ? (
        <Button size="small" onClick={() => props.onLook(user)}>
          {words.keeping.sessions.show}
        </Button>
      ) : null}
      {user.disabled ? (
        <Button size="small" onClick={() => void setDisabled(false)}>
          {said.enable}
        </Button>
      ) : user.id === person.id ? null : (
        <Button
          size="small"
          danger
          onClick={() => ask(said.disableTitle, said.disableExplain, () => setDisabled(true))}
        >
          {said.disable}
        </Button>
      )}
    </Space>
  );
}
