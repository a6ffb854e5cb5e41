import { createHash } from 'node:crypto';
import { idOfDigest, type Id } from '../../media/contract/ids.ts';
import type { FilmState } from '../../media/film/film-state.ts';
import { houseLadder } from '../../media/film/ladder.ts';
import type { PackageManifest } from '../../media/film/package-manifest.ts';
import { manifestKey, segmentNumber } from '../../media/storage/keys.ts';
import type { FilmRecord } from '../../server/library/film-record.ts';
import { packageFactsOf } from '../../server/library/package-facts.ts';
import { slateFilmId } from '../../server/library/slate-id.ts';
import type { Parts } from '../../server/parts.ts';

/** A packaged film with bytes of its own in the store, so that each segment can be told from every other. */
export interface MadeFilm {
  readonly id: Id;
  readonly revision: Id;
  readonly segments: number;
  /** Bytes of a segment as they were stored. */
  readonly segment: (rung: string, segment: number) => Buffer;
}

export interface FilmOptions {
  readonly title: string;
  /** @defaultValue 30 */
  readonly segments?: number;
  /** @defaultValue ready */
  readonly state?: FilmState;
  /** @defaultValue 2000 */
  readonly segmentBytes?: number;
  /** @defaultValue public */
  readonly audience?: 'public' | 'members';
  readonly id?: Id;
  readonly owner?: FilmRecord['owner'];
}

const rungNames = ['720p', '360p', '216p'];
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const idOf = (text: string): Id => idOfDigest(createHash('sha256').update(text).digest());

/** Puts a film into the library and its package into the store, as upload, transcoder and review would. */
export async function makeReadyFilm(parts: Parts, options: FilmOptions): Promise<MadeFilm> {
  const { title, segments = 30, state = 'ready', segmentBytes = 2000, audience = 'public' } = options;
  const id = options.id ?? idOf(`film ${title}`);
  const revision = idOf(`revision ${title}`);
  const path = `revisions/${revision}/chunks/00000-test`;
  const segment = (rung: string, number: number): Buffer =>
    Buffer.alloc(segmentBytes, `${title} ${rung} ${segmentNumber(number)}\n`);
  // All at once: the store waits for the disk with each of them, and the waits overlap.
  await Promise.all(
    rungNames.flatMap((rung) =>
      Array.from({ length: segments }, (_, n) =>
        parts.storage.put(`${path}/${rung}/${segmentNumber(n)}.ts`, segment(rung, n)),
      ),
    ),
  );
  const files = Array.from({ length: segments }, () => ({ bytes: segmentBytes, sha256: hash(title) }));
  const rungs = houseLadder
    .filter(({ name }) => rungNames.includes(name))
    .map(({ name, width, height, bandwidthBps, codec }) => ({
      ...{ name, width, height, bandwidthBps, files },
      codecs: `${codec},mp4a.40.2`,
      frameRate: 25,
      averageBps: 1000,
      peakBps: 2000,
    }));
  const manifest: PackageManifest = {
    schema: 1,
    revision,
    recipe: 'test',
    sourceSha256: hash(title),
    durationMs: segments * 4000,
    segments,
    frameRate: 25,
    ts: { rungs, chunks: [{ firstSegment: 0, segments, path }] },
    languages: ['zh-CN'],
    subtitles: [],
    posters: [],
    loudness: { measuredLufs: -23, targetLufs: -23 },
    conversions: [],
    marks: [],
    channelReady: { cellMs: 4000, rungs: rungNames, audioLayout: 'stereo-48000-aac-lc' },
  };
  await parts.storage.put(manifestKey(revision), Buffer.from(JSON.stringify(manifest)));
  const owner = options.owner ?? { id: idOf('owner'), name: 'owner' };
  await parts.films.insert({
    ...{ id, title, state, audience, revision, owner },
    version: 1,
    language: 'zh-CN',
    stateAtMs: 0,
    warnings: [],
    filename: `${title}.mp4`,
    sourceBytes: 1,
    place: 'county',
    createdAtMs: parts.clock(),
    attempt: 0,
    durationMs: segments * 4000,
    package: packageFactsOf(manifest),
    playable: true,
    reviews: [],
  });
  return { id, revision, segments, segment };
}

/** The slate, as the first start makes it; 10 minutes long. */
export const makeSlate = (parts: Parts): Promise<MadeFilm> =>
  makeReadyFilm(parts, { title: '垫片', segments: 150, segmentBytes: 200, id: slateFilmId });
