import { setTimeout as pause } from 'node:timers/promises';
import { type FolderFilm, lookAtFolder } from './film-folder.ts';
import { importOne, type ImportRun, newTally, sayProblems, type Tally } from './import-folder.ts';

const msPerSecond = 1000;
const firstRetryMs = 60_000;
const longestRetryMs = 600_000;

/** What the watch knows of a file. */
interface Watched {
  /** Size, time and words: when one of them changes, the file is looked at afresh. */
  readonly look: string;
  readonly sinceMs: number;
  readonly isDone: boolean;
  readonly failures: number;
  readonly notBeforeMs: number;
}

/**
 * Looks at the folder until the signal: a film is imported when its file has not changed for `restSeconds`; one that fails
 * is tried again after a minute, then less often, or as soon as its file or its words change. What still fails at the end
 * counts as failed.
 */
export async function watchFolder(run: ImportRun, restSeconds: number): Promise<Tally> {
  const tally = newTally();
  const files = new Map<string, Watched>();
  const said = new Set<string>();
  let wrongRows = 0;
  const restMs = restSeconds * msPerSecond;
  const isStopped = (): boolean => run.signal.aborted;
  while (!isStopped()) {
    try {
      const found = await lookAtFolder(run.folder, run.sidecar);
      const isNew = (what: object | string): boolean => isNews(said, what);
      const news = { problems: found.problems.filter(isNew), ignored: found.ignored.filter(isNew) };
      sayProblems(run, news, tally);
      wrongRows = found.problems.length;
      const here = new Set(found.films.map(({ name }) => name));
      for (const name of files.keys()) if (!here.has(name)) files.delete(name);
      for (const film of found.films) await importWhenResting(run, film, { files, restMs, tally });
    } catch (error) {
      if (isStopped()) break;
      run.say(`failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    await pause(Math.max(msPerSecond / 2, restMs / 2), undefined, { signal: run.signal }).catch(() => undefined);
  }
  const failing = [...files.values()].filter(({ isDone, failures }) => !isDone && failures > 0);
  return { ...tally, failed: failing.length + wrongRows };
}

function isNews(said: Set<string>, what: object | string): boolean {
  const text = JSON.stringify(what);
  if (said.has(text)) return false;
  said.add(text);
  return true;
}

async function importWhenResting(
  run: ImportRun,
  film: FolderFilm,
  { files, restMs, tally }: { readonly files: Map<string, Watched>; readonly restMs: number; readonly tally: Tally },
): Promise<void> {
  const nowMs = performance.now();
  const look = JSON.stringify([film.bytes, film.mtimeMs, film.row?.words]);
  const before = files.get(film.name);
  const known =
    before?.look === look ? before : { look, sinceMs: nowMs, isDone: false, failures: 0, notBeforeMs: nowMs + restMs };
  files.set(film.name, known);
  if (known.isDone || nowMs < known.notBeforeMs) return;
  const isDone = await importOne(run, film, tally);
  const failures = known.failures + 1;
  const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
  files.set(film.name, { ...known, isDone, failures, notBeforeMs: performance.now() + waitMs });
}
