import type { MediaPlaylist, MediaSegment } from './media-playlist.ts';
import { tags } from './tags.ts';

/** A segment with the numbers that its playlist gives it. */
export interface NumberedSegment extends MediaSegment {
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
}

/** A playlist that was read, or the line that cannot be read. */
export type ReadPlaylist =
  | { readonly ok: true; readonly playlist: MediaPlaylist; readonly segments: readonly NumberedSegment[] }
  | { readonly ok: false; readonly line: number; readonly message: string };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const milliseconds = (text: string): number => Math.round(Number.parseFloat(text) * 1000);
const attribute = (line: string, name: string): string | undefined => {
  const found = new RegExp(`[:,]${name}=(?:"([^"]*)"|([^,]*))`).exec(line);
  return found?.[1] ?? found?.[2];
};

/** Tags that belong to the whole playlist; the value is what stands behind the colon. */
const headers: Readonly<Record<string, (playlist: Mutable<MediaPlaylist>, value: string) => void>> = {
  [tags.targetDuration]: (playlist, value) => (playlist.targetDurationMs = Number(value) * 1000),
  [tags.mediaSequence]: (playlist, value) => (playlist.mediaSequence = Number(value)),
  [tags.discontinuitySequence]: (playlist, value) => (playlist.discontinuitySequence = Number(value)),
  [tags.playlistType]: (playlist, value) => (playlist.type = value === 'EVENT' ? 'EVENT' : 'VOD'),
  [tags.start]: (playlist, value) =>
    (playlist.startOffsetMs = milliseconds(attribute(`:${value}`, 'TIME-OFFSET') ?? '')),
  [tags.iFramesOnly]: (playlist) => (playlist.iFramesOnly = true),
  [tags.independentSegments]: (playlist) => (playlist.independentSegments = true),
  [tags.end]: (playlist) => (playlist.ended = true),
};

/** Tags that belong to the next segment. */
const marks: Readonly<Record<string, (next: Mutable<Partial<MediaSegment>>, value: string) => void>> = {
  [tags.discontinuity]: (next) => (next.discontinuity = true),
  [tags.map]: (next, value) => (next.mapUri = attribute(`:${value}`, 'URI') ?? ''),
  [tags.programDateTime]: (next, value) => (next.programDateAtMs = Date.parse(value)),
  [tags.segment]: (next, value) => (next.durationMs = milliseconds(value)),
  [tags.byteRange]: (next, value) => {
    const [bytes, fromByte] = value.split('@');
    next.byteRange = { bytes: Number(bytes), fromByte: Number(fromByte ?? 0) };
  },
};

/** Reads a media playlist of ours (or of ffmpeg) back into data; unknown tags are skipped as RFC 8216bis 6.3.1 asks. */
export function readMediaPlaylist(text: string): ReadPlaylist {
  const playlist: Mutable<MediaPlaylist> = { targetDurationMs: 0, segments: [] };
  const segments: NumberedSegment[] = [];
  let next: Mutable<Partial<MediaSegment>> = {};
  let discontinuities = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (index === 0 && line !== tags.playlist)
      return { ok: false, line: 1, message: 'A playlist begins with #EXTM3U.' };
    const [tag = '', value = ''] = /^([^:]*):?(.*)$/.exec(line)?.slice(1) ?? [];
    if (line.startsWith('#')) {
      headers[tag]?.(playlist, value);
      marks[tag]?.(next, value);
      continue;
    }
    if (line === '') continue;
    const { durationMs } = next;
    if (durationMs === undefined)
      return { ok: false, line: index + 1, message: 'A segment needs an EXTINF before it.' };
    if (next.discontinuity) discontinuities += 1;
    segments.push({
      ...next,
      durationMs,
      uri: line,
      mediaSequence: (playlist.mediaSequence ?? 0) + segments.length,
      discontinuitySequence: (playlist.discontinuitySequence ?? 0) + discontinuities,
    });
    next = next.mapUri === undefined ? {} : { mapUri: next.mapUri };
  }
  return { ok: true, playlist: { ...playlist, segments }, segments };
}
