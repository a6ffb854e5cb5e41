import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CannotStart } from '../supervisor/preflight.ts';
import { readSidecar, sameName, type Sidecar, type SidecarProblem, type SidecarRow } from './read-sidecar.ts';

/** A film's file in the folder, as it is now. */
export interface FolderFilm {
  /** Path below the folder with `/`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** What stands about it in a sidecar. */
  readonly row?: SidecarRow;
}

/** What is to be imported, and what is wrong with what was written about it. */
export interface FilmFolder {
  readonly films: readonly FolderFilm[];
  readonly problems: readonly SidecarProblem[];
  /** Names of films behind which is a link, a pipe or a folder: nobody reads them, so that nothing outside is sent and nothing hangs. */
  readonly ignored: readonly string[];
}

const films = /\.(mp4|m4v|mov|mkv|webm|avi|wmv|asf|flv|f4v|mpe?g|m2v|vob|ts|mts|m2ts|3gp|3g2|ogv|mxf|rm|rmvb)$/i;
/** Looked for in the folder where no `--sidecar` is given. */
const indexNames = ['films.csv', 'films.json', '片单.csv'];

/** Looks at a folder and everything below it. A sidecar is `--sidecar FILE`, else an index in the folder, and `film.mp4.json` beside a film. */
export async function lookAtFolder(folder: string, sidecar?: string): Promise<FilmFolder> {
  const { names, ignored } = await namesIn(folder);
  const index = await readIndex(folder, names, sidecar);
  const rows = new Map(index.rows.map((row) => [row.file, row]));
  const problems = [...index.problems];
  const found: FolderFilm[] = [];
  const troubled = new Set<string>();
  for (const name of names) {
    if (!films.test(name) && !rows.has(sameName(name))) continue;
    const path = join(folder, name);
    const own = names.includes(`${name}.json`)
      ? readSidecar(`${name}.json`, await readFile(`${path}.json`), name)
      : undefined;
    if (own !== undefined && own.problems.length > 0) {
      problems.push(...own.problems);
      troubled.add(sameName(name));
      continue;
    }
    const row = own?.rows[0] ?? rows.get(sameName(name));
    const { size, mtimeMs } = await stat(path);
    found.push({ name: sameName(name), path, bytes: size, mtimeMs, ...(row === undefined ? {} : { row }) });
  }
  const here = new Set([...found.map(({ name }) => name), ...troubled]);
  const missing = index.rows
    .filter(({ file }) => !here.has(file))
    .map(({ where, file }) => ({
      where,
      reason: `there is no file ${file} in the folder`,
      cure: 'Mend the name or put the file there.',
    }));
  return { films: found, problems: [...problems, ...missing], ignored };
}

/** Every file below the folder, in the order of their names, and what only has the name of a film; hidden ones are left out. */
async function namesIn(folder: string): Promise<{ readonly names: string[]; readonly ignored: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new CannotStart(`The folder ${folder} cannot be read: give the folder that holds the films.`, { cause });
  });
  const namesOf = (kind: typeof entries): string[] =>
    kind
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
      .sort();
  return {
    names: namesOf(entries.filter((entry) => entry.isFile())),
    ignored: namesOf(entries.filter((entry) => !entry.isFile() && films.test(entry.name))),
  };
}

async function readIndex(folder: string, names: readonly string[], sidecar: string | undefined): Promise<Sidecar> {
  const name = sidecar ?? indexNames.find((wanted) => names.includes(wanted));
  if (name === undefined) return { rows: [], problems: [] };
  const bytes = await readFile(sidecar ?? join(folder, name)).catch((cause: unknown) => {
    throw new CannotStart(`The sidecar ${name} cannot be read: give the file that lists the films.`, { cause });
  });
  return readSidecar(name, bytes);
}
