import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { dieWithParent } from '../process/die-with-parent.ts';

const builtMaker = fileURLToPath(new URL('../../transcoder/ffmpeg/demo-films/run.js', import.meta.url));
const lineSchema = z.object({ film: z.object({ code: z.string() }), path: z.string() });
/** How long the maker may take to end its ffmpeg and clear away what is half made. */
const goodByeMs = 1000;

/** A film file that the maker has written. */
export interface MadeFilm {
  readonly code: string;
  readonly path: string;
}

/** How films are made. */
export interface MakerOptions {
  /** Further words for the maker. */
  readonly args?: readonly string[];
  /** Ends the making; the generator then rejects. */
  readonly signal?: AbortSignal;
  /** The maker's program. @defaultValue the built one */
  readonly maker?: string;
}

/**
 * Has films made in a folder by the transcoder's own program (no room imports another) and gives each as soon as it is
 * there. It waits behind encoding (nice 10) for the processor, so that the first film is on air before the last is made.
 * The maker never outlives the generator, nor this process, however that ends.
 */
export async function* makeFilms(
  folder: string,
  codes: readonly string[],
  { args = [], signal, maker = builtMaker }: MakerOptions = {},
): AsyncGenerator<MadeFilm> {
  signal?.throwIfAborted();
  const command = [...dieWithParent('KILL'), 'nice', '-n', '15', process.execPath, maker, folder, ...args, ...codes];
  const [program = maker, ...words] = command;
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
    child.on('error', () => resolve(1));
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { film, path } = lineSchema.parse(JSON.parse(line));
      yield { code: film.code, path };
    }
    const code = await ended;
    signal?.throwIfAborted();
    if (code !== 0) throw new Error('The film maker failed: see its message above; is ffmpeg whole?');
  } finally {
    signal?.removeEventListener('abort', stop);
    await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), goodByeMs);
  await gone;
  clearTimeout(force);
}
