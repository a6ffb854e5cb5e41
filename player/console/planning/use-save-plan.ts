import { App } from 'antd';
import { useState } from 'react';
import type { Plan } from '../../../media/contract/planning.ts';
import { ApiError } from '../../shared/api-error.ts';
import { isAskedAlready } from '../parts/use-act.ts';
import { useClock } from '../parts/use-clock.ts';
import { call } from '../session/api.ts';
import { explainError } from '../words/explain-error.ts';
import { useSpeech } from '../words/words.tsx';
import { itemsOf, rowsOf } from './plan-rows.ts';
import type { Draft } from './use-draft.ts';

/** Saving, and what happens when somebody else was faster. */
export interface Saving {
  readonly isSaving: boolean;
  /** Resolves to the plan as the server has it, with its findings; undefined where it was not saved. */
  readonly save: () => Promise<Plan | undefined>;
  /** Somebody else changed the plan meanwhile. */
  readonly isStale: boolean;
  readonly loadNewest: () => Promise<void>;
  readonly overwrite: () => Promise<void>;
  readonly decideLater: () => void;
}

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
  const { language } = useSpeech();
  const { zone } = useClock();
  const [isSaving, setIsSaving] = useState(false);
  const [isStale, setIsStale] = useState(false);
  const params = { id: plan.id };
  const saveOver = async (version: number): Promise<Plan | undefined> => {
    const { rows } = draft;
    setIsSaving(true);
    try {
      const fresh = await call('replaceItems', { params, body: { items: itemsOf(rows, zone) }, ifMatch: version });
      setPlan(fresh);
      draft.markSaved(rows);
      return fresh;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'stale') setIsStale(true);
      else if (!isAskedAlready(error)) {
        const { text, detail } = explainError(error, language);
        void message.error(`${text} ${detail ?? ''}`, 6);
      }
      return undefined;
    } finally {
      setIsSaving(false);
    }
  };
  const newest = () => call('readPlan', { params });
  return {
    isSaving,
    isStale,
    save: () => (draft.isDirty ? saveOver(plan.version) : Promise.resolve(plan)),
    loadNewest: async () => {
      const fresh = await newest();
      setPlan(fresh);
      draft.reset(rowsOf(fresh, zone));
      setIsStale(false);
    },
    overwrite: async () => {
      const { version } = await newest();
      setIsStale(false);
      await saveOver(version);
    },
    decideLater: () => setIsStale(false),
  };
}
