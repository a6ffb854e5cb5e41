import { attributeList, tags } from './tags.ts';

/** One quality of a multivariant playlist (RFC 8216bis 4.4.6.2). */
export interface Variant {
  readonly uri: string;
  readonly bandwidthBps: number;
  readonly averageBandwidthBps?: number;
  readonly codecs: string;
  /** Absent on variants without picture. */
  readonly width?: number;
  readonly height?: number;
  readonly frameRate?: number;
  /** Group of alternative audio renditions. */
  readonly audio?: string;
  readonly subtitles?: string;
}

/** An alternative rendition: one language of a group (RFC 8216bis 4.4.6.1). */
export interface AlternativeRendition {
  readonly type: 'AUDIO' | 'SUBTITLES';
  readonly group: string;
  /** BCP 47. */
  readonly language: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly uri: string;
}

/** A multivariant playlist as data; the first variant is the one that simple players begin with. */
export interface MultivariantPlaylist {
  readonly variants: readonly Variant[];
  readonly renditions?: readonly AlternativeRendition[];
  /** I-frame playlists for fast winding (RFC 8216bis 4.4.6.3). */
  readonly iFrames?: readonly Variant[];
}

const yesNo = (value: boolean): string => (value ? 'YES' : 'NO');

function renditionLine({ type, group, language, name, isDefault, uri }: AlternativeRendition): string {
  const attributes = attributeList({
    TYPE: type,
    'GROUP-ID': { quoted: group },
    LANGUAGE: { quoted: language },
    NAME: { quoted: name },
    DEFAULT: yesNo(isDefault),
    // 4.4.6.1: AUTOSELECT must be YES where DEFAULT is; every language may be picked by the player's own.
    AUTOSELECT: 'YES',
    CHANNELS: type === 'AUDIO' ? { quoted: '2' } : undefined,
    URI: { quoted: uri },
  });
  return `${tags.media}:${attributes}\n`;
}

function variantAttributes(variant: Variant): Record<string, string | number | { quoted: string } | undefined> {
  const { width, height } = variant;
  return {
    BANDWIDTH: variant.bandwidthBps,
    'AVERAGE-BANDWIDTH': variant.averageBandwidthBps,
    CODECS: { quoted: variant.codecs },
    RESOLUTION: width !== undefined && height !== undefined ? `${width}x${height}` : undefined,
  };
}

function variantLines(variant: Variant): string {
  const attributes = attributeList({
    ...variantAttributes(variant),
    'FRAME-RATE': variant.frameRate?.toFixed(3),
    AUDIO: variant.audio === undefined ? undefined : { quoted: variant.audio },
    SUBTITLES: variant.subtitles === undefined ? undefined : { quoted: variant.subtitles },
    'CLOSED-CAPTIONS': variant.width === undefined ? undefined : 'NONE',
  });
  return `${tags.variant}:${attributes}\n${variant.uri}\n`;
}

function iFrameLine(variant: Variant): string {
  return `${tags.iFrameVariant}:${attributeList({ ...variantAttributes(variant), URI: { quoted: variant.uri } })}\n`;
}

/** Writes a multivariant playlist; every segment of the house begins with a key frame, so INDEPENDENT-SEGMENTS always holds. */
export function writeMultivariantPlaylist(playlist: MultivariantPlaylist): string {
  const head = `${tags.playlist}\n${tags.version}:${(playlist.renditions ?? []).length > 0 ? 4 : 3}\n${tags.independentSegments}\n`;
  const renditions = (playlist.renditions ?? []).map(renditionLine).join('');
  const iFrames = (playlist.iFrames ?? []).map(iFrameLine).join('');
  return `${head}${renditions}${playlist.variants.map(variantLines).join('')}${iFrames}`;
}

/** Rungs in the order to list them: a safe default first, then from the lowest bandwidth to the highest (hls.md section 8). */
export function listingOrder<R extends { readonly name: string; readonly bandwidthBps: number }>(
  rungs: readonly R[],
  firstName = '360p',
): R[] {
  const isFirst = (rung: R): number => Number(rung.name !== firstName);
  return [...rungs].sort((a, b) => isFirst(a) - isFirst(b) || a.bandwidthBps - b.bandwidthBps);
}
