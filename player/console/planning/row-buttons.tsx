import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  PlusOutlined,
  RetweetOutlined,
} from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { addRow, duplicateRow, moveRow, removeRow } from './edit-rows.ts';
import type { PlanRow } from './plan-rows.ts';
import { exceptDay } from './repeat-rows.ts';
import { type Draft, freshRowId } from './use-draft.ts';

interface ButtonsInput {
  readonly row: PlanRow;
  readonly draft: Draft;
  readonly onRepeat: () => void;
}

/** What can be done with a line. */
export function RowButtons({ row, draft, onRepeat }: ButtonsInput) {
  const { planning, repeats } = useWords();
  const words = planning.page;
  const { zone } = useClock();
  const edit = (change: (rows: readonly PlanRow[]) => readonly PlanRow[]) => () => draft.edit(change);
  const addBehind = (rows: readonly PlanRow[]) => addRow(rows, { day: row.day, behind: row.id }, freshRowId(), zone);
  const buttons: readonly (readonly [string, React.ReactNode, () => void])[] = [
    [words.up, <ArrowUpOutlined key="up" />, edit((rows) => moveRow(rows, row.id, -1))],
    [words.down, <ArrowDownOutlined key="down" />, edit((rows) => moveRow(rows, row.id, 1))],
    [words.addHere, <PlusOutlined key="add" />, edit(addBehind)],
    [words.duplicate, <CopyOutlined key="copy" />, edit((rows) => duplicateRow(rows, row.id, freshRowId()))],
    ...(row.startMode === 'follow' ? [] : [[repeats.open, <RetweetOutlined key="repeat" />, onRepeat] as const]),
  ];
  return (
    <span className="row-buttons">
      {buttons.map(([label, icon, act]) => (
        <Button key={label} type="text" size="small" icon={icon} aria-label={label} title={label} onClick={act} />
      ))}
      <RemoveButton row={row} draft={draft} />
    </span>
  );
}

/** A line that repeats is asked about: this day alone, or all of them. */
function RemoveButton({ row, draft }: Omit<ButtonsInput, 'onRepeat'>) {
  const { planning, repeats } = useWords();
  const label = planning.page.remove;
  const icon = <DeleteOutlined />;
  const remove = () => draft.edit((rows) => removeRow(rows, row.id));
  if (row.repeat === undefined) {
    return <Button type="text" size="small" icon={icon} aria-label={label} title={label} onClick={remove} />;
  }
  const items = [
    { key: 'day', label: repeats.thisDay, onClick: () => draft.edit((rows) => exceptDay(rows, row.id, row.day)) },
    { key: 'all', label: repeats.wholeSeries, onClick: remove },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items, autoFocus: true }}>
      <Button type="text" size="small" icon={icon} aria-label={label} title={label} />
    </Dropdown>
  );
}
