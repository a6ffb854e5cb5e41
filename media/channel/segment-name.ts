import type { PackageKind, RevisionFacts } from '../plan/timeline.ts';

/** What one media playlist carries: a rung of the ladder, or an audio language of package `cmaf` (`audio-zh-CN`). */
export interface Rendition {
  readonly package: PackageKind;
  readonly name: string;
}

/** Name of the rung with sound only. */
export const AUDIO_RUNG = 'audio';

/** File name of a segment: five digits from 0. */
export function segmentFile(kind: PackageKind, segment: number): string {
  // Five digits of a sixth one are cheaper than padding, and playlists are nothing but these names.
  return String(100_000 + segment).slice(1) + (kind === 'ts' ? '.ts' : '.m4s');
}

/** Name of the rendition of one audio language of package `cmaf`. */
export function audioRendition(language: string): string {
  return `audio-${language}`;
}

/**
 * Which rendition of a revision serves a wanted one: itself, else the next lower rung, else the next higher; missing sound
 * alone is served by the lowest rung, of which players hear the sound; a missing
 * language is served by the main one. `ladder` names the house rungs from the highest to the lowest (house-profile.md 4).
 */
export function servingRendition(facts: RevisionFacts, rendition: Rendition, ladder: readonly string[]): string {
  const { name } = rendition;
  if (name.startsWith('audio-')) {
    const languages = facts.languages ?? [];
    if (languages.includes(name.slice('audio-'.length))) return name;
    return audioRendition(languages[0] ?? 'und');
  }
  if (facts.rungs.includes(name)) return name;
  const pictures = ladder.filter((rung) => rung !== AUDIO_RUNG);
  const at = name === AUDIO_RUNG ? pictures.length : pictures.indexOf(name);
  const nearest = [...pictures.slice(at + 1), ...pictures.slice(0, Math.max(at, 0)).reverse()];
  return nearest.find((rung) => facts.rungs.includes(rung)) ?? name;
}

/** Folder of a revision's segments as a live playlist of `rendition` names it, with the slash at its end. */
export function segmentFolder(wanted: Rendition, serving: string, revision: string): string {
  return serving === wanted.name ? `${revision}/` : `../${serving}/${revision}/`;
}
