/**
 * Makes the demo films: `node dist/transcoder/ffmpeg/demo-films/run.js FOLDER [--longest-seconds=N] [code...]`. Prints
 * one line of JSON per finished film, `{"film": DemoFilm, "path": "..."}`, as soon as it is there. Films that are in the
 * folder already are reported and not made again.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_FILMS, DEMO_SLATE } from '../../../media/film/demo-films.ts';
import { makeDemoFilms } from './make-demo-films.ts';
import type { DemoFilmOrder } from './make-demo-films.ts';

/** The order on the command line, or the sentence that says what is wrong with it. */
const readOrder = (argv: readonly string[]): Omit<DemoFilmOrder, 'onFilm'> | string => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { 'longest-seconds': { type: 'string' } },
  });
  const [folder, ...codes] = positionals;
  if (folder === undefined) return 'Name the folder for the films: run.js FOLDER [--longest-seconds=N] [code...]';
  const known = [...DEMO_FILMS, DEMO_SLATE].map(({ code }) => code);
  const unknown = codes.find((code) => !known.includes(code));
  if (unknown !== undefined) return `There is no demo film ${unknown}: choose from ${known.join(', ')}.`;
  const longest = values['longest-seconds'];
  if (longest !== undefined && !/^[1-9]\d{0,4}$/.test(longest)) {
    return `--longest-seconds=${longest} is not a whole number of seconds: write for example --longest-seconds=120.`;
  }
  return {
    outDir: resolve(folder),
    ...(codes.length > 0 && { codes }),
    ...(longest !== undefined && { longestMs: Number(longest) * 1000 }),
  };
};

const order = readOrder(process.argv.slice(2));
if (typeof order === 'string') {
  process.stderr.write(`${order}\n`);
  process.exitCode = 1;
} else {
  const onFilm: DemoFilmOrder['onFilm'] = (film, path) => {
    process.stdout.write(`${JSON.stringify({ film, path })}\n`);
  };
  const stopping = new AbortController();
  process.once('SIGTERM', () => stopping.abort());
  await makeDemoFilms({ ...order, onFilm, signal: stopping.signal }).catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
    process.exitCode = 143;
  });
}
