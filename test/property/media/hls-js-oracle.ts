import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, build } from 'vite';

/** hls.js's own reading of one playlist, as far as we look at it. */
interface LevelDetails {
  readonly playlistParsingError: Error | null;
  readonly startSN: number;
  readonly endSN: number;
  readonly live: boolean;
  readonly fragments: readonly { readonly sn: number; readonly cc: number; readonly relurl: string }[];
}

/** hls.js's own reading of a multivariant playlist, as far as we look at it. */
interface MultivariantDetails {
  readonly playlistParsingError: Error | null;
  readonly levels: readonly {
    readonly url: string;
    readonly width?: number;
    readonly audioCodec?: string;
    readonly videoCodec?: string;
  }[];
}

interface HlsJsParts {
  parse(text: string): LevelDetails;
  parseMultivariant(text: string): MultivariantDetails;
  merge(before: LevelDetails, after: LevelDetails): void;
}

const entry = `
globalThis.self ??= globalThis;
import M3U8Parser from 'hls-source/loader/m3u8-parser';
import { mergeDetails } from 'hls-source/utils/level-helper';
const quiet = { log() {}, warn() {}, info() {}, debug() {}, error() {}, trace() {} };
export const parse = (text) =>
  M3U8Parser.parseLevelPlaylist(text, 'http://county/p/t/live/county/2026/ts/720p/live.m3u8', 0, 'main', 0, null, quiet);
export const parseMultivariant = (text) => M3U8Parser.parseMasterPlaylist(text, 'http://county/p/t/vod/multivariant.m3u8');
export const merge = (before, after) => mergeDetails(before, after, quiet);
`;

/** The published package holds its sources but not what they import; the parser needs no more than this of it. */
const foreign: Readonly<Record<string, string>> = {
  'url-toolkit': 'export const buildAbsoluteURL = (base, uri) => new URL(uri, base).href;',
  eventemitter3: 'export class EventEmitter {}',
};

function hlsSource(sourceFolder: string): Plugin {
  return {
    name: 'hls-source',
    enforce: 'pre',
    resolveId(id) {
      if (id === 'oracle-entry' || id in foreign) return `\0${id}`;
      if (id.startsWith('hls-source/')) return join(sourceFolder, `${id.slice('hls-source/'.length)}.ts`);
      return id.startsWith('@svta/') ? '\0svta' : undefined;
    },
    load(id) {
      if (id === '\0oracle-entry') return entry;
      if (id === '\0svta')
        return 'export const canParseId3 = 0, getId3Data = 0, getId3Timestamp = 0, getId3Frames = 0, utf8ArrayToStr = 0, isId3TimestampFrame = 0;';
      return id.startsWith('\0') ? foreign[id.slice(1)] : undefined;
    },
  };
}

/** Bundles hls.js's playlist parser and its merging of refreshed playlists from the sources in its package. */
export async function loadHlsJs(): Promise<HlsJsParts> {
  const source = join(import.meta.dirname, '../../../node_modules/hls.js/src');
  const flags = ['M2TS_ADVANCED_CODECS', 'EME_DRM', 'VARIABLE_SUBSTITUTION', 'MEDIA_CAPABILITIES', 'INTERSTITIALS'];
  const define = Object.fromEntries(
    [...flags, 'IFRAMES', 'ALT_AUDIO', 'SUBTITLES'].map((flag) => [`__USE_${flag}__`, 'true']),
  );
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { ...define, __VERSION__: '"oracle"', __IN_WORKER__: 'false' },
    plugins: [hlsSource(source)],
    build: {
      write: false,
      minify: false,
      ssr: true,
      rolldownOptions: { input: 'oracle-entry', output: { format: 'es' } },
    },
  });
  const [output] = [result].flat();
  if (!output || !('output' in output)) throw new Error('vite gave no bundle');
  const folder = await mkdtemp(join(tmpdir(), 'hls-js-oracle-'));
  try {
    const file = join(folder, 'oracle.mjs');
    await writeFile(file, output.output[0].code);
    return (await import(pathToFileURL(file).href)) as HlsJsParts;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A player that polls: remembers its last playlist and says what hls.js finds wrong with the next one. */
export function pollingPlayer(hls: HlsJsParts): (text: string) => string | undefined {
  let before: LevelDetails | undefined;
  return (text) => {
    const details = hls.parse(text);
    const fault = details.playlistParsingError?.message;
    if (fault !== undefined) return fault;
    try {
      if (before) hls.merge(before, details);
    } catch (error) {
      return `hls.js threw ${String(error)}`;
    }
    before = details;
    return details.playlistParsingError?.message;
  };
}
