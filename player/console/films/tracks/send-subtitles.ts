import { call } from '../../session/api.ts';

/** What is sent with a file of subtitles. */
export interface SubtitleWords {
  readonly language: string;
  readonly name?: string;
  readonly filename?: string;
}

/** Adds subtitles to a film, or replaces those of the language; rejects with what is wrong in the file. */
export const sendSubtitles = (filmId: string, bytes: Uint8Array, words: SubtitleWords) =>
  call('addSubtitles', {
    params: { id: filmId },
    body: { kind: 'subtitles', ...words, content: base64Of(bytes) },
  });

/** Piece by piece: a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(pieces.join(''));
}
