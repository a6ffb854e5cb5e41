/** What a remote control can ask for. */
export type RemoteAction =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'ok'
  | 'back'
  | 'play'
  | 'forward'
  | 'rewind'
  | 'stop'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | `digit-${number}`;

const byKey: Readonly<Record<string, RemoteAction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'ok',
  ' ': 'ok',
  Escape: 'back',
  Backspace: 'back',
  BrowserBack: 'back',
  GoBack: 'back',
  MediaPlayPause: 'play',
  MediaPlay: 'play',
  MediaPause: 'play',
  MediaFastForward: 'forward',
  MediaRewind: 'rewind',
  MediaStop: 'stop',
  ColorF0Red: 'red',
  ColorF1Green: 'green',
  ColorF2Yellow: 'yellow',
  ColorF3Blue: 'blue',
};

/** Boxes that send no `key`: codes on which Android WebViews and Chinese IPTV remotes agree. Code 4 is BACK on some and LEFT on none. */
const byCode: Readonly<Record<number, RemoteAction>> = {
  8: 'back',
  13: 'ok',
  27: 'back',
  37: 'left',
  38: 'up',
  39: 'right',
  40: 'down',
  179: 'play',
  227: 'rewind',
  228: 'forward',
  263: 'play',
  264: 'forward',
  265: 'rewind',
  270: 'stop',
  275: 'red',
  276: 'green',
  277: 'yellow',
  278: 'blue',
};

/** Turns a key event into an action; undefined for keys that are not ours (volume stays with the system). */
export function actionOf(event: { readonly key?: string; readonly keyCode?: number }): RemoteAction | undefined {
  const { key = '', keyCode = 0 } = event;
  if (/^[0-9]$/.test(key)) return `digit-${Number(key)}`;
  const known = byKey[key];
  if (known !== undefined) return known;
  if (key !== '' && key !== 'Unidentified') return undefined;
  if (keyCode >= 48 && keyCode <= 57) return `digit-${keyCode - 48}`;
  return byCode[keyCode];
}
