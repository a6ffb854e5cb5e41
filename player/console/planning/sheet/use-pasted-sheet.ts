import { useEffect, useRef } from 'react';
import { useWords } from '../../words/words.tsx';
import { textBytes } from './sheet-files.ts';

/** A range that was copied in a spreadsheet and is pasted beside the fields of the list is a sheet; into a field it is text. */
export function usePastedSheet(
  isWanted: boolean,
  onSheet: (name: string, bytes: Uint8Array<ArrayBuffer>) => void,
): void {
  const words = useWords().sheet;
  const latest = useRef(onSheet);
  useEffect(() => {
    latest.current = onSheet;
  });
  useEffect(() => {
    if (!isWanted) return;
    const onPaste = (event: ClipboardEvent): void => {
      // The board takes what was copied on it.
      if (event.defaultPrevented) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const isInField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      if (!text.includes('\t') || (isInField && !text.trim().includes('\n'))) return;
      event.preventDefault();
      latest.current(words.pasted, textBytes(text));
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [isWanted, words]);
}
