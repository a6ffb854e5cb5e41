import { App } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../shared/api-error.ts';
import { explainError } from '../words/explain-error.ts';
import { useSpeech } from '../words/words.tsx';

/** The screen asks for the password already; a message beside it would only be in the way. */
export const isAskedAlready = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'step_up' || error.code === 'sign_in');

/** Runs something that may be refused: says so in words, and is busy meanwhile. */
export function useAct(): {
  readonly busy: boolean;
  readonly act: (run: () => Promise<unknown>, done?: string) => Promise<boolean>;
} {
  const { message } = App.useApp();
  const { language } = useSpeech();
  const [busy, setBusy] = useState(false);
  const act = async (run: () => Promise<unknown>, done?: string): Promise<boolean> => {
    setBusy(true);
    try {
      await run();
      if (done !== undefined) void message.success(done);
      return true;
    } catch (error) {
      if (isAskedAlready(error)) return false;
      const { text, detail } = explainError(error, language);
      void message.error(detail === undefined || detail === text ? text : `${text} ${detail}`, 6);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, act };
}
