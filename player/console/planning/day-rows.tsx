import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { Finding } from '../../../media/contract/planning.ts';
import { lengthText } from '../../shared/county-clock.ts';
import { Nothing } from '../parts/loaded.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { addRow } from './edit-rows.ts';
import { timesOf } from './plan-rows.ts';
import { PlanRowLine } from './plan-row-line.tsx';
import { type Draft, freshRowId } from './use-draft.ts';

/** The lines of one day. */
export function DayRows(props: {
  readonly day: string;
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  readonly isEditable: boolean;
}) {
  const { day, draft, isEditable } = props;
  const words = useWords().planning;
  const { zone } = useClock();
  const times = useMemo(() => timesOf(draft.rows, zone), [draft.rows, zone]);
  const rows = draft.rows.map((row, index) => ({ row, number: index + 1 })).filter(({ row }) => row.day === day);
  const add = () => draft.edit((before) => addRow(before, { day }, freshRowId(), zone));
  if (rows.length === 0) {
    return (
      <div className="plan-rows">
        <Nothing text={words.page.emptyDay}>
          {isEditable ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={add}>
              {words.page.add}
            </Button>
          ) : null}
        </Nothing>
      </div>
    );
  }
  const totalMs = rows.reduce((sum, { row }) => {
    const { startAtMs, endAtMs } = times.get(row.id) ?? {};
    return startAtMs === undefined || endAtMs === undefined ? sum : sum + endAtMs - startAtMs;
  }, 0);
  return (
    <div className="plan-rows">
      <ol className="rows">
        {rows.map(({ row, number }) => (
          <PlanRowLine
            key={row.id}
            row={row}
            number={number}
            times={times.get(row.id) ?? {}}
            findings={props.findings.filter(({ itemId }) => itemId === row.id)}
            draft={draft}
            isEditable={isEditable}
          />
        ))}
      </ol>
      <p className="muted rows-total">
        {words.page.total(rows.length, lengthText(totalMs))}
        {isEditable ? (
          <Button type="link" icon={<PlusOutlined />} onClick={add}>
            {words.page.add}
          </Button>
        ) : null}
      </p>
    </div>
  );
}
