/** A value with the ways back and forth. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

const kept = 200;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [] });

/** Takes a change down; an equal value changes nothing. */
export const changed = <T>({ past, present }: History<T>, next: T): History<T> =>
  Object.is(present, next)
    ? { past, present, future: [] }
    : { past: [...past, present].slice(-kept), present: next, future: [] };

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...later] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: later };
}
