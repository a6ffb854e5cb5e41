import type { PackageManifest, packageTrackSchema } from './package-manifest.ts';
import type { z } from 'zod';

/** A stored file of a package: where it lies, and its size in bytes where the manifest says it. */
export interface PackageFile {
  readonly key: string;
  readonly bytes?: number;
}

type Track = z.infer<typeof packageTrackSchema>;
interface Files {
  readonly name: string;
  readonly files: readonly { readonly bytes: number }[];
}
type Chunks = PackageManifest['ts']['chunks'];

const fiveDigits = (segment: number): string => String(segment).padStart(5, '0');

/** Folder of the chunk that holds a segment; chunks tile the film in order. */
function chunkFolder(chunks: Chunks, segment: number): string | undefined {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.firstSegment ?? Infinity) <= segment) low = middle;
    else high = middle - 1;
  }
  const chunk = chunks[low];
  return chunk && segment < chunk.firstSegment + chunk.segments ? chunk.path : undefined;
}

function segmentFile(chunks: Chunks, rung: Files, segment: number, extension: string): PackageFile | undefined {
  const folder = chunkFolder(chunks, segment);
  const file = rung.files[segment];
  return folder === undefined || file === undefined
    ? undefined
    : { key: `${folder}/${rung.name}/${fiveDigits(segment)}.${extension}`, bytes: file.bytes };
}

function trackFile(track: Track | undefined, file: string): PackageFile | undefined {
  if (track === undefined) return undefined;
  if (file === 'init.mp4') return { key: `${track.path}/init.mp4` };
  const bytes = track.files[Number.parseInt(file, 10)]?.bytes;
  return bytes === undefined ? undefined : { key: `${track.path}/${file}`, bytes };
}

function cmafFile(manifest: PackageManifest, rendition: string, file: string): PackageFile | undefined {
  const { cmaf } = manifest;
  if (cmaf === undefined) return undefined;
  if (rendition.startsWith('audio-')) {
    const language = rendition.slice('audio-'.length);
    return trackFile(
      cmaf.audio.find((track) => track.language === language),
      file,
    );
  }
  if (rendition.startsWith('subtitles-')) {
    const language = rendition.slice('subtitles-'.length);
    return trackFile(
      cmaf.subtitles.find((track) => track.language === language),
      file,
    );
  }
  const rung = cmaf.rungs.find((each) => each.name === rendition);
  if (rung === undefined) return undefined;
  if (file === 'init.mp4') return { key: rung.init, bytes: rung.initFile.bytes };
  return segmentFile(cmaf.chunks, rung, Number.parseInt(file, 10), 'm4s');
}

function picture(keys: readonly string[], number: number): PackageFile | undefined {
  const key = keys[number];
  return key === undefined ? undefined : { key };
}

/**
 * Where a file of a playback path (`ts/720p/00012.ts`, `poster.jpg`) lies in the store; undefined for playlists and for
 * what the film does not have. Folders come from the manifest alone, never from the path.
 */
export function packageFile(manifest: PackageManifest, file: string): PackageFile | undefined {
  const [folder = '', rendition = '', name = ''] = file.split('/');
  switch (folder) {
    case 'ts': {
      const rung = manifest.ts.rungs.find((each) => each.name === rendition);
      return rung && name.endsWith('.ts')
        ? segmentFile(manifest.ts.chunks, rung, Number.parseInt(name, 10), 'ts')
        : undefined;
    }
    case 'cmaf':
      return name.endsWith('.m3u8') ? undefined : cmafFile(manifest, rendition, name);
    case 'subtitles':
      return name.endsWith('.vtt')
        ? trackFile(
            manifest.subtitles.find((track) => track.language === rendition),
            name,
          )
        : undefined;
    case 'storyboard':
      return picture(manifest.storyboard?.tiles ?? [], Number.parseInt(rendition, 10));
    case 'poster.jpg':
      return picture(manifest.posters, 0);
    default: {
      const number = /^poster-([0-9])\.jpg$/.exec(folder)?.[1];
      return number === undefined ? undefined : picture(manifest.posters, Number(number));
    }
  }
}
