import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { type Office, patiently, pauseAfter, Refused, refusal, Unreachable } from './office.ts';

/** A film's file to send. */
export interface FilmFile {
  readonly path: string;
  readonly bytes: number;
}

/** What the caller wants to know on the way. */
export interface Sending {
  /** Called with the film's id before its first byte: whoever keeps it can go on after a stop. */
  readonly onBegun: (filmId: string) => Promise<void>;
  readonly onBytes: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** The file is not what it was when its sending began. */
export class FileChanged extends Error {
  constructor() {
    super('The file changed while it was being sent. Wait until it is copied whole and run the import again.');
  }
}

const tus = { 'Tus-Resumable': '1.0.0' };
/** One request: at 512 kbit/s it takes 9 minutes, below what a server gives a request. */
const pieceBytes = 32 * 1_048_576;
const stallMs = 60_000;

/**
 * Sends a film by tus 1.0 and answers its id. With the id of an upload that was begun it goes on at the last byte that the
 * server has; where that was given up, it begins anew.
 */
export async function sendFilm(
  office: Office,
  file: FilmFile,
  metadata: Readonly<Record<string, string>>,
  sending: Sending & { readonly begun?: string | undefined },
): Promise<string> {
  const { signal } = sending;
  let id = sending.begun;
  let offset = id === undefined ? undefined : await patiently(signal, () => offsetOf(office, id ?? '', signal));
  if (id === undefined || offset === undefined) {
    id = await patiently(signal, () => begin(office, file, metadata, signal));
    await sending.onBegun(id);
    offset = 0;
  }
  await sendFrom(office, file, { id, offset }, sending);
  return id;
}

async function sendFrom(
  office: Office,
  file: FilmFile,
  { id, offset: from }: { readonly id: string; readonly offset: number },
  { onBytes, signal }: Sending,
): Promise<void> {
  let offset = from;
  let tries = 0;
  while (offset < file.bytes) {
    if ((await stat(file.path)).size !== file.bytes) throw new FileChanged();
    onBytes(offset);
    const before = offset;
    try {
      const to = Math.min(file.bytes, offset + pieceBytes);
      await sendPiece(office, `/api/uploads/${id}`, { path: file.path, from: offset, to }, { onBytes, signal });
      offset = to;
    } catch (error) {
      signal.throwIfAborted();
      const isOffset = error instanceof Refused && error.status === 409;
      const isSession = error instanceof Refused && error.status === 401 && office.forget();
      offset = (await patiently(signal, () => offsetOf(office, id, signal))) ?? -1;
      if (offset < 0) throw new Error('The server gave this upload up. Run the import again.', { cause: error });
      tries = offset > before ? 1 : tries + 1;
      await pauseAfter(isOffset || isSession ? new Refused(408, String(error)) : error, tries, signal);
    }
  }
  onBytes(file.bytes);
}

async function begin(
  office: Office,
  { bytes }: FilmFile,
  metadata: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const words = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  const headers = { ...tus, 'Upload-Length': String(bytes), 'Upload-Metadata': words.join(',') };
  const reply = await office.ask('/api/uploads', { method: 'POST', headers, signal });
  const id = reply.headers.get('location')?.split('/').at(-1);
  if (id === undefined) throw new Error('The server began an upload without saying where.');
  return id;
}

/** "The Server MUST always include the Upload-Offset header in the response for a HEAD request" (tus 1.0); undefined where the upload is gone. */
async function offsetOf(office: Office, id: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const reply = await office.ask(`/api/uploads/${id}`, { method: 'HEAD', headers: tus, signal });
    return Number(reply.headers.get('upload-offset'));
  } catch (error) {
    if (error instanceof Refused && [404, 410].includes(error.status)) return undefined;
    throw error;
  }
}

/** One PATCH with the bytes [from, to) of a file, read as they go out. */
async function sendPiece(
  office: Office,
  path: string,
  piece: { readonly path: string; readonly from: number; readonly to: number },
  { onBytes, signal }: Pick<Sending, 'onBytes' | 'signal'>,
): Promise<void> {
  const url = new URL(office.address + path);
  const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
    method: 'PATCH',
    signal,
    timeout: stallMs,
    headers: {
      ...tus,
      Authorization: await office.authorization(),
      'Upload-Offset': String(piece.from),
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': String(piece.to - piece.from),
    },
  });
  request.on('timeout', () => request.destroy(new Error('Nothing moved for a minute.')));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });
  let sent = piece.from;
  const counter = new Transform({
    transform: (bytes: Buffer, _encoding, done) => {
      sent += bytes.length;
      onBytes(sent);
      done(null, bytes);
    },
  });
  const body = createReadStream(piece.path, { start: piece.from, end: piece.to - 1 });
  // What breaks here breaks the request too, and that is where it is told; an early refusal ends the sending.
  const streaming = pipeline(body, counter, request).catch(() => undefined);
  try {
    const reply = await answered;
    body.destroy();
    const said = await text(reply);
    if (reply.statusCode !== 204) throw refusal(reply.statusCode ?? 0, said, reply.headers['retry-after']);
  } catch (error) {
    throw error instanceof Refused || signal.aborted ? error : new Unreachable(office.address, error);
  } finally {
    request.destroy();
    await streaming;
  }
}
