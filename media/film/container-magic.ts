import type { FilmTrouble } from './film-problem-text.ts';

/** Containers that films may come in, by the name of the one demuxer that opens them; playlists are never among them. */
export const demuxers = ['mov', 'matroska', 'mpegts', 'mpeg', 'avi', 'flv', 'asf'] as const;
export type Demuxer = (typeof demuxers)[number];

const asfGuid = [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11];
const movBoxes = ['ftyp', 'moov', 'mdat', 'free', 'wide', 'skip', 'pnot'];

const text = (head: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...head.subarray(from, Math.min(to, head.length)));

/** Sync bytes every 188 bytes (192 on camera discs, four bytes late), anywhere in the first packet. */
function looksLikeTransportStream(head: Uint8Array): boolean {
  for (const packet of [188, 192]) {
    for (let start = 0; start < packet; start += 1) {
      if ([0, 1, 2, 3, 4].every((n) => head[start + n * packet] === 0x47)) return true;
    }
  }
  return false;
}

/**
 * Names the demuxer of a file from its first bytes (1,000 are enough), never from its name: what is none of these is not
 * shown to ffmpeg at all, so a playlist or script disguised as a film opens nothing (security.md M1, T01).
 */
export function demuxerOf(head: Uint8Array): Demuxer | undefined {
  if (movBoxes.includes(text(head, 4, 8))) return 'mov';
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return 'matroska';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 11) === 'AVI') return 'avi';
  if (text(head, 0, 3) === 'FLV') return 'flv';
  if (asfGuid.every((byte, at) => head[at] === byte)) return 'asf';
  if (head[0] === 0 && head[1] === 0 && head[2] === 1 && head[3] === 0xba) return 'mpeg';
  return looksLikeTransportStream(head) ? 'mpegts' : undefined;
}

const soundBeginnings: readonly (readonly [demuxer: string, ...beginnings: string[]])[] = [
  ['flac', 'fLaC'],
  ['ogg', 'OggS'],
  ['amr', '#!AMR'],
  ['mp3', 'ID3', '\xff\xfa', '\xff\xfb', '\xff\xf2', '\xff\xf3'],
  ['aac', '\xff\xf1', '\xff\xf9'],
];

/** The same for a file that only its sound is wanted of: recordings may come in formats of their own. */
export function soundDemuxerOf(head: Uint8Array): string | undefined {
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WAVE') return 'wav';
  const beginning = text(head, 0, 10);
  const known = soundBeginnings.find(([, ...beginnings]) => beginnings.some((start) => beginning.startsWith(start)));
  return known?.[0] ?? demuxerOf(head);
}

/** First bytes of what people upload in place of a film. */
const strangers: readonly (readonly [trouble: FilmTrouble, ...beginnings: string[]])[] = [
  ['unsupported_container/picture', '\x89PNG', 'GIF8', '\xff\xd8\xff', 'BM', 'II*\0', 'MM\0*'],
  // Office documents are ZIP archives, older ones begin with the last of these.
  ['unsupported_container/archive', 'PK\x03\x04', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', '%PDF', '\xd0\xcf\x11\xe0'],
  ['unsupported_container/program', 'MZ', '\x7fELF'],
  ['unsupported_container/sound', 'ID3', 'fLaC', '#!AMR', '\xff\xf1', '\xff\xf9', '\xff\xfa', '\xff\xfb', '\xff\xf3'],
  ['unsupported_container/real_media', '.RMF'],
];
const playlistText = /^\s*(?:#EXTM3U|ffconcat|\[playlist\]|(?:<\?xml[^>]*>\s*)?<(?:MPD|SmoothStreamingMedia|asx))/i;
const pageText = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml)/i;

/** Says what a file is that no demuxer opens, by its first bytes. */
export function strangerOf(head: Uint8Array): FilmTrouble {
  const beginning = text(head, 0, 400);
  if (playlistText.test(beginning)) return 'unsupported_container/playlist';
  if (pageText.test(beginning)) return 'unsupported_container/page';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WAVE') return 'unsupported_container/sound';
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return 'unsupported_container/picture';
  const known = strangers.find(([, ...beginnings]) => beginnings.some((start) => beginning.startsWith(start)));
  return known?.[0] ?? 'unsupported_container';
}
