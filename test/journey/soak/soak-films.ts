import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageManifest } from '../../../media/film/package-manifest.ts';
import { segmentNumber } from '../../../media/storage/keys.ts';
import { tsBaseTicks } from '../../../transcoder/package/write-ts-segment.ts';
import { segmentFindings } from '../../../transcoder/conform.ts';
import { ffmpeg, makeSource, openBench } from '../transcoder-fixture.ts';

/** A small film, and what becomes of it. */
export interface SoakFilm {
  readonly name: string;
  /** Its bytes with a mark that makes them another upload and changes nothing of what they show. */
  readonly marked: (mark: string) => Buffer;
  /** SHA-256 of every segment by name, as one undisturbed pass gives them; undefined for a film that must be refused. */
  readonly digests: ReadonlyMap<string, string> | undefined;
}

const freeBox = (mark: string): Buffer => {
  const box = Buffer.alloc(8 + mark.length);
  box.writeUInt32BE(box.length);
  box.write(`free${mark}`, 4, 'latin1');
  return box;
};
/** Void, of fewer than 127 bytes (RFC 8794, 11.3.2). */
const voidElement = (mark: string): Buffer =>
  Buffer.from(`\xec${String.fromCharCode(0x80 | mark.length)}${mark}`, 'latin1');

const recipes: readonly {
  readonly name: string;
  readonly make: (path: string) => void;
  readonly mark: (mark: string) => Buffer;
  readonly breakIt?: (bytes: Buffer) => Buffer;
}[] = [
  { name: 'stereo.mp4', make: (path) => makeSource(path, 's=160x90:r=25', 47), mark: freeBox },
  {
    name: 'cut-off.mp4',
    make: (path) => makeSource(path, 's=160x90:r=25', 20),
    // The table of contents stands at the end.
    breakIt: (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.6)),
    mark: freeBox,
  },
  {
    name: 'ntsc-mono.mkv',
    make: (path) => makeSource(path, 's=160x90:r=30000/1001', 46, ['-ac', '1']),
    mark: voidElement,
  },
  {
    name: 'silent-4x3.mov',
    make: (path) =>
      void ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=24:d=47', '-c:v', 'libx264', '-preset', 'ultrafast', path),
    mark: freeBox,
  },
  {
    name: 'two-languages.mp4',
    make: (path) =>
      void ffmpeg(
        ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=46', '-f', 'lavfi', '-i', 'sine=f=300:d=46'],
        ...['-f', 'lavfi', '-i', 'sine=f=900:d=46', '-map', '0', '-map', '1', '-map', '2', '-c:a', 'aac'],
        ...['-metadata:s:a:0', 'language=chi', '-metadata:s:a:1', 'language=tib'],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', path],
      ),
    mark: freeBox,
  },
];

/** Makes the first so many films; each is encoded once, undisturbed, as what every run is compared with. */
export async function makeSoakFilms(folder: string, count: number): Promise<readonly SoakFilm[]> {
  const films: SoakFilm[] = [];
  for (const { name, make, mark, breakIt } of recipes.slice(0, count)) {
    const path = join(folder, name);
    make(path);
    const whole = await readFile(path);
    const bytes = breakIt?.(whole) ?? whole;
    await writeFile(path, bytes);
    films.push({
      name,
      marked: (text) => Buffer.concat([bytes, mark(text)]),
      digests: breakIt === undefined ? await undisturbed(path) : undefined,
    });
  }
  return films;
}

/** One pass without queue and server; every segment of package ts is looked at by our inspector. */
async function undisturbed(path: string): Promise<ReadonlyMap<string, string>> {
  const bench = await openBench();
  try {
    await bench.upload(path);
    const planned = await bench.prepare();
    if (planned.outcome !== 'planned') throw new Error(JSON.stringify(planned));
    const { manifest } = await bench.finish(planned.revision);
    for (const { path: folder, firstSegment, segments } of manifest.ts.chunks)
      for (const { name, frameRate } of manifest.ts.rungs)
        for (let cell = firstSegment; cell < firstSegment + segments; cell += 1) {
          const segment = await bench.storage.read(`${folder}/${name}/${segmentNumber(cell)}.ts`);
          const findings = segmentFindings(segment, { cell, frameRate, baseTicks: tsBaseTicks });
          if (findings.length > 0) throw new Error(`${name} ${cell}: ${findings.join(', ')}`);
        }
    return digestsOf(manifest);
  } finally {
    await bench.close();
  }
}

/** SHA-256 of every segment that a manifest names, by names that do not tell which attempt made it. */
export function digestsOf({ ts, cmaf }: PackageManifest): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  const add = (name: string, files: readonly { readonly sha256: string }[]): void =>
    files.forEach(({ sha256 }, cell) => digests.set(`${name}/${segmentNumber(cell)}`, sha256));
  for (const { name, files } of ts.rungs) add(`ts/${name}`, files);
  for (const { name, files } of cmaf?.rungs ?? []) add(`cmaf/${name}`, files);
  for (const { language, files } of cmaf?.audio ?? []) add(`cmaf/${language}`, files);
  return digests;
}
