import { DownloadOutlined, FileExcelOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Modal, Popconfirm, Space, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { Plan } from '../../../../media/contract/planning.ts';
import { cellAt } from '../../../../media/grid/cell.ts';
import { parseCivilDate } from '../../../../media/grid/civil-time.ts';
import type { SheetChanges } from '../../../../media/sheet/sheet-changes.ts';
import { useAct } from '../../parts/use-act.ts';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { type Draft, freshRowId } from '../use-draft.ts';
import { saveAnnotated } from './sheet-files.ts';
import { SheetPick } from './sheet-pick.tsx';
import { SheetRows } from './sheet-rows.tsx';
import { filmOf, sheetDraft } from './sheet-draft.ts';
import type { OpenSheet, SheetState } from './use-sheet.ts';

/** Takes a sheet in, shows what it means and what it would change, and puts it into the draft as one step. */
export function SheetDialog(props: {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly sheet: SheetState;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { sheet } = props;
  const close = () => {
    sheet.close();
    props.onClose();
  };
  return (
    <Modal
      open={props.isOpen}
      title={sheet.open === undefined ? words.sheet.title : words.sheet.titleOf(sheet.open.name)}
      width="min(1120px, 96vw)"
      footer={null}
      destroyOnHidden
      onCancel={close}
    >
      {sheet.open === undefined ? (
        <SheetPick planId={props.plan.id} busy={sheet.busy} onFile={sheet.read} />
      ) : (
        <SheetCheck {...props} open={sheet.open} onClose={close} />
      )}
    </Modal>
  );
}

function SheetCheck(props: {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly sheet: SheetState;
  readonly open: OpenSheet;
  readonly onClose: () => void;
}) {
  const { plan, draft, sheet, open } = props;
  const words = useWords().sheet;
  const { zone } = useClock();
  const { message } = App.useApp();
  const { busy, act } = useAct();
  const [onlyProblems, setOnlyProblems] = useState(false);
  const { rows, findings } = open.reply;
  const made = useMemo(
    () =>
      sheetDraft({
        ...{ rows: draft.rows, sheet: open.reply, choices: open.choices, zone, newId: freshRowId },
        cells: { fromCell: cellOf(plan.from, zone), toCell: cellOf(plan.to, zone) },
      }),
    [draft.rows, open, plan.from, plan.to, zone],
  );
  const toChoose = rows.filter((row) => filmOf(row, open.choices) === undefined).length;
  const hasSuggestions = rows.some((row) => filmOf(row, open.choices) === undefined && row.match.candidates.length > 0);
  const wrong = findings.filter(({ severity, code }) => severity === 'error' && !choosing.has(code)).length;
  const { changes } = made;
  const isIdle = changes.added + changes.removed + changes.changed === 0;
  const apply = () => {
    draft.edit(() => made.rows);
    void message.success(words.applied, 6);
    props.onClose();
  };
  return (
    <div className="sheet">
      <Space wrap className="sheet-sum">
        <strong>{words.found(rows.length)}</strong>
        {toChoose > 0 ? <Tag color="orange">{words.toChoose(toChoose)}</Tag> : null}
        {wrong > 0 ? <Tag color="red">{words.wrong(wrong)}</Tag> : null}
        {toChoose + wrong === 0 && rows.length > 0 ? <Tag color="green">{words.allClear}</Tag> : null}
        {hasSuggestions ? (
          <Button size="small" onClick={sheet.acceptAll}>
            {words.acceptAll}
          </Button>
        ) : null}
        <Checkbox checked={onlyProblems} onChange={({ target }) => setOnlyProblems(target.checked)}>
          {words.onlyProblems}
        </Checkbox>
      </Space>
      <SheetRows open={open} onlyProblems={onlyProblems} onChoose={sheet.choose} />
      <Changes changes={changes} isIdle={isIdle} />
      <div className="sheet-buttons">
        <Space wrap>
          <Button icon={<FileExcelOutlined />} onClick={sheet.close}>
            {words.another}
          </Button>
          {findings.length === 0 ? null : (
            <Button
              icon={<DownloadOutlined />}
              loading={busy}
              onClick={() => void act(() => saveAnnotated(plan, open.bytes))}
            >
              {words.annotated}
            </Button>
          )}
        </Space>
        <Popconfirm
          title={words.leaveOut(wrong)}
          disabled={wrong === 0}
          onConfirm={apply}
          okText={words.apply}
          placement="topRight"
        >
          <Button type="primary" disabled={isIdle} onClick={wrong === 0 ? apply : undefined}>
            {words.apply}
          </Button>
        </Popconfirm>
      </div>
    </div>
  );
}

/** What a choice of film mends; the row itself is read. */
const choosing: ReadonlySet<string> = new Set(['unknown_film', 'choose_film', 'row_twice']);

const cellOf = (date: string, zone: string): number => {
  const read = parseCivilDate(date, zone);
  return read.ok ? cellAt(read.atMs) : 0;
};

const mostDays = 40;

function Changes({ changes, isIdle }: { readonly changes: SheetChanges; readonly isIdle: boolean }) {
  const words = useWords().sheet;
  if (isIdle) return <p className="muted">{words.unchanged}</p>;
  const counts = ({ added, removed, changed }: { added: number; removed: number; changed: number }): string =>
    [
      added > 0 ? words.added(added) : '',
      removed > 0 ? words.removed(removed) : '',
      changed > 0 ? words.changed(changed) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <div className="sheet-changes">
      <p>
        <strong>{words.changes}</strong> {counts(changes)}
      </p>
      <div className="sheet-days">
        {changes.days.slice(0, mostDays).map((day) => (
          <Tag key={day.date}>
            {day.date.slice(5)} {counts(day)}
          </Tag>
        ))}
        {changes.days.length > mostDays ? <Tag>……</Tag> : null}
      </div>
    </div>
  );
}
