import * as preact from 'preact';
import * as hooks from 'preact/hooks';
import * as jsx from 'preact/jsx-runtime';
import * as ask from '../shared/ask-for-url.ts';
import * as clock from '../shared/county-clock.ts';
import * as playback from '../shared/hls-playback.ts';
import * as remembered from '../shared/remembered.ts';
import * as retry from '../shared/retry-later.ts';
import * as loaded from '../shared/use-loaded.ts';
import * as buttons from './button-row.tsx';
import * as device from './device-class.ts';
import * as focus from './focus.ts';
import * as keys from './key-profile.ts';
import * as mustWatch from './must-watch.ts';
import * as notice from './notice.tsx';
import * as phases from './phase-text.ts';
import * as picture from './picture.tsx';
import * as screens from './screen.ts';
import * as shortcut from './shortcut.ts';
import * as station from './station.ts';
import * as remote from './use-remote.ts';
import * as words from './words.ts';

/** What the second script takes from the first (player/vite.config.mjs): there is one Preact, one clock and one remote. */
export const sharedParts = {
  ...{ preact, hooks, jsx, ask, buttons, clock, device, focus, keys, loaded, mustWatch, notice },
  ...{ phases, picture, playback, remembered, remote, retry, screens, shortcut, station, words },
};
