import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { accounts } from '../../media/contract/accounts.ts';
import { type Film, library } from '../../media/contract/library.ts';

/** Somebody of the demo at work: everything goes through the same HTTP doors that people use. */
export interface Worker {
  readonly id: string;
  readonly films: () => Promise<readonly Film[]>;
  /** Begins an upload by tus and answers the film's id. */
  readonly beginUpload: (bytes: number, metadata: Readonly<Record<string, string>>) => Promise<string>;
  /** Sends the whole file of an upload that was begun. */
  readonly sendFile: (id: string, file: string) => Promise<unknown>;
  /** Gives up an upload that was begun; its film is gone. */
  readonly abandonUpload: (id: string) => Promise<unknown>;
  readonly makePublic: (id: string) => Promise<unknown>;
  readonly pass: (id: string) => Promise<unknown>;
  readonly feature: (id: string) => Promise<unknown>;
  readonly retry: (id: string) => Promise<unknown>;
}

const listSchema = library.listFilms.reply;
const tus = { 'Tus-Resumable': '1.0.0' };
const bytesType = 'application/offset+octet-stream';

/** Signs somebody in. Sessions end, so a long run signs in again by calling this anew. */
export async function signIn(address: string, username: string, password: string): Promise<Worker> {
  const json = (method: string, body?: unknown): RequestInit => ({
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const session = accounts.signIn.reply.parse(
    await (await send(`${address}/api/sessions`, json('POST', { username, password }))).json(),
  );
  const call = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${session.token}`);
    return send(address + path, { ...init, headers });
  };
  return {
    id: session.user.id,
    films: () => everyFilm(async (path) => listSchema.parse(await (await call(path)).json())),
    beginUpload: async (bytes, metadata) => {
      const words = Object.entries(metadata).map(([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`);
      const headers = { ...tus, 'Upload-Length': String(bytes), 'Upload-Metadata': words.join(',') };
      const { headers: reply } = await call('/api/uploads', { method: 'POST', headers });
      return z.string().parse(reply.get('Location')?.split('/').at(-1));
    },
    sendFile: (id, file) =>
      call(`/api/uploads/${id}`, {
        method: 'PATCH',
        headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': bytesType },
        body: Readable.toWeb(createReadStream(file)) as ReadableStream,
        duplex: 'half',
      }),
    abandonUpload: (id) => call(`/api/uploads/${id}`, { method: 'DELETE', headers: tus }),
    makePublic: (id) => call(`/api/films/${id}`, json('PATCH', { audience: 'public' })),
    pass: (id) => call(`/api/films/${id}/reviews`, json('POST', { decision: 'pass' })),
    feature: (id) => call(`/api/films/${id}/featured`, json('PUT', { featured: true })),
    retry: (id) => call(`/api/films/${id}/retry`, json('POST')),
  };
}

async function everyFilm(read: (path: string) => Promise<z.output<typeof listSchema>>): Promise<readonly Film[]> {
  const films: Film[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(
      `/api/films?limit=200${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    films.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return films;
}

/** Sends a request; what is refused, and a server that is away, are errors of one sentence. */
async function send(url: string, init: RequestInit): Promise<Response> {
  const what = `${init.method ?? 'GET'} ${new URL(url).pathname}`;
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new Error(`The server does not answer ${what}.`, { cause });
  });
  if (!response.ok) throw new Error(`The server refused ${what}: ${response.status} ${await response.text()}`);
  return response;
}
