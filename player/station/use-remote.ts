import { useLayoutEffect, useRef } from 'preact/hooks';
import { actionOf, type RemoteAction } from './remote-keys.ts';

type Listener = (action: RemoteAction) => void;

/** Screens on top of each other; only the topmost hears the remote. */
const stack: { current: Listener }[] = [];
const repeatMs = 120;

/** Gives every action of the remote to this screen while it is the topmost; the handler may change at each render. */
export function useRemote(handler: Listener): void {
  const entry = useRef(handler);
  entry.current = handler;
  // Before the screen is painted: a key pressed as soon as one sees it must not be lost.
  useLayoutEffect(() => {
    stack.push(entry);
    return () => {
      stack.splice(stack.indexOf(entry), 1);
    };
  }, []);
}

/**
 * Starts listening: keys, and `popstate` as BACK, because many boxes turn the BACK key into `history.back()`. One guard
 * entry is kept in the history, so that BACK never leaves the page.
 */
export function listenToRemote(onAnyKey: () => void): void {
  let lastMs = 0;
  document.addEventListener('keydown', (event) => {
    const action = actionOf(event);
    onAnyKey();
    if (action === undefined) return;
    event.preventDefault();
    if (event.repeat && event.timeStamp - lastMs < repeatMs) return;
    lastMs = event.timeStamp;
    tell(action);
  });
  history.pushState({ guard: true }, '');
  window.addEventListener('popstate', () => {
    history.pushState({ guard: true }, '');
    onAnyKey();
    tell('back');
  });
}

function tell(action: RemoteAction): void {
  stack[stack.length - 1]?.current(action);
}
