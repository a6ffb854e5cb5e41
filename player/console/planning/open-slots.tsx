import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import type { Plan } from '../../../media/contract/planning.ts';
import { civilDateOf } from '../../../media/grid/civil-time.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { showClock } from './clock-text.ts';
import { addRow, changeRow, sortDay } from './edit-rows.ts';
import { type Draft, freshRowId } from './use-draft.ts';

/** What the county left open to the place of this plan on one day, each to be filled by a press. */
export function OpenSlots(props: {
  readonly slots: NonNullable<Plan['openSlots']>;
  readonly day: string;
  readonly draft: Draft;
  readonly isEditable: boolean;
}) {
  const { slots, day, draft, isEditable } = props;
  const words = useWords().planning.page;
  const clock = useClock();
  const ofDay = slots.filter(({ startAtMs }) => civilDateOf(startAtMs, clock.zone) === day);
  const at = (atMs: number): string => showClock(clock.exact(atMs).slice(11));
  const fill = (startAtMs: number) => {
    const id = freshRowId();
    draft.edit((rows) => {
      const added = changeRow(addRow(rows, { day }, id, clock.zone), id, { clock: clock.exact(startAtMs).slice(11) });
      return sortDay(added, day);
    });
  };
  return (
    <section className="open-slots" aria-label={words.slots}>
      <strong>{words.slots}</strong>
      {ofDay.length === 0 ? <span className="muted">{words.noSlots}</span> : null}
      <ul>
        {ofDay.map(({ startAtMs, endAtMs, title }) => (
          <li key={startAtMs}>
            <Tag color="green">
              {at(startAtMs)} – {at(endAtMs)}
            </Tag>
            <span className="muted">
              {title} · {lengthText(endAtMs - startAtMs)}
            </span>
            {isEditable ? (
              <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => fill(startAtMs)}>
                {words.fill}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
