import { useEffect, useRef } from 'react';

/** What the keyboard does anywhere on the page. */
export interface EditorKeys {
  readonly save: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Ctrl+S, Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z; a field that is being typed in keeps its own undo. */
export function useEditorKeys(isActive: boolean, keys: EditorKeys): void {
  const newest = useRef(keys);
  useEffect(() => {
    newest.current = keys;
  });
  useEffect(() => {
    if (!isActive) return;
    const onKey = (event: KeyboardEvent) => {
      const act = actOf(event, newest.current);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isActive]);
}

function actOf(event: KeyboardEvent, keys: EditorKeys): (() => void) | undefined {
  if (!event.ctrlKey && !event.metaKey) return undefined;
  const key = event.key.toLowerCase();
  if (key === 's') return keys.save;
  if (event.target instanceof HTMLElement && event.target.dataset['typing'] === 'true') return undefined;
  if (key === 'y' || (key === 'z' && event.shiftKey)) return keys.redo;
  return key === 'z' ? keys.undo : undefined;
}
