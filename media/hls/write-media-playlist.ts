import type { MediaPlaylist, MediaSegment } from './media-playlist.ts';
import { attributeList, seconds, tags } from './tags.ts';

/** Lowest version that allows what the playlist uses (RFC 8216bis section 8). */
function versionOf(playlist: MediaPlaylist): number {
  if (playlist.segments.some((segment) => segment.mapUri !== undefined)) return 7;
  if (playlist.iFramesOnly || playlist.segments.some((segment) => segment.byteRange !== undefined)) return 4;
  return 3;
}

/** Writes instants as ISO 8601 with milliseconds; neighbours share their minute, which is written once. */
function dateWriter(): (atMs: number) => string {
  let minute = -1;
  let prefix = '';
  return (atMs) => {
    const own = Math.floor(atMs / 60_000);
    if (own !== minute) {
      minute = own;
      prefix = new Date(own * 60_000).toISOString().slice(0, 17);
    }
    const ms = atMs - own * 60_000;
    return `${prefix}${ms < 10_000 ? '0' : ''}${seconds(ms)}Z`;
  };
}

function header(playlist: MediaPlaylist): string {
  const { mediaSequence, discontinuitySequence, type, startOffsetMs } = playlist;
  let text = `${tags.playlist}\n${tags.version}:${versionOf(playlist)}\n`;
  // 4.4.3.1: EXTINF, rounded to the nearest integer, is at most the target duration.
  text += `${tags.targetDuration}:${Math.ceil(playlist.targetDurationMs / 1000)}\n`;
  text += `${tags.mediaSequence}:${mediaSequence ?? 0}\n`;
  if (discontinuitySequence !== undefined) text += `${tags.discontinuitySequence}:${discontinuitySequence}\n`;
  if (type) text += `${tags.playlistType}:${type}\n`;
  if (startOffsetMs !== undefined) text += `${tags.start}:TIME-OFFSET=${seconds(startOffsetMs)},PRECISE=YES\n`;
  if (playlist.iFramesOnly) text += `${tags.iFramesOnly}\n`;
  if (playlist.independentSegments) text += `${tags.independentSegments}\n`;
  return text;
}

function segmentLines(segment: MediaSegment, before: MediaSegment | undefined, date: (atMs: number) => string): string {
  const { mapUri, programDateAtMs, byteRange } = segment;
  let text = segment.discontinuity ? `${tags.discontinuity}\n` : '';
  // 4.4.4.5: a map applies until the next one; we repeat it behind every discontinuity.
  if (mapUri !== undefined && (segment.discontinuity || mapUri !== before?.mapUri)) {
    text += `${tags.map}:${attributeList({ URI: { quoted: mapUri } })}\n`;
  }
  if (programDateAtMs !== undefined) text += `${tags.programDateTime}:${date(programDateAtMs)}\n`;
  text += `${tags.segment}:${seconds(segment.durationMs)},\n`;
  if (byteRange) text += `${tags.byteRange}:${byteRange.bytes}@${byteRange.fromByte}\n`;
  return `${text}${segment.uri}\n`;
}

/** Writes a media playlist; equal data gives equal bytes. UTF-8, LF, no byte order mark. */
export function writeMediaPlaylist(playlist: MediaPlaylist): string {
  const date = dateWriter();
  let text = header(playlist);
  let before: MediaSegment | undefined;
  for (const segment of playlist.segments) {
    text += segmentLines(segment, before, date);
    before = segment;
  }
  return playlist.ended ? `${text}${tags.end}\n` : text;
}
