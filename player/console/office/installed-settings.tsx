import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import type { InstalledSetting } from '../../../media/contract/installation.ts';
import { Loaded } from '../parts/loaded.tsx';
import { WholeTable } from '../parts/whole-table.tsx';
import { call } from '../session/api.ts';
import { useWords } from '../words/words.tsx';

/** Every setting of the installation: what it means, what holds, and where that was set. */
export function InstalledSettings() {
  const said = useWords().keeping.settings;
  const installed = useQuery({ queryKey: ['installation'], queryFn: () => call('readInstallation') });
  const valueOf = ({ isMasked, value }: InstalledSetting) => (isMasked ? said.masked : (value ?? said.unset));
  return (
    <Card title={said.installation} size="small" className="installed">
      <p className="muted">{said.installationHint}</p>
      <Loaded from={installed}>
        {({ items }) => (
          <WholeTable<InstalledSetting>
            rowKey="name"
            dataSource={items}
            columns={[
              { title: said.name, dataIndex: 'name', render: (name: string) => <code>{name}</code> },
              {
                title: said.meaning,
                render: (_value, { name }) => <span className="meaning">{said.meanings[name]}</span>,
              },
              { title: said.inForce, render: (_value, setting) => <span className="fact">{valueOf(setting)}</span> },
              {
                title: said.usual,
                render: (_value, { usual }) => <span className="muted">{usual ?? said.unset}</span>,
              },
              { title: said.from, render: (_value, { source }) => said.sources[source] },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
