import { type PackageFile, packageFile } from './package-files.ts';
import type { PackageManifest } from './package-manifest.ts';
import type { mergedTracks } from './merged-mp4.ts';

/** A stored file of known size. */
type StoredPart = Required<PackageFile>;

/** A film as one file that plays from a stick, made by joining what is stored. */
export type FilmForStick = { readonly rung: string; readonly language: string } & (
  | {
      /** The rung's MPEG-TS segments one after another: they were muxed as one stream (house-profile.md 3). */
      readonly kind: 'ts';
      readonly parts: readonly StoredPart[];
    }
  | {
      /** Fragmented MP4: a joined init segment, then picture and sound of each cell. */
      readonly kind: 'mp4';
      readonly frameRate: number;
      readonly inits: { readonly video: PackageFile; readonly audio: PackageFile };
      readonly parts: readonly (StoredPart & {
        readonly track: keyof typeof mergedTracks;
        readonly sequence: number;
      })[];
    }
);

/** What is wanted; the main language on the best rung where nothing is said. */
export interface StickWish {
  readonly language?: string | undefined;
  readonly rung?: string | undefined;
}

/** Why there is no such file, with what there is instead. */
export interface NoSuchFile {
  readonly missing: 'language' | 'rung';
  readonly known: readonly string[];
}

const digits = (segment: number): string => String(segment).padStart(5, '0');

/** Puts the file together: MPEG-TS, which every television plays, for the main language, MP4 for another one. */
export function filmForStick(manifest: PackageManifest, wish: StickWish): FilmForStick | NoSuchFile {
  const language = wish.language ?? manifest.languages[0] ?? 'und';
  const isMain = language === (manifest.languages[0] ?? 'und');
  if (!isMain && !manifest.languages.includes(language)) return { missing: 'language', known: manifest.languages };
  // H.264 only: what plays everywhere.
  const known = (isMain ? manifest.ts.rungs : (manifest.cmaf?.rungs ?? [])).filter(
    ({ height, codecs }) => height > 0 && codecs.startsWith('avc1'),
  );
  const rung = wish.rung === undefined ? known[0] : known.find(({ name }) => name === wish.rung);
  if (rung === undefined) return { missing: 'rung', known: known.map(({ name }) => name) };
  const cells = Array.from({ length: manifest.segments }, (_none, cell) => cell);
  const need = (file: string): StoredPart => {
    const { key, bytes } = packageFile(manifest, file) ?? {};
    if (key === undefined || bytes === undefined) throw new Error(`The manifest has no ${file}.`);
    return { key, bytes };
  };
  if (isMain) {
    const parts = cells.map((cell) => need(`ts/${rung.name}/${digits(cell)}.ts`));
    return { kind: 'ts', rung: rung.name, language, parts };
  }
  const folders = { video: `cmaf/${rung.name}`, audio: `cmaf/audio-${language}` };
  const init = (track: 'video' | 'audio'): PackageFile => {
    const file = packageFile(manifest, `${folders[track]}/init.mp4`);
    if (file === undefined) throw new Error(`The manifest has no init segment in ${folders[track]}.`);
    return file;
  };
  return {
    kind: 'mp4',
    frameRate: rung.frameRate,
    rung: rung.name,
    language,
    inits: { video: init('video'), audio: init('audio') },
    parts: cells.flatMap((cell) =>
      (['video', 'audio'] as const).map((track, at) => ({
        ...need(`${folders[track]}/${digits(cell)}.m4s`),
        track,
        sequence: 2 * cell + at + 1,
      })),
    ),
  };
}
