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

/** The digit of a key; undefined for every other key. */
export const digitOf = (action: RemoteAction): string | undefined => /^digit-(\d)$/.exec(action)?.[1];

/** Follows a digit, a colour or the key of the home screen; false for every other key. */
export function followShortcut(action: RemoteAction, moves: Moves): boolean {
  if (action === 'home') {
    moves.open({ name: 'home' });
    return true;
  }
  const tile = tileScreens[Number(digitOf(action) ?? 0) - 1] ?? byColour[action];
  if (tile === undefined) return false;
  openTile(tile, moves);
  return true;
}
