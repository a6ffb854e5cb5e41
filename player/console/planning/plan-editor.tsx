import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { Plan } from '../../../media/contract/planning.ts';
import { addCivilDays } from '../../../media/grid/civil-time.ts';
import { useClock } from '../parts/use-clock.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { DayStrip } from './day-strip.tsx';
import { DayRows } from './day-rows.tsx';
import { FindingList } from './finding-list.tsx';
import { OpenSlots } from './open-slots.tsx';
import { PlanFlow } from './plan-flow.tsx';
import { daysOf, rowsOf } from './plan-rows.ts';
import { PlanToolbar } from './plan-toolbar.tsx';
import { StaleDialog } from './stale-dialog.tsx';
import { SheetDialog } from './sheet/sheet-dialog.tsx';
import { usePastedSheet } from './sheet/use-pasted-sheet.ts';
import { useSheet } from './sheet/use-sheet.ts';
import { useDraft } from './use-draft.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useSavePlan } from './use-save-plan.ts';

/** The list of a plan, day by day, with its findings and its way to the air. */
export function PlanEditor({ plan }: { readonly plan: Plan }) {
  const { planning, repeats } = useWords();
  const words = planning.page;
  const { zone } = useClock();
  const { person } = useSession();
  const queries = useQueryClient();
  const isEditable = plan.state === 'draft' && mayDo(person, 'edit-plan');
  const draft = useDraft(() => rowsOf(plan, zone));
  const [day, setDay] = useState(plan.from);
  const setPlan = useCallback((fresh: Plan) => queries.setQueryData(['plan', plan.id], fresh), [queries, plan.id]);
  const saving = useSavePlan({ plan, draft, setPlan });
  useEditorKeys(isEditable, { save: () => void saving.save(), undo: draft.undo, redo: draft.redo });
  useLeaveWarning(draft.isDirty);
  const sheet = useSheet(plan.id);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  usePastedSheet(isEditable && !isSheetOpen, (name, bytes) => {
    setIsSheetOpen(true);
    void sheet.read(name, bytes);
  });
  const days = daysOf(plan, draft.rows);
  const goToRow = (rowId: string) => {
    const row = draft.rows.find(({ id }) => id === rowId);
    if (row === undefined) return;
    setDay(row.day);
    setTimeout(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowId)}"] input`)?.focus(), 50);
  };
  return (
    <div className="plan">
      <PlanFlow plan={plan} isDirty={draft.isDirty} save={saving.save} setPlan={setPlan} />
      <PlanToolbar
        plan={plan}
        draft={draft}
        day={day}
        isEditable={isEditable}
        saving={saving}
        onSheet={() => setIsSheetOpen(true)}
      />
      {days.length > 1 ? (
        <DayStrip days={days} rows={draft.rows} findings={plan.findings} chosen={day} onChoose={setDay} />
      ) : null}
      {plan.openSlots === undefined ? null : (
        <OpenSlots slots={plan.openSlots} day={day} draft={draft} isEditable={isEditable} />
      )}
      <div className="plan-body">
        <DayRows
          day={day}
          lastDay={addCivilDays(plan.to, -1)}
          draft={draft}
          findings={plan.findings}
          isEditable={isEditable}
          ofPlace={plan.place !== undefined}
          onRow={goToRow}
        />
        <FindingList plan={plan} rows={draft.rows} isDirty={draft.isDirty} onRow={goToRow} />
      </div>
      {isEditable ? (
        <p className="muted shortcuts">
          {words.shortcuts} {repeats.shortcuts}
        </p>
      ) : null}
      <StaleDialog saving={saving} />
      <SheetDialog plan={plan} draft={draft} sheet={sheet} isOpen={isSheetOpen} onClose={() => setIsSheetOpen(false)} />
    </div>
  );
}

/** The browser asks before unsaved lines are thrown away. */
function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
}
