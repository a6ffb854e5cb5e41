import type { GuideItem } from '../../media/contract/channels.ts';
import type { Film } from '../../media/contract/library.ts';
import type { ItemLink } from '../shared/aired-item.ts';
import type { WatchedSubject } from '../shared/quality-meter.ts';
import type { PlaybackUrl } from '../shared/renew-token.ts';
import type { StoryboardTile } from '../shared/storyboard.ts';
import { itemUrlLoader, loadFilmStoryboard } from './station.ts';

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
      /** Pictures for winding. */
      readonly loadStoryboard?: () => Promise<readonly StoryboardTile[]>;
      /** What the viewer may choose between; the main sound first. */
      readonly sounds?: readonly string[];
      readonly subtitles?: readonly string[];
      /** What figures of it are about. */
      readonly subject: WatchedSubject;
      /** Remembers where a film was left. */
      readonly filmId?: string;
      readonly startAtS: number;
      /** What must be watched is watched at its own speed. */
      readonly mayHurry: boolean;
    }
  | { readonly name: 'board'; readonly ambient?: boolean }
  | { readonly name: 'help' }
  | { readonly name: 'settings' }
  | { readonly name: 'learn' }
  | { readonly name: 'probe' };

/** Screens from the bottom to the top; the live channel is always the bottom. */
export type Screens = readonly [Screen, ...Screen[]];

/** What screens may ask of the page. */
export interface Moves {
  readonly open: (screen: Screen) => void;
  /** Takes the topmost screen away; on the live picture it opens home. */
  readonly back: () => void;
  readonly live: () => void;
  /** Shows another channel, 1 further or 1 back. */
  readonly tune: (step: 1 | -1) => void;
}

export const firstScreens: Screens = [{ name: 'live' }];
/** Puts a screen on top; where one of its name was opened before, what was opened since is gone, so that BACK never goes in circles. */
export const opened = ([bottom, ...rest]: Screens, screen: Screen): Screens => {
  const at = rest.findIndex(({ name }) => name === screen.name);
  return [bottom, ...(at < 0 ? rest : rest.slice(0, at)), screen];
};
export const goneBack = (screens: Screens): Screens => {
  const [bottom, ...rest] = screens;
  return rest.length === 0 ? [bottom, { name: 'home' }] : [bottom, ...rest.slice(0, -1)];
};
/** The player with an item that is over, or with the present one from its beginning. */
export const aired = (channel: string, item: GuideItem, link: ItemLink): Screen => ({
  name: 'player',
  // An item's part behind an interruption, `.2`, begins somewhere in its film.
  loadStoryboard: async () =>
    item.filmId === undefined || (item.kind === 'item' && /\.\d+$/.test(item.id))
      ? []
      : loadFilmStoryboard(item.filmId),
  title: item.title,
  key: `${link}-${item.id}-${item.startAtMs}`,
  load: itemUrlLoader(channel, item, link),
  subject: { channel, ...(item.filmId === undefined ? {} : { film: item.filmId }) },
  startAtS: 0,
  mayHurry: !item.mustWatch,
});
export const topOf = (screens: Screens): Screen => screens[screens.length - 1] ?? screens[0];
