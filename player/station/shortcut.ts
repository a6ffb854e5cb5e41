import type { RemoteAction } from './remote-keys.ts';
import type { Moves } from './screen.ts';

/** The screens of the five tiles, which are also the keys 1 to 5. */
export const tileScreens = ['live', 'today', 'library', 'board', 'help'] as const;
export type TileScreen = (typeof tileScreens)[number];

/** The colours of Chinese IPTV remotes: red live, green catch-up, yellow on demand, blue information. */
const byColour: Partial<Record<RemoteAction, TileScreen>> = {
  red: 'live',
  green: 'today',
  yellow: 'library',
  blue: 'board',
};

/** Goes where a tile leads. */
export const openTile = (tile: TileScreen, moves: Moves): void =>
  tile === 'live' ? moves.live() : moves.open({ name: tile });

/** Follows a digit or a colour; false for every other key. */
export function followShortcut(action: RemoteAction, moves: Moves): boolean {
  const digit = Number(/^digit-(\d)$/.exec(action)?.[1] ?? 0);
  const tile = tileScreens[digit - 1] ?? byColour[action];
  if (tile === undefined) return false;
  openTile(tile, moves);
  return true;
}
