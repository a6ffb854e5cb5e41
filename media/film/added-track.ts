import { z } from 'zod';
import { idSchema } from '../contract/ids.ts';
import { languageTagSchema } from './language-tag.ts';

export const trackKinds = ['audio', 'subtitles'] as const;
export type TrackKind = (typeof trackKinds)[number];

/** A language track or subtitles that were added to a film; its file lies at the source key of its id. */
export const addedTrackSchema = z.object({
  id: idSchema,
  kind: z.enum(trackKinds),
  /** BCP 47. */
  language: languageTagSchema,
  /** What viewers read in the menu. */
  name: z.string(),
});
export type AddedTrack = z.infer<typeof addedTrackSchema>;

const isLike = (one: Pick<AddedTrack, 'kind' | 'language'>, other: Pick<AddedTrack, 'kind' | 'language'>): boolean =>
  one.kind === other.kind && one.language.toLowerCase() === other.language.toLowerCase();

/** The tracks after a change; a film has one sound and one set of subtitles in each language. */
export function changeTracks<Track extends AddedTrack>(
  tracks: readonly Track[],
  change: { readonly add: Track } | { readonly remove: AddedTrack },
): readonly Track[] {
  if ('add' in change && tracks.some(({ id }) => id === change.add.id)) return tracks;
  return 'add' in change
    ? [...tracks.filter((track) => !isLike(track, change.add)), change.add]
    : tracks.filter(({ id }) => id !== change.remove.id);
}

/** Whether two lists are the same work. */
export const sameTracks = (
  one: readonly { readonly id: string }[],
  other: readonly { readonly id: string }[],
): boolean => one.length === other.length && one.every(({ id }, at) => id === other[at]?.id);
