import { type FilmFolder, type FolderFilm, lookAtFolder } from './film-folder.ts';
import { importFilm, type ImportParts } from './import-film.ts';
import { Unreachable } from './office.ts';
import { progressLines } from './progress-lines.ts';

/** A run over a folder. */
export interface ImportRun extends Omit<ImportParts, 'onProgress'> {
  readonly folder: string;
  readonly sidecar?: string | undefined;
  /** Prints a line. */
  readonly say: (line: string) => void;
}

/** What became of the films. */
export interface Tally {
  sent: number;
  known: number;
  failed: number;
}

export const newTally = (): Tally => ({ sent: 0, known: 0, failed: 0 });

/** Imports a folder once, film after film; one that fails does not keep the others waiting. */
export async function importFolder(run: ImportRun): Promise<Tally> {
  const tally = newTally();
  const found = await lookAtFolder(run.folder, run.sidecar);
  sayProblems(run, found, tally);
  for (const [at, film] of found.films.entries()) {
    await importOne(run, film, tally, `[${at + 1}/${found.films.length}] `);
  }
  return tally;
}

/** Prints what is wrong with the sidecar, each a failure of its own, and what is passed over, which is none. */
export function sayProblems(
  { say }: Pick<ImportRun, 'say'>,
  { problems, ignored }: Pick<FilmFolder, 'problems' | 'ignored'>,
  tally: Tally,
): void {
  for (const name of ignored)
    say(`ignored: ${name}: not_regular_file. A link, a pipe or a folder is no film; copy the film itself here.`);
  for (const { where, reason, cure } of problems) {
    tally.failed += 1;
    say(`failed: ${where}: ${reason}. ${cure}`);
  }
}

/** Imports one film and prints what became of it; answers whether it is in the library now. Rejects only when it is to stop. */
export async function importOne(run: ImportRun, film: FolderFilm, tally: Tally, place = ''): Promise<boolean> {
  const { say } = run;
  try {
    const onProgress = progressLines((line) => say(`${place}${line}`));
    const { outcome, filmId, said } = await importFilm({ ...run, onProgress }, film);
    tally[outcome] += 1;
    say(`${place}${outcome === 'sent' ? 'sent' : 'already there'}: ${film.name} is film ${filmId}; ${said}`);
    return true;
  } catch (error) {
    run.signal.throwIfAborted();
    tally.failed += 1;
    const where = film.row === undefined ? film.name : `${film.name} (${film.row.where})`;
    say(`${place}failed: ${where}: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof Unreachable)
      run.say('Run the same command again when the server is back: it goes on at the last byte.');
    return false;
  }
}

/** The last line. */
export const summary = ({ sent, known, failed }: Tally): string =>
  `${sent} sent, ${known} already there, ${failed} failed`;
