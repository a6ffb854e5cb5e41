import { LRUCache } from 'lru-cache';
import { type ChunkRecord, chunkRecordSchema } from '../../media/film/chunk-record.ts';
import { type DeclaredRung, filmMediaPlaylist, tsMultivariant } from '../../media/film/film-playlists.ts';
import { boundOf, houseLadder } from '../../media/film/ladder.ts';
import type { PackageFile } from '../../media/film/package-files.ts';
import { chunkRecordKey, segmentNumber } from '../../media/storage/keys.ts';
import { type Storage, StorageMissing } from '../../media/storage/storage.ts';
import type { FilmOnShelf } from './film-on-shelf.ts';

/** How old the answer may be, in ms: playlists of a growing film are asked for every few seconds. */
const freshForMs = 1500;

interface Grown {
  readonly atMs: number;
  readonly records: readonly ChunkRecord[];
}

async function readRecord(storage: Storage, revision: string, chunk: number): Promise<ChunkRecord | undefined> {
  try {
    const text = await storage.read(chunkRecordKey(revision, chunk));
    return chunkRecordSchema.parse(JSON.parse(text.toString('utf8')));
  } catch (error) {
    if (error instanceof StorageMissing) return undefined;
    throw error;
  }
}

/** Every whole chunk from the film's start on without a hole: only those can be played. */
async function grow(storage: Storage, revision: string, known: readonly ChunkRecord[]): Promise<ChunkRecord[]> {
  const records = [...known];
  for (;;) {
    const record = await readRecord(storage, revision, records.length);
    if (record === undefined) return records;
    records.push(record);
  }
}

function declared(record: ChunkRecord): DeclaredRung[] {
  return record.ts.flatMap(({ name, codecs }) => {
    const bandwidthBps = boundOf(name);
    if (bandwidthBps === 0) return [];
    const house = houseLadder.find((rung) => rung.name === name);
    return [
      {
        ...{ name, codecs, bandwidthBps },
        width: house?.width ?? 0,
        height: house?.height ?? 0,
        frameRate: house?.maxFrameRate ?? 0,
      },
    ];
  });
}

function segmentFile(records: readonly ChunkRecord[], name: string): PackageFile | undefined {
  const [, rungName, digits] = /^ts\/([^/]+)\/([0-9]{5})\.ts$/.exec(name) ?? [];
  const segment = Number(digits);
  const record = records.find((each) => segment >= each.firstCell && segment < each.firstCell + each.cells);
  const rung = record?.ts.find((each) => each.name === rungName);
  const file = rung?.files[segment - (record?.firstCell ?? 0)];
  if (record === undefined || rung === undefined || file === undefined) return undefined;
  return { key: `${record.path}/${rung.name}/${segmentNumber(segment)}.ts`, bytes: file.bytes };
}

function filmOf(records: readonly ChunkRecord[]): FilmOnShelf | undefined {
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const segments = last.firstCell + last.cells;
  const rungs = new Set(first.ts.map((rung) => `ts/${rung.name}/media.m3u8`));
  return {
    finished: false,
    file: (name) => segmentFile(records, name),
    playlist: (name) => {
      if (name === 'ts/multivariant.m3u8') return tsMultivariant(declared(first));
      return rungs.has(name) ? filmMediaPlaylist(segments, 'ts', false) : undefined;
    },
  };
}

/** Finds what is there of a film while it is encoded, from the records of its chunks (house-profile.md 1). */
export function unfinishedFilm(
  storage: Storage,
  clock: () => number,
): (revision: string) => Promise<FilmOnShelf | undefined> {
  const films = new LRUCache<string, Grown>({ max: 64 });
  return async (revision) => {
    const before = films.get(revision);
    if (before !== undefined && Math.abs(clock() - before.atMs) < freshForMs) return filmOf(before.records);
    const records = await grow(storage, revision, before?.records ?? []);
    films.set(revision, { atMs: clock(), records });
    return filmOf(records);
  };
}
