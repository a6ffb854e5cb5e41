import { open, rename, rm, stat } from 'node:fs/promises';
import { CannotStart } from '../supervisor/preflight.ts';
import { type Office, pauseAfter, Unreachable } from './office.ts';
import { progressLines } from './progress-lines.ts';

/** Which file is wanted, and where it is to lie. */
export interface Export {
  readonly id: string;
  readonly language?: string | undefined;
  readonly rung?: string | undefined;
  /** @defaultValue the film's title, in the folder in which the command runs */
  readonly out?: string | undefined;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const fatLimitBytes = 0xffff_ffff;

/** Brings one file of a film here and answers its name; a transfer that breaks goes on at the last byte. */
export async function exportFilm(office: Office, wish: Export): Promise<string> {
  const { id, language, rung, signal, say } = wish;
  const query = new URLSearchParams({
    ...(language === undefined ? {} : { language }),
    ...(rung === undefined ? {} : { rung }),
  });
  const path = `/api/films/${id}/download?${query.toString()}`;
  const first = await office.ask(path, { signal });
  const bytes = Number(first.headers.get('content-length'));
  const out = wish.out ?? filenameOf(first.headers.get('content-disposition') ?? '') ?? `${id}.ts`;
  if ((await stat(out).catch(() => undefined)) !== undefined) {
    await first.body?.cancel();
    throw new CannotStart(`${out} is there already: give another name with --out FILE.`);
  }
  if (bytes > fatLimitBytes)
    say('The file has more than 4 GiB, which a FAT32 stick does not take: use exFAT, or --rung 720p.');
  const part = `${out}.part`;
  try {
    await receive(office, { path, part, bytes, etag: first.headers.get('etag') ?? '', name: out }, first, wish);
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw isOfDisk(error) ? new CannotStart(`${out} cannot be written (${error.code}): ${diskCure}`) : error;
  }
  return out;
}

interface Transfer {
  readonly path: string;
  readonly part: string;
  readonly bytes: number;
  readonly etag: string;
  readonly name: string;
}

async function receive(
  office: Office,
  { path, part, bytes, etag, name }: Transfer,
  first: Response,
  { signal, say }: Pick<Export, 'signal' | 'say'>,
): Promise<void> {
  const progress = progressLines(say);
  const file = await open(part, 'w');
  let at = 0;
  let reply: Response | undefined = first;
  try {
    for (let tries = 0; at < bytes;) {
      const before = at;
      try {
        reply ??= await office.ask(path, { signal, headers: { Range: `bytes=${at}-`, 'If-Range': etag } });
        // The film changed meanwhile: the whole new file comes.
        if (reply !== first && reply.status !== 206)
          throw new CannotStart('The film was changed meanwhile: run the export again.');
        for await (const piece of (reply.body ?? []) as AsyncIterable<Uint8Array>) {
          await writeAll(file, piece, at);
          at += piece.length;
          progress('receiving', { name, bytes }, at);
        }
        if (at < bytes) throw new Error('The connection ended early.');
      } catch (error) {
        signal.throwIfAborted();
        if (isOfDisk(error) || error instanceof CannotStart) throw error;
        reply = undefined;
        tries = at > before ? 1 : tries + 1;
        await pauseAfter(new Unreachable(office.address, error), tries, signal);
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, piece: Uint8Array, at: number): Promise<void> {
  for (let from = 0; from < piece.length;) {
    from += (await file.write(piece, from, piece.length - from, at + from)).bytesWritten;
  }
}

const diskCure = 'free space there, or give another place with --out FILE.';

const isOfDisk = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error &&
  'code' in error &&
  ['ENOSPC', 'EFBIG', 'EIO', 'EROFS', 'EDQUOT', 'EACCES', 'ENOENT', 'EPERM'].includes(String(error.code));

/** The name that the server gives the file; never a path. */
function filenameOf(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  if (encoded === undefined) return undefined;
  const name = decodeURIComponent(encoded)
    .replace(/[/\\\p{Cc}]/gu, '_')
    .replace(/^\.+/, '');
  return name === '' ? undefined : name;
}
