import type { Id } from '../contract/ids.ts';
import type { AddedTrack } from './added-track.ts';
import type { AudioRecord } from './audio-record.ts';
import { audioCodec } from './ladder.ts';
import type { PackageManifest } from './package-manifest.ts';

type Cmaf = NonNullable<PackageManifest['cmaf']>;
type Track = PackageManifest['subtitles'][number];

/** Subtitles that are cut at cells, once for the clock of each package. */
export type MadeSubtitles = { readonly path: string; readonly files: Track['files'] };

/** An added track whose media is on the shelf. */
export type MadeTrack =
  | { readonly track: AddedTrack & { readonly kind: 'audio' }; readonly sound: AudioRecord }
  | {
      readonly track: AddedTrack & { readonly kind: 'subtitles' };
      readonly texts: Readonly<Record<'ts' | 'cmaf', MadeSubtitles>>;
    };

/** How the manifest names one language of the sound; `record` must have its segments of package cmaf. */
export function soundTrack(
  { language, name }: Pick<AddedTrack, 'language' | 'name'>,
  { path, cmaf }: Pick<AudioRecord, 'path' | 'cmaf'>,
): Track {
  if (cmaf === undefined) throw new Error(`The sound in ${language} has no segments of its own.`);
  const { files, averageBps, peakBps } = cmaf;
  return { language, name, isDefault: false, path, codecs: audioCodec, averageBps, peakBps, files };
}

/** "All EXT-X-MEDIA tags in the same Group MUST have different NAME attributes" (RFC 8216bis, 4.4.6.1.1). */
function withNames(tracks: readonly Track[]): Track[] {
  return tracks.map((track, at) => {
    const isTaken = tracks.slice(0, at).some(({ name }) => name === track.name);
    return { ...track, name: isTaken ? `${track.name} (${track.language})` : track.name, isDefault: at === 0 };
  });
}

/** A track takes the place of the one in its language, or the last place. */
function placed(tracks: readonly Track[], added: readonly Track[]): Track[] {
  const next = [...tracks];
  for (const track of added) {
    const at = next.findIndex(({ language }) => language.toLowerCase() === track.language.toLowerCase());
    next.splice(at < 0 ? next.length : at, at < 0 ? 0 : 1, track);
  }
  return withNames(next);
}

const textTrack = ({ language, name }: AddedTrack, texts: MadeSubtitles): Track => ({
  ...{ language, name, ...texts },
  isDefault: false,
});

/**
 * The manifest of a film with added tracks: pictures, main sound, posters and marks are those of its base, by the same storage
 * keys. `cmaf` is the base's package of that kind with at least its own sound; it may be left out where no sound is added.
 */
export function withTracks(
  base: PackageManifest,
  revision: Id,
  made: readonly MadeTrack[],
  cmaf: Cmaf | undefined = base.cmaf,
): PackageManifest {
  if (made.length === 0) return base;
  const sounds = made.flatMap((one) => ('sound' in one ? [soundTrack(one.track, one.sound)] : []));
  const texts = (name: 'ts' | 'cmaf'): Track[] =>
    made.flatMap((one) => ('texts' in one ? [textTrack(one.track, one.texts[name])] : []));
  const languages = cmaf === undefined ? base.languages : placed(cmaf.audio, sounds).map(({ language }) => language);
  return {
    ...base,
    ...{ revision, languages },
    base: base.revision,
    subtitles: placed(base.subtitles, texts('ts')),
    ...(cmaf === undefined
      ? {}
      : {
          cmaf: {
            ...cmaf,
            audio: placed(cmaf.audio, sounds),
            subtitles: placed(cmaf.subtitles, texts('cmaf')),
          },
        }),
  };
}
