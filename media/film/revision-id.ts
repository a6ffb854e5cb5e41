import type { EncodeOptions } from './encode-plan.ts';
import { recipe } from './recipe.ts';

/**
 * What a revision's id is a digest of: source, recipe and options, so the same work has the same id and is known before
 * the first chunk (house-profile.md 1). The caller hashes the text (SHA-256) and writes it with `idOfDigest`.
 */
export const revisionText = (sourceSha256: string, options: EncodeOptions): string =>
  JSON.stringify([
    'yuanbo revision',
    recipe,
    sourceSha256,
    options.language,
    options.loudnessLufs,
    options.with1440p,
    options.package,
    // Only where it is asked for, so that other revisions keep their names.
    ...(options.hevc2160p ? ['hevc2160p'] : []),
    ...(options.highestRung === '2160p' ? [] : ['highest', options.highestRung]),
  ]);

/** One added track as far as it makes a revision: its media is named by a digest. */
export type TrackIdentity = {
  readonly kind: string;
  readonly language: string;
  readonly name: string;
  readonly media: string;
};

/** What the id of a revision with added tracks is a digest of. */
export const trackRevisionText = (base: string, tracks: readonly TrackIdentity[]): string =>
  JSON.stringify([
    'yuanbo tracks',
    base,
    tracks.map(({ kind, language, name, media }) => [kind, language, name, media]),
  ]);

/** What the id of the media of one added track is a digest of; it is made once for a base, and shared by its revisions. */
export const trackMediaText = (base: string, kind: string, language: string, sourceSha256: string): string =>
  JSON.stringify(['yuanbo track', recipe, base, kind, language, sourceSha256]);
