/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { keepProfile, learnedActions, withLearnedKey } from './key-profile.ts';
import type { KeyProfile } from './remote-keys.ts';
import { captureKeys, takeKeysOf } from './use-remote.ts';
import type { StationWords } from './words.ts';

/** A remote that lacks a key: the next one is asked for. */
const waitS = 10;

/** Asks for one key after another and keeps what this remote sends for it. */
export function LearnKeys({ words, onDone }: { words: StationWords; onDone: () => void }) {
  const [step, setStep] = useState(0);
  const [leftS, setLeftS] = useState(waitS);
  const [isTaken, setTaken] = useState(false);
  const profile = useRef<KeyProfile>({});
  const action = learnedActions[step];
  const newest = useRef({ action, onDone });
  newest.current = { action, onDone };

  const next = () => {
    setTaken(false);
    setLeftS(waitS);
    setStep((known) => known + 1);
  };
  // Before the screen is painted: a key pressed as soon as one is asked for it must not be lost.
  useLayoutEffect(
    () =>
      captureKeys((pressed) => {
        const asked = newest.current.action;
        if (asked === undefined) return;
        // BACK that came through the history of the browser needs no learning.
        if (pressed === undefined) return asked === 'back' ? next() : undefined;
        const learned = withLearnedKey(profile.current, asked, pressed);
        if (learned === undefined) return setTaken(true);
        profile.current = learned;
        next();
      }),
    [],
  );
  useEffect(() => {
    const timer = setInterval(() => setLeftS((known) => known - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (leftS <= 0) next();
  }, [leftS]);
  useEffect(() => {
    if (action !== undefined) return;
    keepProfile(profile.current);
    takeKeysOf(profile.current);
    newest.current.onDone();
  }, [action]);
  if (action === undefined) return null;
  return (
    <div class="screen panel learn">
      <h1>{words.learnKeys}</h1>
      <p class="learn-key" role="status" data-key={action}>
        {words.pressNow(words.keyNames[action])}
      </p>
      <p class="empty-cure">{isTaken ? words.keyTaken : words.keyLeft(Math.max(0, leftS))}</p>
      <p class="empty-cure">
        {step + 1} / {learnedActions.length}
      </p>
    </div>
  );
}
