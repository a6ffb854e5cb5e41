import {
  ApartmentOutlined,
  AuditOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  CloudUploadOutlined,
  DashboardOutlined,
  HomeOutlined,
  OrderedListOutlined,
  PlaySquareOutlined,
  SettingOutlined,
  TagsOutlined,
  TeamOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import { Badge, Menu } from 'antd';
import type { ReactNode } from 'react';
import type { Action } from '../../../media/contract/permissions.ts';
import { linkTo } from '../parts/route.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useAlarms } from '../today/use-alarms.ts';
import { useWords, type Words } from '../words/words.tsx';

interface Entry {
  readonly key: keyof Words['frame']['menu'];
  readonly path: readonly string[];
  readonly icon: ReactNode;
  /** Who sees it; everybody where it is left out. */
  readonly needs?: Action;
}

const work: readonly Entry[] = [
  { key: 'home', path: [], icon: <HomeOutlined /> },
  { key: 'upload', path: ['upload'], icon: <CloudUploadOutlined />, needs: 'upload-film' },
  { key: 'films', path: ['films'], icon: <PlaySquareOutlined /> },
  { key: 'review', path: ['review'], icon: <CheckSquareOutlined />, needs: 'review-film' },
  { key: 'today', path: ['today'], icon: <ClockCircleOutlined />, needs: 'cut-channel' },
  { key: 'plans', path: ['plans'], icon: <CalendarOutlined />, needs: 'read-plans' },
];
const office: readonly Entry[] = [
  { key: 'places', path: ['office', 'places'], icon: <ApartmentOutlined />, needs: 'manage-places' },
  { key: 'users', path: ['office', 'users'], icon: <TeamOutlined />, needs: 'manage-users' },
  { key: 'categories', path: ['office', 'categories'], icon: <TagsOutlined />, needs: 'manage-categories' },
  { key: 'channels', path: ['office', 'channels'], icon: <VideoCameraOutlined />, needs: 'manage-channels' },
  { key: 'settings', path: ['office', 'settings'], icon: <SettingOutlined />, needs: 'manage-settings' },
  { key: 'audit', path: ['office', 'audit'], icon: <AuditOutlined />, needs: 'read-audit' },
  { key: 'queue', path: ['office', 'queue'], icon: <OrderedListOutlined />, needs: 'read-queue' },
  { key: 'status', path: ['office', 'status'], icon: <DashboardOutlined />, needs: 'read-metrics' },
];

/** The menu of what this person may do. */
export function SideMenu({ here, onChoose }: { readonly here: readonly string[]; readonly onChoose: () => void }) {
  const words = useWords().frame.menu;
  const { person } = useSession();
  const late = useAlarms().data?.length ?? 0;
  const itemsOf = (entries: readonly Entry[]) =>
    entries
      .filter(({ needs }) => needs === undefined || mayDo(person, needs))
      .map(({ key, path, icon }) => ({
        key: path.join('/'),
        icon,
        label: (
          <a href={linkTo(...path)} onClick={onChoose}>
            {words[key]}
            {key === 'today' && late > 0 ? <Badge count={late} className="menu-badge" /> : null}
          </a>
        ),
      }));
  const officeItems = itemsOf(office);
  const group = { type: 'group' as const, label: words.officeGroup, children: officeItems };
  const selected = here[0] === 'office' ? here.slice(0, 2).join('/') : (here[0] ?? '');
  return (
    <nav aria-label={words.open}>
      <Menu
        mode="inline"
        selectedKeys={[selected]}
        items={[...itemsOf(work), ...(officeItems.length > 0 ? [group] : [])]}
      />
    </nav>
  );
}
