import { useState } from 'preact/hooks';
import { firstFocus, type Focus } from './focus.ts';

/** Where the focus was on the screens that one left: whoever comes back finds it there. */
const left = new Map<string, Focus>();

/** The focus of a screen, kept while the page is open. */
export function useKeptFocus(screen: string, start: Focus = firstFocus): [Focus, (focus: Focus) => void] {
  const [focus, setFocus] = useState(() => left.get(screen) ?? start);
  return [
    focus,
    (next) => {
      left.set(screen, next);
      setFocus(next);
    },
  ];
}
