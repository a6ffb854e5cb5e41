import { useSyncExternalStore } from 'react';

/** Parts of the address behind `#`, decoded: `#/films/01h...` is `['films', '01h...']`. */
export function useRoute(): readonly string[] {
  const hash = useSyncExternalStore(listen, () => location.hash);
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
}

const listen = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Address of a screen, for `href`. */
export const linkTo = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;

/** Goes to a screen. */
export const goTo = (...parts: readonly string[]): void => {
  location.hash = linkTo(...parts);
};
