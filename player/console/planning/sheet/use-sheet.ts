import { useState } from 'react';
import type { Id } from '../../../../media/contract/ids.ts';
import type { SheetReply } from '../../../../media/contract/sheet.ts';
import type { SheetFilm } from '../../../../media/sheet/apply-sheet.ts';
import { useAct } from '../../parts/use-act.ts';
import { call } from '../../session/api.ts';
import { type Choices, plain, rowKey } from './sheet-draft.ts';

/** A sheet that was sent and read. */
export interface OpenSheet {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly reply: SheetReply;
  readonly choices: Choices;
}

/** Reading a sheet, and choosing films for the rows that need it. */
export interface SheetState {
  readonly open: OpenSheet | undefined;
  readonly busy: boolean;
  readonly read: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly choose: (key: string, film: SheetFilm | undefined) => void;
  /** Takes the first film that is offered wherever nothing was chosen. */
  readonly acceptAll: () => void;
  readonly close: () => void;
}

/** Holds the sheet of one plan while its difference is looked at. */
export function useSheet(planId: Id): SheetState {
  const { busy, act } = useAct();
  const [open, setOpen] = useState<OpenSheet>();
  return {
    open,
    busy,
    read: async (name, bytes) => {
      await act(async () => {
        const reply = await call('importSheet', { params: { id: planId }, body: bytes });
        setOpen({ name, bytes, reply, choices: new Map() });
      });
    },
    choose: (key, film) =>
      setOpen((before) => before && { ...before, choices: new Map(before.choices).set(key, film) }),
    acceptAll: () => setOpen((before) => before && { ...before, choices: suggested(before) }),
    close: () => setOpen(undefined),
  };
}

function suggested({ reply, choices }: OpenSheet): Choices {
  const all = new Map(choices);
  for (const row of reply.rows) {
    const [first] = row.match.candidates;
    if (row.match.film === undefined && first !== undefined && all.get(rowKey(row)) === undefined) {
      all.set(rowKey(row), plain(first));
    }
  }
  return all;
}
