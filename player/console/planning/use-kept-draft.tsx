import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Plan } from '../../../media/contract/planning.ts';
import { useClock } from '../parts/use-clock.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { dropDraft, keepDraft, keptDraft } from './kept-draft.ts';
import { isSameList, mergeRows } from './merge-rows.ts';
import type { Draft } from './use-draft.ts';

/** Changes that the server does not have yet. */
export interface Keeping {
  /** This browser keeps them, also when the page is closed. */
  readonly isKept: boolean;
  /** They come from an earlier visit; undefined once they are saved or thrown away. */
  readonly restored: { readonly atMs: number; readonly theirs: number } | undefined;
  readonly discard: () => void;
}

/** Keeps unsaved changes in this browser and brings them back when the plan is opened again. */
export function useKeptDraft(plan: Plan, draft: Draft, isEditable: boolean): Keeping {
  const personId = useSession().person.id;
  const [isKept, setIsKept] = useState(false);
  const [restored, setRestored] = useState<Keeping['restored']>();
  const { rows, saved, isDirty, edit, reset } = draft;
  const [isRead, setIsRead] = useState(false);
  useEffect(() => {
    if (isRead || !isEditable) return;
    setIsRead(true);
    const kept = keptDraft(plan.id);
    if (kept?.personId !== personId) return;
    const merged = mergeRows(kept.base, kept.rows, saved);
    if (isSameList(merged.rows, saved)) return;
    edit(() => merged.rows);
    setRestored({ atMs: kept.atMs, theirs: merged.theirs.length });
  }, [isRead, plan.id, personId, saved, edit, isEditable]);
  useEffect(() => {
    if (!isRead) return;
    if (isDirty) {
      setIsKept(keepDraft(plan.id, { rows, base: saved, personId, atMs: Date.now() }));
      return;
    }
    dropDraft(plan.id);
    setIsKept(false);
    setRestored(undefined);
  }, [isRead, plan.id, rows, saved, isDirty, personId]);
  return { isKept, restored, discard: () => reset(saved) };
}

/** Says that changes of an earlier visit are here again. */
export function RestoredNotice({ keeping }: { readonly keeping: Keeping }) {
  const words = useWords().planning.page;
  const clock = useClock();
  const { restored } = keeping;
  if (restored === undefined) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={words.restored(clock.full(restored.atMs))}
      description={restored.theirs === 0 ? undefined : words.restoredOver(restored.theirs)}
      action={
        <Button size="small" danger onClick={keeping.discard}>
          {words.discard}
        </Button>
      }
    />
  );
}
