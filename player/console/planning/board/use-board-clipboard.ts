import { useRef } from 'react';
import { useClock } from '../../parts/use-clock.ts';
import { useWords } from '../../words/words.tsx';
import { freshRowId } from '../use-draft.ts';
import { type Copied, copied, countOf, pasted } from './board-clipboard.ts';
import type { Board } from './use-board.ts';
import type { BoardDeeds } from './use-board-deeds.ts';

/** Copying, cutting and pasting on the board. */
export interface BoardClipboard {
  readonly copy: () => void;
  readonly onCopy: (event: React.ClipboardEvent) => void;
  readonly onCut: (event: React.ClipboardEvent) => void;
  /** Takes our own copy; a range of a spreadsheet is left to the import of sheets. */
  readonly onPaste: (event: React.ClipboardEvent) => void;
}

/** The board's own clipboard beside the system's, so that what is copied here can be pasted into a spreadsheet too. */
export function useBoardClipboard(board: Board, deeds: BoardDeeds): BoardClipboard {
  const { says } = useWords().board;
  const { zone } = useClock();
  const kept = useRef<Copied>(undefined);
  const { draft, chosen, cursor } = board;
  const take = (): Copied | undefined => {
    const taken = copied(draft.rows, chosen, cursor.day);
    if (taken === undefined) return undefined;
    kept.current = taken;
    board.say(says.copied(countOf(taken)));
    return taken;
  };
  const onCopy = (event: React.ClipboardEvent): void => {
    if (event.target instanceof Element && event.target.closest('input, textarea') !== null) return;
    const taken = take();
    if (taken === undefined) return;
    event.clipboardData.setData('text/plain', taken.text);
    event.preventDefault();
  };
  return {
    copy: () => {
      const taken = take();
      // Pages on plain http have no clipboard to write to; the board's own copy is enough there.
      if (taken !== undefined && isSecureContext) void navigator.clipboard.writeText(taken.text).catch(() => undefined);
    },
    onCopy,
    onCut: (event) => {
      onCopy(event);
      if (event.defaultPrevented && board.isEditable && chosen !== undefined) deeds.remove(chosen);
    },
    onPaste: (event) => {
      const text = event.clipboardData.getData('text/plain').replaceAll('\r\n', '\n');
      const own = kept.current;
      // A clipboard that could not be written holds what was there before; a range of a sheet has tabs.
      const isOurs = own !== undefined && (text === own.text || !text.includes('\t'));
      if (!isOurs || !board.isEditable) return;
      event.preventDefault();
      const way = { zone, isRippling: board.isRippling, freshId: freshRowId };
      const made = pasted(draft.rows, own, { cursor, entries: board.entries, way, refusal: deeds.refusal });
      const refused = typeof made === 'string' ? made : deeds.unfit(made);
      if (refused !== undefined || typeof made === 'string') board.say(refused ?? '');
      else {
        draft.edit(() => made);
        board.say(says.pasted(countOf(own)));
      }
    },
  };
}
