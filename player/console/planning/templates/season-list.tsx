import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Card } from 'antd';
import { useState } from 'react';
import type { Season } from '../../../../media/contract/seasons.ts';
import { addCivilDays } from '../../../../media/grid/civil-time.ts';
import { Loaded, Nothing } from '../../parts/loaded.tsx';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { mayDo, useSession } from '../../session/session.ts';
import { useWords, type Words } from '../../words/words.tsx';
import { useDayTemplates, useSeasons } from '../arrange/template-queries.ts';
import { EditSeason } from './edit-season.tsx';

/** Seasons by name: their days, and which template applies on which weekdays. */
export function SeasonList() {
  const said = useWords().arrange.seasons;
  const { person } = useSession();
  const seasons = useSeasons();
  const [task, setTask] = useState<Season | 'new'>();
  const mayEdit = mayDo(person, 'edit-day-templates');
  const add = mayEdit ? (
    <Button icon={<PlusOutlined />} onClick={() => setTask('new')}>
      {said.add}
    </Button>
  ) : null;
  return (
    <Card title={said.list} extra={add} className="template-card">
      <Loaded from={seasons}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={said.empty} />
          ) : (
            <ul className="template-list">
              {items.map((season) => (
                <SeasonLine key={season.id} season={season} {...(mayEdit ? { onEdit: () => setTask(season) } : {})} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <EditSeason task={task} onClose={() => setTask(undefined)} />
    </Card>
  );
}

function SeasonLine({ season, onEdit }: { readonly season: Season; readonly onEdit?: () => void }) {
  const words = useWords();
  const said = words.arrange.seasons;
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const { act } = useAct();
  const templates = useDayTemplates().data?.items ?? [];
  const nameOf = (id: string) => templates.find((template) => template.id === id)?.name ?? '…';
  const remove = () =>
    void modal.confirm({
      title: said.removeTitle(season.name),
      content: words.arrange.templates.removeExplain,
      okText: said.remove,
      okButtonProps: { danger: true },
      onOk: async () => {
        await act(() => call('deleteSeason', { params: { id: season.id } }));
        await queries.invalidateQueries({ queryKey: ['seasons'] });
      },
    });
  return (
    <li>
      <div className="template-head">
        <strong>{season.name}</strong>
        <span className="muted">
          {season.ranges.map(({ from, to }) => `${from} — ${addCivilDays(to, -1)}`).join(' · ')}
        </span>
        {onEdit === undefined ? null : (
          <span>
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={`${words.frame.edit} ${season.name}`}
              title={words.frame.edit}
              onClick={onEdit}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={said.removeTitle(season.name)}
              title={said.remove}
              onClick={remove}
            />
          </span>
        )}
      </div>
      {season.rules.map(({ weekdays, template, shiftMinutes }, index) => (
        <p key={`${template}-${index}`} className="muted">
          {said.rule(weekdaysText(weekdays, words.arrange), nameOf(template), shiftMinutes)}
        </p>
      ))}
    </li>
  );
}

const weekdaysText = (weekdays: readonly number[], said: Words['arrange']): string =>
  weekdays.length === 7
    ? said.seasons.everyDay
    : [...weekdays]
        .sort((a, b) => a - b)
        .map((weekday) => said.weekday(weekday))
        .join(' ');
