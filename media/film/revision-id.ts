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
  ]);
