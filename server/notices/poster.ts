import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { AppError } from '../errors.ts';

/** What a poster shows and where the page of it is found. */
export interface PosterOrder {
  readonly place: string;
  readonly paper: 'a3' | 'a4';
  /** Revision of the board: an unchanged board is not drawn again. */
  readonly revision: string;
  /** Host by which the asker knows this server; it stands in the QR code. */
  readonly host: string;
  /** Where this server listens, as `127.0.0.1:8080`. */
  readonly listensAt: string;
}

/** Draws posters, one at a time: a browser takes a core for seconds, and anybody may ask. */
export interface Posters {
  draw(order: PosterOrder): Promise<Buffer>;
}

const programs = ['chromium', 'chromium-browser', 'google-chrome'];
const usualFolders: readonly string[] = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const longestMs = 40_000;
const keptMs = 10 * 60_000;
const mostKept = 24;
const mostWaiting = 4;

/** Makes posters with the Chromium of this machine. */
export function posters(folders: readonly string[] = usualFolders): Posters {
  const drawn = new LRUCache<string, Promise<Buffer>>({ max: mostKept, ttl: keptMs });
  let line: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    draw: async (order) => {
      const program = await findProgram(folders);
      if (program === undefined) throw noBrowser();
      const key = [order.place, order.paper, order.revision, order.host].join(' ');
      const known = drawn.get(key);
      if (known !== undefined) return known;
      if (waiting >= mostWaiting) throw busy();
      waiting += 1;
      const made = line.then(() => print(program, order)).finally(() => (waiting -= 1));
      line = made.catch(() => undefined);
      drawn.set(key, made);
      made.catch(() => drawn.delete(key));
      return made;
    },
  };
}

async function findProgram(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    for (const name of programs) {
      const file = join(folder, name);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return file;
    }
  }
  return undefined;
}

async function print(program: string, order: PosterOrder): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'yuanbo-poster-'));
  try {
    const file = join(folder, 'poster.pdf');
    await run(program, posterArguments(order, folder, file), folder);
    return await readFile(file);
  } catch (error) {
    throw new AppError('starting', 'The poster could not be drawn just now. Try again, or print it from the browser.', {
      retryAfterS: 10,
      cause: error,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The browser opens our own page and nothing else: every name leads to this server. */
export const posterArguments = (order: PosterOrder, folder: string, file: string): readonly string[] => [
  ...['--headless', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-extensions'],
  // Only our own page is opened; Chromium refuses its sandbox to root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  `--user-data-dir=${join(folder, 'profile')}`,
  `--host-resolver-rules=MAP * ${order.listensAt}`,
  ...['--no-pdf-header-footer', '--virtual-time-budget=8000', `--print-to-pdf=${file}`],
  `http://${order.host}/board/${order.place}?print=${order.paper}`,
];

const run = (program: string, words: readonly string[], folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const env = { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8' };
    const child = spawn(program, words, { stdio: 'ignore', timeout: longestMs, killSignal: 'SIGKILL', env });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the browser ended with ${String(code)}`))));
  });

const noBrowser = (): AppError =>
  new AppError(
    'not_found',
    'This server has no Chromium to draw posters with. Print the board from your browser instead.',
  );
const busy = (): AppError =>
  new AppError('starting', 'Other posters are being drawn. Try again in a moment.', { retryAfterS: 10 });
