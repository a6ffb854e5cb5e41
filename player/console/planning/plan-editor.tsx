import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { Plan } from '../../../media/contract/planning.ts';
import { addCivilDays } from '../../../media/grid/civil-time.ts';
import { Loading } from '../parts/loaded.tsx';
import { useClock } from '../parts/use-clock.ts';
import { useLeaveWarning } from '../parts/use-leave-warning.ts';
import { mayDo, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { BoardCursor } from './board/board-cursor.ts';
import { DayStrip } from './day-strip.tsx';
import { DayRows } from './day-rows.tsx';
import { FindingList } from './finding-list.tsx';
import { OpenSlots } from './open-slots.tsx';
import { PlanFlow } from './plan-flow.tsx';
import { daysOf, rowsOf } from './plan-rows.ts';
import { usePlanView } from './plan-view.tsx';
import { PlanToolbar } from './plan-toolbar.tsx';
import { StaleDialog } from './stale-dialog.tsx';
import { SheetDialog } from './sheet/sheet-dialog.tsx';
import { useDroppedSheet } from './sheet/use-dropped-sheet.ts';
import { usePastedSheet } from './sheet/use-pasted-sheet.ts';
import { useSheet } from './sheet/use-sheet.ts';
import { useDraft } from './use-draft.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { RestoredNotice, useKeptDraft } from './use-kept-draft.tsx';
import { type Saving, useSavePlan } from './use-save-plan.ts';

/** The calendar is loaded where a plan is opened as one. */
const PlanBoard = lazy(async () => ({ default: (await import('./board/plan-board.tsx')).PlanBoard }));

/** A plan as a board or as the list of a day, with its findings and its way to the air. */
export function PlanEditor({ plan }: { readonly plan: Plan }) {
  const { planning, repeats } = useWords();
  const words = planning.page;
  const { zone } = useClock();
  const { person } = useSession();
  const queries = useQueryClient();
  const isEditable = plan.state === 'draft' && mayDo(person, 'edit-plan');
  const draft = useDraft(() => rowsOf(plan, zone));
  const [view, setView] = usePlanView(plan);
  const [cursor, setCursor] = useState<BoardCursor>({ day: plan.from });
  const { day } = cursor;
  const setDay = (next: string) => setCursor({ day: next });
  const setPlan = useCallback((fresh: Plan) => queries.setQueryData(['plan', plan.id], fresh), [queries, plan.id]);
  const saving = useSavePlan({ plan, draft, setPlan });
  useEditorKeys(isEditable, { save: () => void saving.save(), undo: draft.undo, redo: draft.redo });
  const keeping = useKeptDraft(plan, draft, isEditable);
  useLeaveWarning(draft.isDirty && !keeping.isKept);
  const sheet = useSheet(plan.id);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const openSheet = (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    setIsSheetOpen(true);
    void sheet.read(name, bytes);
  };
  usePastedSheet(isEditable && !isSheetOpen, openSheet);
  const dropped = useDroppedSheet(isEditable, openSheet);
  const days = daysOf(plan, draft.rows);
  const goToRow = (rowId: string) => {
    const row = draft.rows.find(({ id }) => id === rowId);
    if (row === undefined) return;
    setDay(row.day);
    setTimeout(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowId)}"] input`)?.focus(), 50);
  };
  return (
    <div className="plan" {...dropped}>
      <PlanFlow plan={plan} isDirty={draft.isDirty} save={saving.save} setPlan={setPlan} />
      <RestoredNotice keeping={keeping} />
      {saving.isWaiting ? <WaitingNotice saving={saving} isKept={keeping.isKept} /> : null}
      <PlanToolbar
        plan={plan}
        draft={draft}
        day={day}
        isEditable={isEditable}
        saving={saving}
        view={view}
        onView={setView}
        onSheet={() => setIsSheetOpen(true)}
      />
      {view === 'list' && days.length > 1 ? (
        <DayStrip days={days} rows={draft.rows} findings={plan.findings} chosen={day} onChoose={setDay} />
      ) : null}
      {plan.openSlots === undefined ? null : (
        <OpenSlots slots={plan.openSlots} day={day} draft={draft} isEditable={isEditable} />
      )}
      {view === 'list' ? (
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
      ) : (
        <Suspense fallback={<Loading />}>
          <PlanBoard
            plan={plan}
            draft={draft}
            isEditable={isEditable}
            span={view}
            cursor={cursor}
            setCursor={setCursor}
            onView={setView}
            onEdit={(rowId) => {
              setView('list');
              goToRow(rowId);
            }}
          />
        </Suspense>
      )}
      {isEditable && view === 'list' ? (
        <p className="muted shortcuts">
          {words.shortcuts} {repeats.shortcuts}
        </p>
      ) : null}
      <StaleDialog saving={saving} />
      <SheetDialog plan={plan} draft={draft} sheet={sheet} isOpen={isSheetOpen} onClose={() => setIsSheetOpen(false)} />
    </div>
  );
}

/** The server is out of reach; what was to be saved is not lost. */
function WaitingNotice({ saving, isKept }: { readonly saving: Saving; readonly isKept: boolean }) {
  const { planning, frame } = useWords();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={planning.page.waiting}
      description={isKept ? planning.page.waitingKept : planning.page.waitingOpen}
      action={
        <Button size="small" loading={saving.isSaving} onClick={() => void saving.save()}>
          {frame.again}
        </Button>
      }
    />
  );
}
