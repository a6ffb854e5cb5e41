/** A channel as an M3U list names it. */
export interface M3uChannel {
  readonly id: string;
  readonly name: string;
  /** Whole URLs. */
  readonly liveUrl: string;
  /** With `{utc}` and `{utcend}` where players put the seconds of an item. */
  readonly catchUpUrl: string;
  readonly guideUrl: string;
  readonly catchUpDays: number;
}

/** Names stand between quotes and on one line; there is no escape. */
const attributeText = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll('"', '”')
    .trim();

/** M3U list of one channel with the attributes that players read for guide and catch-up. */
export function writeM3u({ id, name, liveUrl, catchUpUrl, guideUrl, catchUpDays }: M3uChannel): string {
  const said = attributeText(name);
  const attributes = [
    `tvg-id="${id}"`,
    `tvg-name="${said}"`,
    'group-title="远播"',
    'catchup="default"',
    `catchup-days="${catchUpDays}"`,
    `catchup-source="${catchUpUrl}"`,
  ].join(' ');
  return `#EXTM3U url-tvg="${guideUrl}" x-tvg-url="${guideUrl}"\n#EXTINF:-1 ${attributes},${said.replaceAll(',', '，')}\n${liveUrl}\n`;
}
