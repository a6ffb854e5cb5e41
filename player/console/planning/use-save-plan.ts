import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Plan } from '../../../media/contract/planning.ts';
import { ApiError } from '../../shared/api-error.ts';
import { isAskedAlready } from '../parts/use-act.ts';
import { useClock } from '../parts/use-clock.ts';
import { call } from '../session/api.ts';
import { explainError } from '../words/explain-error.ts';
import { useSpeech } from '../words/words.tsx';
import { isSameList, type Merged, mergeRows } from './merge-rows.ts';
import { itemsOf, type PlanRow, rowsOf } from './plan-rows.ts';
import type { Draft } from './use-draft.ts';

/** What somebody else saved meanwhile, and both changes in one. */
export interface Stale {
  readonly plan: Plan;
  readonly merged: Merged;
}

/** Saving, and what happens when somebody else was faster or the server is out of reach. */
export interface Saving {
  readonly isSaving: boolean;
  /** Resolves to the plan as the server has it, with its findings; undefined where it was not saved. */
  readonly save: () => Promise<Plan | undefined>;
  /** The server is out of reach: what was to be saved is sent once it is back. */
  readonly isWaiting: boolean;
  /** Somebody else changed the plan meanwhile. */
  readonly stale: Stale | undefined;
  /** Saves my changes on top of theirs. */
  readonly merge: () => Promise<void>;
  readonly takeTheirs: () => void;
  readonly overwrite: () => Promise<void>;
  readonly decideLater: () => void;
}

const againMs = 5_000;

/** The network is away, or the server is starting or overloaded: the same changes may go through later. */
const isAway = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'network' || error.status >= 500);

/** Sends the list with the version that it is based on. */
export function useSavePlan({
  plan,
  draft,
  setPlan,
}: {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly setPlan: (plan: Plan) => void;
}): Saving {
  const { message } = App.useApp();
  const { language, words } = useSpeech();
  const { zone } = useClock();
  const [isSaving, setIsSaving] = useState(false);
  const [isWaiting, setIsWaiting] = useState(false);
  const [stale, setStale] = useState<Stale>();
  const params = { id: plan.id };
  const send = async (rows: readonly PlanRow[], version: number): Promise<Plan | undefined> => {
    setIsSaving(true);
    try {
      const fresh = await call('replaceItems', { params, body: { items: itemsOf(rows, zone) }, ifMatch: version });
      setPlan(fresh);
      draft.markSaved(rows);
      if (isWaiting) void message.success(words.planning.page.sentLater);
      setIsWaiting(false);
      return fresh;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'stale') return await compare(rows);
      if (isAway(error)) setIsWaiting(true);
      else {
        setIsWaiting(false);
        tell(error);
      }
      return undefined;
    } finally {
      setIsSaving(false);
    }
  };
  const tell = (error: unknown) => {
    if (isAskedAlready(error)) return;
    const { text, detail } = explainError(error, language);
    void message.error(`${text} ${detail ?? ''}`, 6);
  };
  /** Looks at what is there now; an answer that was lost on its way leaves there what was sent. */
  const compare = async (rows: readonly PlanRow[]): Promise<Plan | undefined> => {
    try {
      const fresh = await call('readPlan', { params });
      const theirs = rowsOf(fresh, zone);
      setIsWaiting(false);
      if (isSameList(rows, theirs)) {
        setPlan(fresh);
        draft.markSaved(rows);
        return fresh;
      }
      setStale({ plan: fresh, merged: mergeRows(draft.saved, rows, theirs) });
    } catch (error) {
      if (isAway(error)) setIsWaiting(true);
      else tell(error);
    }
    return undefined;
  };
  const save = () => (draft.isDirty ? send(draft.rows, plan.version) : Promise.resolve(plan));
  useAgain(isWaiting && !isSaving, () => void save());
  return {
    ...{ isSaving, isWaiting, stale, save },
    merge: async () => {
      if (stale === undefined) return;
      const { rows } = stale.merged;
      setStale(undefined);
      setPlan(stale.plan);
      draft.markSaved(rowsOf(stale.plan, zone));
      draft.edit(() => rows);
      await send(rows, stale.plan.version);
    },
    takeTheirs: () => {
      if (stale === undefined) return;
      setPlan(stale.plan);
      draft.reset(rowsOf(stale.plan, zone));
      setStale(undefined);
    },
    overwrite: async () => {
      if (stale === undefined) return;
      setStale(undefined);
      await send(draft.rows, stale.plan.version);
    },
    decideLater: () => setStale(undefined),
  };
}

/** Tries again while something waits, at once when the browser is back on the network. */
function useAgain(isWanted: boolean, again: () => void): void {
  const latest = useRef(again);
  useEffect(() => {
    latest.current = again;
  });
  useEffect(() => {
    if (!isWanted) return;
    const now = () => latest.current();
    const timer = setInterval(now, againMs);
    addEventListener('online', now);
    return () => {
      clearInterval(timer);
      removeEventListener('online', now);
    };
  }, [isWanted]);
}
