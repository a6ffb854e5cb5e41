import {
  ExportOutlined,
  ImportOutlined,
  PlusOutlined,
  RedoOutlined,
  SaveOutlined,
  SortAscendingOutlined,
  UndoOutlined,
  UnlockOutlined,
} from '@ant-design/icons';
import { Button, Space } from 'antd';
import type { Plan } from '../../../media/contract/planning.ts';
import { useClock } from '../parts/use-clock.ts';
import { useWords } from '../words/words.tsx';
import { ArrangeButtons } from './arrange/arrange-buttons.tsx';
import { addRow, changeRow, sortDay } from './edit-rows.ts';
import { type Draft, freshRowId } from './use-draft.ts';
import { bareSlot } from './plan-rows.ts';
import type { Saving } from './use-save-plan.ts';
import { type PlanView, ViewChoice } from './plan-view.tsx';

/** Buttons above the list. */
export function PlanToolbar(props: {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly day: string;
  readonly isEditable: boolean;
  readonly saving: Saving;
  readonly view: PlanView;
  readonly onView: (view: PlanView) => void;
  readonly onSheet: () => void;
}) {
  const { draft, day, saving } = props;
  const words = useWords();
  const said = words.planning.page;
  const { zone } = useClock();
  const download = (
    <Button icon={<ExportOutlined />} href={`/api/plans/${props.plan.id}/sheet.xlsx`}>
      {words.sheet.export}
    </Button>
  );
  const isList = props.view === 'list';
  const viewChoice = <ViewChoice view={props.view} onView={props.onView} />;
  if (!props.isEditable) {
    return (
      <div className="plan-toolbar">
        <Space wrap>
          {viewChoice}
          {download}
        </Space>
      </div>
    );
  }
  const state = saving.isSaving ? said.saving : draft.isDirty ? said.unsaved : said.allSaved;
  return (
    <div className="plan-toolbar" role="toolbar">
      <Space wrap>
        {viewChoice}
        {isList ? (
          <Button
            icon={<PlusOutlined />}
            onClick={() => draft.edit((rows) => addRow(rows, { day }, freshRowId(), zone))}
          >
            {said.add}
          </Button>
        ) : null}
        {isList && props.plan.place === undefined ? (
          <Button
            icon={<UnlockOutlined />}
            onClick={() => {
              const id = freshRowId();
              draft.edit((rows) => changeRow(addRow(rows, { day }, id, zone), id, bareSlot));
            }}
          >
            {said.addSlot}
          </Button>
        ) : null}
        <Button
          icon={<UndoOutlined />}
          disabled={!draft.canUndo}
          onClick={draft.undo}
          aria-label={said.undo}
          title={said.undo}
        />
        <Button
          icon={<RedoOutlined />}
          disabled={!draft.canRedo}
          onClick={draft.redo}
          aria-label={said.redo}
          title={said.redo}
        />
        {isList ? (
          <Button icon={<SortAscendingOutlined />} onClick={() => draft.edit((rows) => sortDay(rows, day))}>
            {said.sort}
          </Button>
        ) : null}
        <ArrangeButtons plan={props.plan} draft={draft} day={day} />
        <Button icon={<ImportOutlined />} onClick={props.onSheet}>
          {words.sheet.open}
        </Button>
        {download}
      </Space>
      <Space wrap>
        <span className={draft.isDirty ? 'unsaved' : 'muted'} role="status">
          {state}
        </span>
        <Button
          type={draft.isDirty ? 'primary' : 'default'}
          icon={<SaveOutlined />}
          loading={saving.isSaving}
          disabled={!draft.isDirty}
          onClick={() => void saving.save()}
        >
          {words.frame.save}
        </Button>
      </Space>
    </div>
  );
}
