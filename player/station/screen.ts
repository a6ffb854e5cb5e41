import type { GuideItem } from '../../media/contract/channels.ts';
import type { Film } from '../../media/contract/library.ts';
import type { ItemLink } from '../shared/aired-item.ts';
import type { PlaybackUrl } from '../shared/renew-token.ts';
import { itemUrlLoader } from './station.ts';

/** What can be on the screen, above the live picture. */
export type Screen =
  | { readonly name: 'live' }
  | { readonly name: 'home' }
  | { readonly name: 'today' }
  | { readonly name: 'library' }
  | { readonly name: 'film'; readonly film: Film }
  | {
      readonly name: 'player';
      readonly title: string;
      readonly key: string;
      /** Asked again whenever the token ends. */
      readonly load: (withLanguages: boolean) => Promise<PlaybackUrl>;
      /** What the viewer may choose between; the main sound first. */
      readonly sounds?: readonly string[];
      readonly subtitles?: readonly string[];
      /** Remembers where a film was left. */
      readonly filmId?: string;
      readonly startAtS: number;
    }
  | { readonly name: 'board' }
  | { readonly name: 'help' };

/** Screens from the bottom to the top; the live channel is always the bottom. */
export type Screens = readonly [Screen, ...Screen[]];

/** What screens may ask of the page. */
export interface Moves {
  readonly open: (screen: Screen) => void;
  /** Takes the topmost screen away; on the live picture it opens home. */
  readonly back: () => void;
  readonly live: () => void;
}

export const firstScreens: Screens = [{ name: 'live' }];
export const opened = (screens: Screens, screen: Screen): Screens => [...screens, screen];
export const goneBack = (screens: Screens): Screens => {
  const [bottom, ...rest] = screens;
  return rest.length === 0 ? [bottom, { name: 'home' }] : [bottom, ...rest.slice(0, -1)];
};
/** The player with an item that is over, or with the present one from its beginning. */
export const aired = (item: GuideItem, link: ItemLink): Screen => ({
  name: 'player',
  title: item.title,
  key: `${link}-${item.id}-${item.startAtMs}`,
  load: itemUrlLoader(item, link),
  startAtS: 0,
});
export const topOf = (screens: Screens): Screen => screens[screens.length - 1] ?? screens[0];
