import { LRUCache } from 'lru-cache';
import type { Id } from '../../media/contract/ids.ts';
import { encodePlanSchema, type EncodePlan } from '../../media/film/encode-plan.ts';
import type { ShelfFacts } from '../../media/film/next-jobs.ts';
import { packageManifestSchema, type PackageManifest } from '../../media/film/package-manifest.ts';
import { reviewCopySchema } from '../../media/film/review-copy.ts';
import { audioRecordKey, chunkRecordKey, encodePlanKey, manifestKey, reviewCopyKey } from '../../media/storage/keys.ts';
import { type Storage, StorageMissing } from '../../media/storage/storage.ts';

/** What the storage says about revisions. While one is encoded facts hardly ever shrink, so what was seen once is not asked for again. */
export interface Shelf {
  /** The encode plan; undefined where no `prepare` job wrote one that this version reads. */
  plan(revision: Id): Promise<EncodePlan | undefined>;
  /** The manifest; undefined until the revision is whole. */
  manifest(revision: Id): Promise<PackageManifest | undefined>;
  /** Looks which parts of a planned revision are there. `work` names the encode, so that a later one begins with nothing seen. */
  facts(plan: EncodePlan, work: string): Promise<ShelfFacts>;
  /** Forgets which parts were seen, for one that was there may have been taken away since. */
  lookAgain(work: string): void;
  /** The facts as last looked at, without asking the storage. */
  knownFacts(work: string): Pick<ShelfFacts, 'audio' | 'chunks'>;
  /** Whether something of a film's upload can be watched before its encode. */
  hasReviewCopy(filmId: Id): Promise<boolean>;
  /** Whether that is only its opening. */
  isOpening(filmId: Id): Promise<boolean>;
  /** Forgets what was read of a revision whose files were removed. */
  forget(revision: Id): void;
}

interface Seen {
  readonly audio: Set<string>;
  readonly chunks: Set<number>;
}

const mostRevisions = 500;
/** Another replica may have had damaged parts made again, which lie elsewhere. */
const manifestKeptMs = 10_000;

/** Reads the shelf of a storage. */
export function openShelf(storage: Storage): Shelf {
  const plans = new LRUCache<Id, EncodePlan>({ max: mostRevisions });
  const manifests = new LRUCache<Id, PackageManifest>({ max: mostRevisions, ttl: manifestKeptMs });
  const seen = new LRUCache<string, Seen>({ max: mostRevisions });
  const seenOf = (work: string): Seen => {
    const known = seen.get(work) ?? { audio: new Set<string>(), chunks: new Set<number>() };
    seen.set(work, known);
    return known;
  };
  const isThere = async (key: string): Promise<boolean> => (await storage.stat(key)) !== undefined;
  return {
    plan: async (revision) => {
      // A plan that a worker of another version wrote is as good as none: the film fails and can be tried again.
      const plan =
        plans.get(revision) ?? encodePlanSchema.safeParse(await readJson(storage, encodePlanKey(revision))).data;
      if (plan !== undefined) plans.set(revision, plan);
      return plan;
    },
    manifest: async (revision) => {
      // Another replica may have removed the revision, and nothing else says so.
      if (!(await isThere(manifestKey(revision)))) {
        manifests.delete(revision);
        return undefined;
      }
      const manifest =
        manifests.get(revision) ?? packageManifestSchema.parse(await readJson(storage, manifestKey(revision)));
      manifests.set(revision, manifest);
      return manifest;
    },
    facts: async (plan, work) => {
      const { revision } = plan;
      const known = seenOf(work);
      const languages = plan.audio.map((track) => track.language).filter((language) => !known.audio.has(language));
      const chunks = [...plan.chunks.keys()].filter((chunk) => !known.chunks.has(chunk));
      await Promise.all([
        ...languages.map(async (language) => {
          if (await isThere(audioRecordKey(revision, language))) known.audio.add(language);
        }),
        ...chunks.map(async (chunk) => {
          if (await isThere(chunkRecordKey(revision, chunk))) known.chunks.add(chunk);
        }),
      ]);
      return { ...known, hasManifest: await isThere(manifestKey(revision)) };
    },
    lookAgain: (work) => {
      seen.delete(work);
    },
    knownFacts: seenOf,
    hasReviewCopy: (filmId) => isThere(reviewCopyKey(filmId)),
    isOpening: async (filmId) =>
      reviewCopySchema.safeParse(await readJson(storage, reviewCopyKey(filmId))).data?.opening === true,
    forget: (revision) => {
      plans.delete(revision);
      manifests.delete(revision);
    },
  };
}

async function readJson(storage: Storage, key: string): Promise<unknown> {
  try {
    return JSON.parse((await storage.read(key)).toString('utf8'));
  } catch (error) {
    if (error instanceof StorageMissing) return undefined;
    throw error;
  }
}
