import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { accounts } from '../../media/contract/accounts.ts';
import { type Film, library } from '../../media/contract/library.ts';

/** Somebody of the demo at work: everything goes through the same HTTP doors that people use. */
export interface Worker {
  readonly films: () => Promise<readonly Film[]>;
  /** Uploads a file by tus in one piece and answers the film's id. */
  readonly upload: (file: string, metadata: Readonly<Record<string, string>>) => Promise<string>;
  readonly film: (id: string) => Promise<Film>;
  readonly makePublic: (id: string) => Promise<unknown>;
  readonly pass: (id: string) => Promise<unknown>;
  readonly retry: (id: string) => Promise<unknown>;
}

const listSchema = library.listFilms.reply;

/** Signs somebody in. Sessions end, so a long run signs in again by calling this anew. */
export async function signIn(address: string, username: string, password: string): Promise<Worker> {
  const session = accounts.signIn.reply.parse(
    await send(`${address}/api/sessions`, 'POST', undefined, { username, password }),
  );
  const call = (method: string, path: string, body?: unknown) => send(`${address}${path}`, method, session.token, body);
  return {
    films: async () => listSchema.parse(await call('GET', '/api/films?limit=200')).items,
    film: async (id) => library.readFilm.reply.parse(await call('GET', `/api/films/${id}`)),
    makePublic: (id) => call('PATCH', `/api/films/${id}`, { audience: 'public' }),
    pass: (id) => call('POST', `/api/films/${id}/reviews`, { decision: 'pass' }),
    retry: (id) => call('POST', `/api/films/${id}/retry`),
    upload: (file, metadata) => upload(address, session.token, file, metadata),
  };
}

async function send(url: string, method: string, token: string | undefined, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

async function upload(
  address: string,
  token: string,
  file: string,
  metadata: Readonly<Record<string, string>>,
): Promise<string> {
  const { size } = await stat(file);
  const headers = { Authorization: `Bearer ${token}`, 'Tus-Resumable': '1.0.0' };
  const encoded = Object.entries(metadata).map(([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`);
  const created = await fetch(`${address}/api/uploads`, {
    method: 'POST',
    headers: { ...headers, 'Upload-Length': String(size), 'Upload-Metadata': encoded.join(',') },
  });
  if (created.status !== 201) throw new Error(`Upload of ${file}: ${created.status} ${await created.text()}`);
  const location = new URL(created.headers.get('Location') ?? '', address);
  const sent = await fetch(location, {
    method: 'PATCH',
    headers: { ...headers, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  });
  if (sent.status !== 204) throw new Error(`Upload of ${file}: ${sent.status} ${await sent.text()}`);
  return z.string().parse(location.pathname.split('/').at(-1));
}
