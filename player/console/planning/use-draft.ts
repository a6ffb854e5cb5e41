import { useCallback, useState } from 'react';
import type { PlanRow } from './plan-rows.ts';
import { changed, type History, historyOf, redone, undone } from './undo-history.ts';

/** The list while somebody edits it. */
export interface Draft {
  readonly rows: readonly PlanRow[];
  /** What the server has, as far as this page knows. */
  readonly saved: readonly PlanRow[];
  readonly isDirty: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly edit: (change: (rows: readonly PlanRow[]) => readonly PlanRow[]) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** These rows are what the server has now. */
  readonly markSaved: (rows: readonly PlanRow[]) => void;
  /** Starts anew from what the server has. */
  readonly reset: (rows: readonly PlanRow[]) => void;
}

/** Keeps the list with its way back. */
export function useDraft(begin: () => readonly PlanRow[]): Draft {
  const [history, setHistory] = useState<History<readonly PlanRow[]>>(() => historyOf(begin()));
  const [saved, setSaved] = useState(history.present);
  const edit = useCallback((change: (rows: readonly PlanRow[]) => readonly PlanRow[]) => {
    setHistory((before) => changed(before, change(before.present)));
  }, []);
  return {
    rows: history.present,
    saved,
    isDirty: history.present !== saved,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit,
    undo: useCallback(() => setHistory(undone), []),
    redo: useCallback(() => setHistory(redone), []),
    markSaved: setSaved,
    reset: useCallback((rows: readonly PlanRow[]) => {
      setHistory(historyOf(rows));
      setSaved(rows);
    }, []),
  };
}

/** A new id for a line; pages on plain http have no crypto.randomUUID. */
export const freshRowId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
