import type { PackageManifest } from '../../media/film/package-manifest.ts';
import type { PackageFacts } from './film-record.ts';

/** What the library keeps of a manifest in the film's document. */
export const packageFactsOf = (manifest: PackageManifest): PackageFacts => ({
  durationMs: manifest.durationMs,
  segments: manifest.segments,
  rungs: manifest.ts.rungs.map(({ name, width, height, bandwidthBps }) => ({ name, width, height, bandwidthBps })),
  languages: manifest.languages,
  subtitles: manifest.subtitles.map((track) => track.language),
  packages: manifest.cmaf === undefined ? ['ts'] : ['ts', 'cmaf'],
  hasPoster: manifest.posters.length > 0,
  posters: manifest.posters.length,
  hasStoryboard: manifest.storyboard !== undefined,
  ...(manifest.chapters === undefined ? {} : { chapters: manifest.chapters }),
  isChannelReady: manifest.channelReady !== undefined,
});
