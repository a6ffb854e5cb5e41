/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { placeOfAddress } from '../shared/viewing-place.ts';
import { seenChannel } from './member.ts';
import { addressOf, type Route, routeOf } from './route.ts';

const moved = 'yuanbo-moved';
const addressed = placeOfAddress(location.search);

/** The address of a screen; what differs from place to place names the one that it is seen from, so that others see the same. */
const addressFor = (route: Route): string =>
  addressOf(
    route,
    addressed ?? (route.page === 'programme' || route.page === 'notices' ? seenChannel.place : undefined),
  );

/** The whole address of the present screen, as it may be passed on. */
export const addressHere = (): string => new URL(addressFor(routeOf(location)), location.href).href;

/** Kept with each address that one came to from another of these pages. */
const cameFromHere = { from: 'here' } as const;

/** Goes to a screen; `replace` where the present one is no place to come back to. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  history[`${how}State`](how === 'push' ? cameFromHere : history.state, '', addressFor(route));
  dispatchEvent(new Event(moved));
}

/** Goes back to the page that one came from; where that was none of ours, to this screen. */
export function goBackOr(route: Route): void {
  const state = history.state as Partial<typeof cameFromHere> | null;
  if (state?.from === 'here') history.back();
  else go(route, 'replace');
}

/** Where the member is now; links that were shared before are written anew. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location));
  useEffect(() => {
    if (location.hash.startsWith('#/')) history.replaceState(history.state, '', addressHere());
    const move = () => setRoute(routeOf(location));
    for (const event of ['popstate', 'hashchange', moved]) addEventListener(event, move);
    return () => {
      for (const event of ['popstate', 'hashchange', moved]) removeEventListener(event, move);
    };
  }, []);
  return route;
}

interface LinkProps {
  readonly to: Route;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly 'aria-current'?: 'page' | undefined;
}

/** A link within the pages: a plain one for new tabs and for copying, without a reload for a tap. */
export function Link({ to, children, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={addressFor(to)}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
        scrollTo(0, 0);
      }}
    >
      {children}
    </a>
  );
}
