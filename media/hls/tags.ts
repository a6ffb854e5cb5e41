/** Every tag that we write or read, once (RFC 8216bis section 4.4). */
export const tags = {
  playlist: '#EXTM3U',
  version: '#EXT-X-VERSION',
  independentSegments: '#EXT-X-INDEPENDENT-SEGMENTS',
  start: '#EXT-X-START',
  targetDuration: '#EXT-X-TARGETDURATION',
  mediaSequence: '#EXT-X-MEDIA-SEQUENCE',
  discontinuitySequence: '#EXT-X-DISCONTINUITY-SEQUENCE',
  playlistType: '#EXT-X-PLAYLIST-TYPE',
  iFramesOnly: '#EXT-X-I-FRAMES-ONLY',
  discontinuity: '#EXT-X-DISCONTINUITY',
  map: '#EXT-X-MAP',
  programDateTime: '#EXT-X-PROGRAM-DATE-TIME',
  byteRange: '#EXT-X-BYTERANGE',
  segment: '#EXTINF',
  end: '#EXT-X-ENDLIST',
  media: '#EXT-X-MEDIA',
  variant: '#EXT-X-STREAM-INF',
  iFrameVariant: '#EXT-X-I-FRAME-STREAM-INF',
} as const;

/** Content type of every playlist (RFC 8216bis section 4). */
export const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

/** Value of an attribute: enumerations and numbers stand bare, strings are quoted (RFC 8216bis 4.2). */
export type AttributeValue = string | number | { readonly quoted: string } | undefined;

/** Writes an attribute list; undefined values are left out, quotes and line ends inside strings are dropped. */
export function attributeList(attributes: Readonly<Record<string, AttributeValue>>): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => {
      if (value === undefined) return [];
      return typeof value === 'object' ? `${name}="${value.quoted.replaceAll(/["\r\n]/g, '')}"` : `${name}=${value}`;
    })
    .join(',');
}

/** A length in ms as decimal seconds with three places. */
export function seconds(lengthMs: number): string {
  // Whole seconds are nearly all there are, and `toFixed` costs more than the rest of the line.
  return lengthMs % 1000 === 0 ? `${lengthMs / 1000}.000` : (lengthMs / 1000).toFixed(3);
}
