import type { Id } from '../../media/contract/ids.ts';
import { manifestKey, revisionPrefix } from '../../media/storage/keys.ts';
import type { Storage } from '../../media/storage/storage.ts';
import type { FilmCatalogue } from './film-catalogue.ts';
import { without } from './film-moves.ts';
import type { FilmRecord } from './film-record.ts';
import type { FilmStore } from './film-store.ts';
import type { Shelf } from './shelf.ts';

/** What sweeping needs. */
export interface SweepParts {
  readonly films: FilmStore;
  readonly shelf: Pick<Shelf, 'forget' | 'manifest'>;
  readonly storage: Storage;
  readonly filmCatalogue: Pick<FilmCatalogue, 'revisionsInUse'>;
  readonly clock: () => number;
}

/** Who watches the film now goes on with the revision that it had: tokens of films live 6 h. */
const graceMs = 86_400_000;

/** Removes revisions that a re-encode replaced, once no channel shows them, catch-up included, and nobody watches them any more. */
export async function sweepRevisions(parts: SweepParts): Promise<void> {
  const { films, filmCatalogue, clock } = parts;
  const atMs = clock();
  const all = await films.renewed();
  const renewed = all.filter((film) => renewedAtMs(film) + graceMs < atMs);
  // Where nobody answers, everything may be in use.
  if (renewed.length === 0 || filmCatalogue.revisionsInUse.length === 0) return;
  const inUse = new Set(
    (await Promise.all(filmCatalogue.revisionsInUse.map((ask) => ask(atMs)))).flatMap((s) => [...s]),
  );
  for (const { id, revision: present, earlierRevisions = [] } of renewed) {
    const kept = [present, ...earlierRevisions.filter((each) => inUse.has(each))];
    const bases = new Set(await Promise.all(kept.map((each) => baseOf(parts, each))));
    for (const revision of earlierRevisions.filter((each) => !inUse.has(each) && !bases.has(each))) {
      const others = all.filter((film) => film.id !== id && film.earlierRevisions?.includes(revision));
      if (others.length === 0 && (await films.ofRevision(revision)).length === 0) await removeRevision(parts, revision);
      await films.change(id, (film) => withoutEarlier(film, revision));
    }
  }
}

/** The revision whose pictures another one refers to. */
const baseOf = async ({ shelf }: SweepParts, revision: Id | undefined): Promise<Id | undefined> =>
  revision === undefined ? undefined : (await shelf.manifest(revision))?.base;

/** The last pass is what put the new revision in its place. */
const renewedAtMs = ({ reviews, stateAtMs }: FilmRecord): number =>
  Math.max(stateAtMs, ...reviews.map(({ atMs }) => atMs));

/** The manifest goes first: what is half gone is no revision. */
async function removeRevision({ shelf, storage }: SweepParts, revision: Id): Promise<void> {
  shelf.forget(revision);
  await storage.remove(manifestKey(revision));
  await storage.removeAll(revisionPrefix(revision));
}

function withoutEarlier(film: FilmRecord, revision: Id): FilmRecord {
  const earlierRevisions = film.earlierRevisions?.filter((each) => each !== revision) ?? [];
  return earlierRevisions.length === 0 ? without(film, 'earlierRevisions') : { ...film, earlierRevisions };
}
