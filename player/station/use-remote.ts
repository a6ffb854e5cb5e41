import { useLayoutEffect, useRef } from 'preact/hooks';
import { keptProfile } from './key-profile.ts';
import { actionOf, keyName, type KeyProfile, type PressedKey, type RemoteAction } from './remote-keys.ts';

type Listener = (action: RemoteAction) => void;
/** Hears a key before it means anything; BACK that came as `popstate` is undefined. */
type KeyListener = (pressed: PressedKey | undefined) => void;

/** Screens on top of each other; only the topmost hears the remote. */
const stack: { current: Listener }[] = [];
const repeatMs = 120;
let profile: KeyProfile = keptProfile();
let captured: KeyListener | undefined;

/** Takes the keys that were just learned into use. */
export const takeKeysOf = (learned: KeyProfile): void => {
  profile = learned;
};

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

/** Gives every key itself to the caller, until the answer is called: set-up asks which key is which. */
export function captureKeys(listener: KeyListener): () => void {
  captured = listener;
  return () => {
    captured = undefined;
  };
}

/**
 * Starts listening: keys, and `popstate` as BACK, because many boxes turn the BACK key into `history.back()`. One guard
 * entry is kept in the history, so that BACK never leaves the page. Five different keys in a row that mean nothing are told as
 * a strange remote where none was learned: whoever holds it could not reach the settings. Keys for the volume are three.
 */
export function listenToRemote(onAnyKey: (isStrange: boolean) => void): void {
  let lastMs = 0;
  let strange: readonly string[] = [];
  document.addEventListener('keydown', (event) => {
    const action = actionOf(pressedOf(event), profile);
    const key = keyName(pressedOf(event));
    strange = action === undefined ? [...strange.filter((other) => other !== key), key] : [];
    onAnyKey(strange.length > 4 && captured === undefined && Object.keys(profile).length === 0);
    if (captured !== undefined) {
      event.preventDefault();
      if (!event.repeat) captured(pressedOf(event));
      return;
    }
    if (action === undefined) return;
    event.preventDefault();
    if (event.repeat && event.timeStamp - lastMs < repeatMs) return;
    lastMs = event.timeStamp;
    tell(action);
  });
  history.pushState({ guard: true }, '');
  window.addEventListener('popstate', () => {
    history.pushState({ guard: true }, '');
    onAnyKey(false);
    if (captured !== undefined) captured(undefined);
    else tell('back');
  });
}

// Remotes of boxes are told by their codes, whatever the standard thinks of them.
const pressedOf = (event: KeyboardEvent): PressedKey => ({
  key: event.key,
  keyCode: (event as { readonly keyCode: number }).keyCode,
});

function tell(action: RemoteAction): void {
  stack[stack.length - 1]?.current(action);
}
