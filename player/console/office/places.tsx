import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Space, Tag } from 'antd';
import { useState } from 'react';
import type { Place } from '../../../media/contract/places.ts';
import { Loaded, Nothing } from '../parts/loaded.tsx';
import { Screen } from '../parts/screen.tsx';
import { usePlaces } from '../parts/use-names.ts';
import { WholeTable } from '../parts/whole-table.tsx';
import { useWords } from '../words/words.tsx';
import { EditPlace, type PlaceTask } from './edit-place.tsx';

/** County, townships, villages and stations, as a tree. */
export function Places() {
  const words = useWords().office.places;
  const places = usePlaces();
  const [task, setTask] = useState<PlaceTask>();
  const add = (parent?: Place) => setTask({ kind: 'add', ...(parent === undefined ? {} : { parent }) });
  const button = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => add()}>
      {words.add}
    </Button>
  );
  return (
    <Screen title={words.title} actions={button}>
      <Loaded from={places}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={words.empty}>{button}</Nothing>
          ) : (
            <PlaceTree places={items} onAdd={add} onEdit={(place) => setTask({ kind: 'edit', place })} />
          )
        }
      </Loaded>
      <EditPlace task={task} places={places.data?.items ?? []} onClose={() => setTask(undefined)} />
    </Screen>
  );
}

type Branch = Place & { readonly key: string; readonly children?: Branch[] };

/** Places with what lies below them; a place whose parent is not in the list stands at the top. */
function branchesOf(places: readonly Place[], parent: string | undefined): Branch[] {
  const known = new Set(places.map(({ code }) => code));
  return places
    .filter((place) =>
      parent === undefined ? place.parent === undefined || !known.has(place.parent) : place.parent === parent,
    )
    .map((place) => {
      const children = branchesOf(places, place.code);
      return { ...place, key: place.code, ...(children.length > 0 ? { children } : {}) };
    });
}

function PlaceTree(props: {
  readonly places: readonly Place[];
  readonly onAdd: (parent: Place) => void;
  readonly onEdit: (place: Place) => void;
}) {
  const words = useWords();
  const said = words.office.places;
  return (
    <WholeTable<Branch>
      size="middle"
      dataSource={branchesOf(props.places, undefined)}
      expandable={{ defaultExpandAllRows: props.places.length < 200 }}
      columns={[
        { title: said.name, dataIndex: 'name', render: (name: string) => <strong>{name}</strong> },
        { title: said.kind, dataIndex: 'kind', render: (kind: Place['kind']) => <Tag>{said.kinds[kind]}</Tag> },
        { title: said.code, dataIndex: 'code', render: (code: string) => <code>{code}</code> },
        {
          title: said.operators,
          dataIndex: 'operators',
          render: (names: readonly string[]) => words.frame.listed(names),
        },
        { title: said.hotline, dataIndex: 'hotline' },
        {
          key: 'actions',
          render: (_, place) => (
            <Space>
              <Button
                size="small"
                icon={<EditOutlined />}
                aria-label={`${words.frame.edit} ${place.name}`}
                onClick={() => props.onEdit(place)}
              />
              {place.kind === 'station' ? null : (
                <Button size="small" icon={<PlusOutlined />} onClick={() => props.onAdd(place)}>
                  {said.addBelow}
                </Button>
              )}
              <a href={`/board/${encodeURIComponent(place.code)}`}>{said.board}</a>
            </Space>
          ),
        },
      ]}
    />
  );
}
