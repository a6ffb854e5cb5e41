import { LaptopOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, Grid } from 'antd';
import { useState } from 'react';
import { Sessions } from '../office/sessions.tsx';
import { usePlaceName } from '../parts/use-names.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

/** Who is signed in, as what, and the way out. */
export function WhoAmI() {
  const all = useWords();
  const words = all.frame;
  const [isListed, setIsListed] = useState(false);
  const { person, signOut } = useSession();
  const placeName = usePlaceName();
  const wide = Grid.useBreakpoint().md ?? true;
  const roles = person.roles.map(({ role, place }) => `${words.roles[role]} · ${placeName(place)}`);
  const items = [
    { key: 'who', disabled: true, label: words.person(person.name, person.username) },
    ...roles.map((role) => ({ key: role, disabled: true, label: role })),
    { type: 'divider' as const },
    { key: 'sessions', icon: <LaptopOutlined />, label: all.keeping.sessions.mine, onClick: () => setIsListed(true) },
    { key: 'out', icon: <LogoutOutlined />, label: words.signOut, onClick: signOut },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" icon={<UserOutlined />} aria-label={person.name}>
          {wide ? person.name : null}
        </Button>
      </Dropdown>
      <Sessions of={isListed ? 'me' : undefined} onClose={() => setIsListed(false)} />
    </>
  );
}
