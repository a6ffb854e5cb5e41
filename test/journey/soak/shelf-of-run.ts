import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cellsOf } from '../../../media/film/chunks.ts';
import { openDiskStorage } from '../../../media/storage/disk-storage.ts';
import { revisionPrefix, segmentNumber } from '../../../media/storage/keys.ts';
import type { Storage } from '../../../media/storage/storage.ts';
import { needPlan, readAudioRecord, readManifest } from '../../../transcoder/shelf.ts';
import { digestsOf, type SoakFilm } from './soak-films.ts';

/** Proves that a film is whole, made once, and equal to an undisturbed encode; answers its number of chunks. */
export async function expectWhole(dataDir: string, film: SoakFilm, revision: string): Promise<number> {
  const storage = await openDiskStorage(join(dataDir, 'media'));
  const [plan, manifest] = [await needPlan(storage, revision), await readManifest(storage, revision)];
  if (manifest === undefined) throw new Error(`${film.name} has no manifest.`);
  expect(manifest.segments).toBe(cellsOf(manifest.durationMs));
  for (const { name, files } of [...manifest.ts.rungs, ...(manifest.cmaf?.rungs ?? [])])
    expect(files.length, `${film.name} ${name}`).toBe(manifest.segments);
  expect(digestsOf(manifest), film.name).toEqual(film.digests);
  for (const { path, firstSegment, segments } of manifest.ts.chunks)
    for (const { name, files } of manifest.ts.rungs)
      for (let cell = firstSegment; cell < firstSegment + segments; cell += 1) {
        const key = `${path}/${name}/${segmentNumber(cell)}.ts`;
        expect(await digestOf(storage, key), key).toBe(files[cell]?.sha256);
      }
  const audio = await Promise.all(plan.audio.map(({ language }) => readAudioRecord(storage, revision, language)));
  const named = [
    ...manifest.ts.chunks.map(({ path }) => path),
    ...audio.map((record) => record?.path ?? ''),
    manifest.posters[0]?.split('/').slice(0, -1).join('/') ?? '',
  ];
  expect(await foldersOf(storage, revision), `folders of ${film.name}`).toEqual([...named].sort());
  return plan.chunks.length;
}

const digestOf = async (storage: Storage, key: string): Promise<string> =>
  createHash('sha256')
    .update(await storage.read(key))
    .digest('hex');

/** Folders of attempts in a revision: whatever is not a record. */
async function foldersOf(storage: Storage, revision: string): Promise<readonly string[]> {
  const folders = new Set<string>();
  for await (const { key } of storage.list(revisionPrefix(revision))) {
    const parts = key.split('/');
    if (parts.length > 4) folders.add(parts.slice(0, 4).join('/'));
    // Records and papers: plan, manifest, one of each chunk and language.
    else expect(key).toMatch(/\/(plan|manifest|chunks\/\d{5}|audio\/[\w-]+)\.json$/);
  }
  return [...folders].sort();
}

/** Folders of half-made files of jobs: a worker at rest has none but fetched sources. */
export async function halfMade(dataDir: string): Promise<readonly string[]> {
  const jobs = join(dataDir, 'work', 'jobs');
  const workers = await readdir(jobs);
  const inside = await Promise.all(
    workers.map(async (name) => (await readdir(join(jobs, name))).map((each) => `${name}/${each}`)),
  );
  return inside.flat().filter((name) => !name.endsWith('/sources'));
}
