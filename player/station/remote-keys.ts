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
  | 'channel-up'
  | 'channel-down'
  | 'sound'
  | 'home'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | `digit-${number}`;

/** What of a key event names the key. */
export interface PressedKey {
  readonly key?: string;
  readonly keyCode?: number;
}

/** Keys of one box that were learned at set-up, by `keyName`; they go before everything that is known. */
export type KeyProfile = Readonly<Record<string, RemoteAction>>;

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
  ChannelUp: 'channel-up',
  ChannelDown: 'channel-down',
  PageUp: 'channel-up',
  PageDown: 'channel-down',
  MediaAudioTrack: 'sound',
  BrowserHome: 'home',
  ColorF0Red: 'red',
  ColorF1Green: 'green',
  ColorF2Yellow: 'yellow',
  ColorF3Blue: 'blue',
};

/** Boxes that send no `key`: codes on which Android WebViews and Chinese IPTV remotes agree. Code 4 is BACK on some and LEFT on none. */
const byCode: Readonly<Record<number, RemoteAction>> = {
  8: 'back',
  13: 'ok',
  24: 'back',
  27: 'back',
  33: 'channel-up',
  34: 'channel-down',
  37: 'left',
  38: 'up',
  39: 'right',
  40: 'down',
  178: 'stop',
  179: 'play',
  227: 'rewind',
  228: 'forward',
  257: 'channel-up',
  258: 'channel-down',
  262: 'sound',
  263: 'play',
  264: 'forward',
  265: 'rewind',
  270: 'stop',
  272: 'home',
  275: 'red',
  276: 'green',
  277: 'yellow',
  278: 'blue',
};

/** Boxes whose BACK was learned as code 4 hand over Android's own codes; elsewhere 19 is Pause and 20 Caps Lock. */
const byAndroidCode: Readonly<Record<number, RemoteAction>> = {
  4: 'back',
  19: 'up',
  20: 'down',
  21: 'left',
  22: 'right',
  23: 'ok',
  66: 'ok',
  85: 'play',
  166: 'channel-up',
  167: 'channel-down',
};

/** One name for a key of a box; boxes that send no `key` tell their keys apart by the code alone. */
export const keyName = ({ key = '', keyCode = 0 }: PressedKey): string =>
  `${key === 'Unidentified' ? '' : key}#${keyCode}`;

/** BACK of a box that hands over Android's codes. */
const androidBack = keyName({ keyCode: 4 });

/** Turns a key event into an action; undefined for keys that are not ours (volume stays with the system). */
export function actionOf(event: PressedKey, profile: KeyProfile = {}): RemoteAction | undefined {
  const { key = '', keyCode = 0 } = event;
  const learned = profile[keyName(event)];
  if (learned !== undefined) return learned;
  if (/^[0-9]$/.test(key)) return `digit-${Number(key)}`;
  const known = byKey[key];
  if (known !== undefined) return known;
  if (key !== '' && key !== 'Unidentified') return undefined;
  if (keyCode >= 48 && keyCode <= 57) return `digit-${keyCode - 48}`;
  const android = profile[androidBack] === 'back' ? byAndroidCode[keyCode] : undefined;
  return android ?? byCode[keyCode];
}
