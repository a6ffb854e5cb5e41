/** Every storage key of the product is made here, from ids and numbers, never from user text. */

/** The uploaded original of a film. */
export const sourceKey = (filmId: string): string => `sources/${filmId}/source`;
/** Pictures that people sent for a film live below this. */
export const posterPrefix = (filmId: string): string => `posters/${filmId}/`;
/** One of them, as it is served; `picture` is the digest of what it was drawn from. */
export const posterKey = (filmId: string, picture: string): string => `posters/${filmId}/${picture}.jpg`;
/** Everything of the copy that owner and reviewers watch before the film is encoded lives below this. */
export const reviewCopiesPrefix = 'reviews/';
export const reviewCopyPrefix = (filmId: string): string => `${reviewCopiesPrefix}${filmId}/`;
/** Says what of the copy is there; written again as it grows. */
export const reviewCopyKey = (filmId: string): string => `reviews/${filmId}/copy.json`;
/** Folder of one attempt at the copy, without a slash at its end. */
export const reviewCopyFolder = (filmId: string, attempt: string): string => `reviews/${filmId}/${attempt}`;
/** All files of a revision live below this. */
export const revisionPrefix = (revision: string): string => `revisions/${revision}/`;
/** The encode plan of a revision: facts, ladder, chunks; written once by the `prepare` job. */
export const encodePlanKey = (revision: string): string => `revisions/${revision}/plan.json`;
/** Says that a chunk is whole and which folder holds it; the first attempt that puts it wins. */
export const chunkRecordKey = (revision: string, chunk: number): string =>
  `revisions/${revision}/chunks/${String(chunk).padStart(5, '0')}.json`;
/** Chunk records and the folders of their attempts live below this. */
export const chunksPrefix = (revision: string): string => `revisions/${revision}/chunks/`;
/** Folder of one attempt at a chunk, without a slash at its end; `attempt` is a token of the worker. */
export const chunkFolder = (revision: string, chunk: number, attempt: string): string =>
  `revisions/${revision}/chunks/${String(chunk).padStart(5, '0')}-${attempt}`;
/** Audio records and the folders of their attempts live below this. */
export const audioPrefix = (revision: string): string => `revisions/${revision}/audio/`;
/** Says that a language of the film is encoded; the first attempt that puts it wins. `language` is a BCP 47 tag of a plan. */
export const audioRecordKey = (revision: string, language: string): string =>
  `revisions/${revision}/audio/${language}.json`;
/** Folder of one attempt at a language, without a slash at its end. */
export const audioFolder = (revision: string, language: string, attempt: string): string =>
  `revisions/${revision}/audio/${language}-${attempt}`;
/** Folder of what one attempt at `finish` made (posters, storyboard, subtitles), without a slash at its end. */
export const extrasFolder = (revision: string, attempt: string): string => `revisions/${revision}/extras/${attempt}`;
/** Records of parts that were found damaged live below this until the film is whole. */
export const droppedPrefix = (revision: string): string => `revisions/${revision}/dropped/`;
/** The record of a part (`00012` or a language) that was found damaged, once for each time that people ask for the film. */
export const droppedKey = (revision: string, part: string, asked: string): string =>
  `revisions/${revision}/dropped/${part}-${asked}.json`;
/** What was made for tracks that were added to a revision later; it lives and goes with the revision. */
const addedPrefix = (revision: string): string => `revisions/${revision}/added/`;
/** Says that the media of an added track is whole; `media` is the digest of what it is made from. */
export const addedTrackKey = (revision: string, media: string): string => `${addedPrefix(revision)}${media}.json`;
/** Folder of one attempt at an added track, without a slash at its end. */
export const addedTrackFolder = (revision: string, media: string, attempt: string): string =>
  `${addedPrefix(revision)}${media}-${attempt}`;
/** Says that the pictures of a chunk were copied into package cmaf; and the folder of one attempt. */
export const addedChunkKey = (revision: string, chunk: number): string =>
  `${addedPrefix(revision)}cmaf-${segmentNumber(chunk)}.json`;
export const addedChunkFolder = (revision: string, chunk: number, attempt: string): string =>
  `${addedPrefix(revision)}cmaf-${segmentNumber(chunk)}-${attempt}`;
/** Written last; nothing is a film without it. */
export const manifestKey = (revision: string): string => `revisions/${revision}/manifest.json`;
/** Five digits, as in `00012.ts`. */
export const segmentNumber = (segment: number): string => String(segment).padStart(5, '0');
