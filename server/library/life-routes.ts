import { mayTo } from '../http/caller.ts';
import type { Routes } from '../http/serve.ts';
import { countyCode } from '../../media/contract/permissions.ts';
import type { FilmAiring } from './film-catalogue.ts';
import type { FilmRecord } from './film-record.ts';
import { visible } from './film-scope.ts';
import { isNewFile } from './film-source.ts';
import { filmViews } from './film-view.ts';
import { allowed, type LibraryRouteParts } from './routes.ts';

type LifeEndpoints = 'listFilmVersions' | 'filmUses';

/** Handlers of what becomes of a film: its versions, and where it airs. */
export const lifeRoutes = (parts: LibraryRouteParts): Routes<LifeEndpoints> => ({
  listFilmVersions: async (call) => {
    const film = await allowed(parts, call, 'preview-film');
    const inUse = await onChannels(parts, call.atMs);
    const mark = (revision: string) => (inUse === undefined ? {} : { isOnChannels: inUse.has(revision) });
    const waiting = await parts.films.renewalsOf(film.id);
    const viewer = { caller: call.caller, tree: await parts.places.tree(), atMs: call.atMs };
    const views = await filmViews(parts, viewer, waiting);
    const earlier = (film.earlierRevisions ?? []).filter((revision) => revision !== film.revision);
    return {
      items: [
        {
          role: 'current',
          ...(film.revision === undefined ? {} : { revision: film.revision, ...mark(film.revision) }),
        },
        ...waiting.map((version, at) => ({ role: 'waiting' as const, change: changeOf(version), film: views[at] })),
        ...[...earlier].reverse().map((revision) => ({ role: 'earlier' as const, revision, ...mark(revision) })),
      ],
    };
  },
  filmUses: async (call) => {
    const tree = await parts.places.tree();
    const film = visible(tree, call.caller, await parts.films.find(call.params.id));
    const { airingsOf, usesOf } = parts.filmCatalogue;
    const airings = (await Promise.all(airingsOf.map((ask) => ask(film.id, call.atMs)))).flat();
    // What is not published yet is for those who read every plan.
    const readsPlans = mayTo(tree, call.caller, 'read-plans', { place: countyCode });
    const uses = readsPlans ? (await Promise.all(usesOf.map((ask) => ask(film.id)))).flat() : [];
    const drafts = uses.flatMap(({ channel, title, startAtMs, planId }) =>
      planId === undefined ? [] : [{ channel, title, startAtMs, planId, kind: 'draft' as const }],
    );
    const aired = airings.filter(({ startAtMs }) => startAtMs < call.atMs);
    const counted = aired.filter(({ isSample }) => !isSample);
    const untilNow = ({ startAtMs, endAtMs }: FilmAiring): number => Math.min(endAtMs, call.atMs) - startAtMs;
    const next = airings.filter(({ startAtMs }) => startAtMs >= call.atMs);
    const programmes = next
      .filter(({ kind }) => kind === 'item')
      .map(({ channel, place, title, startAtMs }) => ({
        ...{ channel, title, startAtMs, kind: 'item' as const },
        ...(place === undefined ? {} : { place }),
      }));
    return {
      planned: [...programmes, ...drafts].sort((one, other) => one.startAtMs - other.startAtMs).slice(0, mostRows),
      plannedFillers: next.length - programmes.length,
      aired: aired.slice(-mostRows).reverse(),
      airedTimes: counted.length,
      airedFillers: counted.filter(({ kind }) => kind === 'filler').length,
      airedMs: counted.reduce((sum, airing) => sum + untilNow(airing), 0),
    };
  },
});

const mostRows = 100;

const changeOf = (version: FilmRecord): 'file' | 'encode' | 'tracks' =>
  version.trackChanges !== undefined ? 'tracks' : isNewFile(version) ? 'file' : 'encode';

/** Revisions that channels need; undefined while this replica has not heard of the database for a while. */
async function onChannels(
  { filmCatalogue, log }: LibraryRouteParts,
  atMs: number,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const sets = await Promise.all(filmCatalogue.revisionsInUse.map((ask) => ask(atMs)));
    return new Set(sets.flatMap((each) => [...each]));
  } catch (error) {
    log.debug({ err: error }, 'Which versions channels show is not known now.');
    return undefined;
  }
}
