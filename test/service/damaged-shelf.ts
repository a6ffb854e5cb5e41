import { createHash } from 'node:crypto';
import { truncate } from 'node:fs/promises';
import type { Id } from '../../media/contract/ids.ts';
import type { ChunkRecord } from '../../media/film/chunk-record.ts';
import type { AudioRecord } from '../../media/film/audio-record.ts';
import type { EncodePlan } from '../../media/film/encode-plan.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import {
  audioRecordKey,
  chunkRecordKey,
  encodePlanKey,
  manifestKey,
  segmentNumber,
  sourceKey,
} from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import { applyResult } from '../../server/library/apply-transcode-result.ts';
import type { Parts } from '../../server/parts.ts';
import { detectSandbox } from '../../transcoder/ffmpeg/sandbox.ts';
import { verifyRevision } from '../../transcoder/verify-revision.ts';
import type { MadeFilm } from './make-ready-film.ts';

const rungs = ['720p', '360p', '216p'];
const factOf = (content: Buffer) => ({
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});
const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const chunkPath = (revision: Id, attempt: string): string => `revisions/${revision}/chunks/00000-${attempt}`;
/** Where a segment of the film lies. */
export const segmentKeyOf = (film: MadeFilm, segment: number): string =>
  `${chunkPath(film.revision, 'test')}/360p/${segmentNumber(segment)}.ts`;

/** Gives a film of makeReadyFilm the upload, plan and records that an encode leaves, with the digests of what is stored. */
export async function recordShelf(parts: Parts, film: MadeFilm, plan: EncodePlan): Promise<void> {
  const { revision, segments } = film;
  const { storage } = parts;
  const sound = Buffer.from('sound');
  const soundPath = `revisions/${revision}/audio/zh-CN-test`;
  const cellOffsets = Array.from({ length: segments + 1 }, () => 0);
  const audio: AudioRecord = {
    ...{ schema: 1, revision, language: 'zh-CN', path: soundPath, measuredLufs: null, gainDb: 0, errorLines: 0 },
    high: { ...factOf(sound), cellOffsets },
    low: { ...factOf(sound), cellOffsets },
  };
  const facts: [string, Buffer][] = [
    [sourceKey(film.id), Buffer.from(plan.sourceSha256)],
    [encodePlanKey(revision), json(plan)],
    [audioRecordKey(revision, 'zh-CN'), json(audio)],
    [`${soundPath}/high.aac`, sound],
    [`${soundPath}/low.aac`, sound],
    [chunkRecordKey(revision, 0), json(recordOf(film, 'test'))],
  ];
  for (const [key, content] of facts) await storage.put(key, content);
}

const recordOf = (film: MadeFilm, attempt: string): ChunkRecord => ({
  ...{ schema: 1, revision: film.revision, chunk: 0, firstCell: 0, cells: film.segments, thumbnails: false },
  ...{ path: chunkPath(film.revision, attempt), errorLines: 0 },
  ts: rungs.map((name) => ({
    name,
    codecs: 'avc1.4d401e,mp4a.40.2',
    files: Array.from({ length: film.segments }, (_, cell) => factOf(film.segment(name, cell))),
  })),
});

/** What disks do to files. */
export type Damage = 'flipped' | 'missing' | 'truncated';

/** Does it to one segment. */
export async function damageFile(storage: Storage, key: string, damage: Damage): Promise<void> {
  const bytes = await storage.read(key);
  if (damage === 'missing') await storage.remove(key);
  else if (damage === 'truncated') await truncate(storage.pathOf(key) ?? '', bytes.length - 7);
  else
    await storage.put(
      key,
      Buffer.concat([bytes.subarray(0, 20), Buffer.from([(bytes[20] ?? 0) ^ 1]), bytes.subarray(21)]),
    );
}

/** A worker's look at the stored files, and the server that hears of it. Answers what was found. */
export async function lookAtFiles(parts: Parts, film: MadeFilm): Promise<readonly string[]> {
  const asked = { kind: 'verify', filmId: film.id, attempt: 0, revision: film.revision, askedAtMs: 1 } as const;
  const work = { storage: parts.storage, log: parts.log, sandbox: detectSandbox(), sourceFolder: '' };
  const attempt = { token: 'look', folder: '', signal: new AbortController().signal, report: () => undefined };
  const result = await verifyRevision(work, asked, attempt);
  await applyResult(parts, asked, result);
  return result.outcome === 'verified' ? result.findings : [];
}

/** The damaged chunk as a worker makes it again: the same bytes in a folder of their own, its record, and the manifest last. */
export async function makeAgain(parts: Parts, film: MadeFilm, manifest: PackageManifest): Promise<void> {
  const { storage } = parts;
  const { id, revision, segments } = film;
  const attempt = (await parts.films.find(id))?.attempt ?? 0;
  const work = { filmId: id, attempt, sourceKey: sourceKey(id) };
  await applyResult(
    parts,
    { kind: 'prepare', ...work, language: 'zh-CN' },
    {
      ...{ outcome: 'planned', revision, sourceSha256: manifest.sourceSha256, durationMs: segments * 4000 },
      ...{ chunks: 1, languages: ['zh-CN'], rungs, warnings: [] },
    },
  );
  const path = chunkPath(revision, 'again');
  for (const rung of rungs)
    for (let cell = 0; cell < segments; cell += 1)
      await storage.put(`${path}/${rung}/${segmentNumber(cell)}.ts`, film.segment(rung, cell));
  await storage.put(chunkRecordKey(revision, 0), json(recordOf(film, 'again')));
  const chunks = [{ firstSegment: 0, segments, path }];
  await storage.put(manifestKey(revision), json({ ...manifest, ts: { ...manifest.ts, chunks } }));
  await storage.removeAll(`${chunkPath(revision, 'test')}/`);
  await applyResult(parts, { kind: 'finish', ...work, revision }, { outcome: 'finished', revision, warnings: [] });
}
