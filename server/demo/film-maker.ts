import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const maker = fileURLToPath(new URL('../../transcoder/ffmpeg/demo-films/run.js', import.meta.url));
const lineSchema = z.object({ film: z.object({ code: z.string() }), path: z.string() });

/** A film file that the maker has written. */
export interface MadeFilm {
  readonly code: string;
  readonly path: string;
}

/**
 * Has films made in a folder by the transcoder's own program (no room imports another) and gives each as soon as it is
 * there. It waits behind encoding (nice 10) for the processor, so that the first film is on air before the last is made.
 */
export async function* makeFilms(
  folder: string,
  codes: readonly string[],
  args: readonly string[] = [],
): AsyncGenerator<MadeFilm> {
  const child = spawn('nice', ['-n', '15', process.execPath, maker, folder, ...args, ...codes], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
    child.on('error', () => resolve(1));
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { film, path } = lineSchema.parse(JSON.parse(line));
    yield { code: film.code, path };
  }
  if ((await ended) !== 0) throw new Error('The film maker failed: see its message above; is ffmpeg whole?');
}
