import { acceptedCodecs, sourceLimits } from '../../media/film/source-verdict.ts';

/** An untrusted file and the one demuxer that may open it. */
export type GuardedSource = { readonly file: string; readonly demuxer: string };

const codecs = [...acceptedCodecs.video, ...acceptedCodecs.audio, ...acceptedCodecs.subtitle].join(',');

/**
 * Options that stand before every untrusted input (security.md 3): one demuxer by name, no protocol but `file`, decoders by
 * allow-list, limits on pixels, streams and how much is looked at.
 */
export const guardOptions = (source: GuardedSource): readonly string[] => [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  source.demuxer,
  '-codec_whitelist',
  codecs,
  '-max_pixels',
  String(sourceLimits.pixels),
  '-max_streams',
  String(sourceLimits.streams),
  '-probesize',
  '20M',
  '-analyzeduration',
  '20M',
  '-f',
  source.demuxer,
];

/** The `file:` prefix makes `concat:` and its like literal names (security.md M3). */
export const inputName = (file: string): string => `file:${file}`;
