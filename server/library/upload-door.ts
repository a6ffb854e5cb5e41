import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Server } from '@tus/server';
import type { Express, NextFunction, Request as ExpressRequest, Response as ExpressResponse } from 'express';
import { idSchema, type Id } from '../../media/contract/ids.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { refusedBy } from '../audit/refused-by.ts';
import { AppError, notFound } from '../errors.ts';
import { type Caller, may, type SignedIn } from '../http/caller.ts';
import { abandonUpload, type BeginParts, beginUpload, finishUpload, requireSpace } from './accept-upload.ts';
import type { FilmRecord } from './film-record.ts';
import { checksumAlgorithms, readChecksum, spoolChecked } from './upload-checksum.ts';
import { type UploadLocks, uploadLocks } from './upload-locks.ts';
import { readUploadMetadata } from './upload-metadata.ts';
import { asUploadError, readLength, readOffset } from './upload-protocol.ts';

/** What the door of uploads needs. */
export interface UploadDoorParts extends BeginParts, Pick<AuditParts, 'refusals'> {
  readonly identify: (request: ExpressRequest) => Promise<Caller>;
}

const path = '/api/uploads';
const bytesType = 'application/offset+octet-stream';
const tusVersion = '1.0.0';
/** Set by us alone: requests for @tus/server are made here, header by header. */
const filmHeader = 'x-film-id';

interface Door {
  readonly parts: UploadDoorParts;
  readonly tus: Server;
  readonly sending: Map<Id, number>;
}
interface Visit {
  readonly request: ExpressRequest;
  readonly response: ExpressResponse;
  readonly caller: SignedIn;
}

/** Mounts tus 1.0 with creation, termination, expiration and checksum. Before body parsers and compression: bodies are streams. */
export function mountUploads(app: Express, parts: UploadDoorParts): void {
  const locks = uploadLocks(parts.uploadFiles.folder, parts.uploadLimits.deadMs);
  const door: Door = { parts, tus: tusServer(parts, locks), sending: new Map() };
  app.all([path, `${path}/*rest`], (request, response, next) => {
    answer(door, request, response).catch((error: unknown) => passOn(error, parts, next));
  });
}

function tusServer(parts: UploadDoorParts, locks: UploadLocks): Server {
  const free: UploadLocks = { newLock: () => ({ lock: () => Promise.resolve(), unlock: () => Promise.resolve() }) };
  return new Server({
    path,
    datastore: parts.uploadFiles.store,
    relativeLocation: true,
    maxSize: parts.uploadLimits.mostBytes,
    lockDrainTimeout: 100,
    // Asking for the offset must not wait for a request that hangs; whoever then sends bytes takes the lock.
    locker: (request) => (request.method === 'HEAD' ? free : locks),
    // What our own parts throw keeps its status on the way through.
    onResponseError: (_request, error) =>
      error instanceof AppError ? { status_code: error.status, body: error.message } : undefined,
    namingFunction: (request) => request.headers.get(filmHeader) ?? '',
  });
}

async function answer(door: Door, request: ExpressRequest, response: ExpressResponse): Promise<void> {
  response.setHeader('Tus-Resumable', tusVersion);
  response.setHeader('Cache-Control', 'no-store');
  if (request.method === 'OPTIONS') {
    await give(response, await ask(door, request, {}));
    response.setHeader('Tus-Checksum-Algorithm', checksumAlgorithms.join(','));
    response.end();
    return;
  }
  const caller = await door.parts.identify(request);
  if (caller.kind === 'anonymous') throw new AppError('sign_in', 'Sign in first, then upload.');
  if (!may(caller, 'upload-film')) {
    const requestId = String(response.locals['requestId']);
    await door.parts.refusals.note(refusedBy({ caller, requestId }, 'upload-film', request));
    throw new AppError('forbidden', 'Your roles do not allow uploads. Ask the county office for the role of producer.');
  }
  // "If the version specified by the Client is not supported by the Server, it MUST respond with 412" (tus 1.0).
  if (request.get('Tus-Resumable') !== tusVersion) {
    response.setHeader('Tus-Version', tusVersion);
    throw new AppError('tus_version', 'This address speaks tus 1.0: send the header Tus-Resumable: 1.0.0.');
  }
  const visit = { request, response, caller };
  if (request.path === path || request.path === `${path}/`) await begin(door, visit);
  else await carryOn(door, visit, request.path.slice(path.length + 1));
  response.end();
}

/** POST: the film's row first, then its empty file. */
async function begin(door: Door, visit: Visit): Promise<void> {
  const { request, response, caller } = visit;
  if (request.method !== 'POST') throw methodUnknown(response, 'POST, OPTIONS');
  const sourceBytes = readLength(request.get('Upload-Length'));
  const header = request.get('Upload-Metadata') ?? '';
  const film = await beginUpload(door.parts, caller, readUploadMetadata(header), sourceBytes);
  const isWithBytes = request.get('Content-Type') === bytesType && sourceBytes > 0;
  const headers = { [filmHeader]: film.id, 'upload-length': String(sourceBytes), 'upload-metadata': header };
  try {
    await (isWithBytes ? sendBytes(door, visit, film, headers) : give(response, await ask(door, request, headers)));
    if (sourceBytes === 0) await handOver(door.parts, film);
  } catch (error) {
    // The client never learns this film's address, so nobody could go on with it.
    await abandonUpload(door.parts, film.id);
    throw error;
  }
}

/** HEAD, PATCH and DELETE of one upload; only its owner sees it. */
async function carryOn(door: Door, visit: Visit, name: string): Promise<void> {
  const { request, response, caller } = visit;
  const id = idSchema.safeParse(name).data;
  const film = id === undefined ? undefined : await door.parts.films.find(id);
  if (film === undefined || film.owner.id !== caller.id) throw notFound('upload');
  if (film.state !== 'uploading') {
    answerFinished(request, response, film);
    return;
  }
  switch (request.method) {
    case 'HEAD':
      await give(response, await ask(door, request, {}));
      return;
    case 'DELETE':
      await give(response, await ask(door, request, {}));
      await abandonUpload(door.parts, film.id);
      return;
    case 'PATCH': {
      const offset = readOffset(request.get('Upload-Offset'));
      if (request.get('Content-Type') !== bytesType) {
        throw new AppError('unsupported_type', `Send the bytes as Content-Type: ${bytesType}.`);
      }
      await sendBytes(door, visit, film, { 'upload-offset': String(offset) });
      return;
    }
    default:
      throw methodUnknown(response, 'HEAD, PATCH, DELETE, OPTIONS');
  }
}

/** A client that lost the last reply asks where to go on: it is told that everything is here. */
function answerFinished(request: ExpressRequest, response: ExpressResponse, film: FilmRecord): void {
  if (request.method !== 'HEAD') {
    throw new AppError('wrong_state', 'This upload is finished. Change or delete the film instead.');
  }
  response.status(200);
  response.setHeader('Upload-Offset', String(film.sourceBytes));
  response.setHeader('Upload-Length', String(film.sourceBytes));
}

/** The body joins the upload, after its checksum was compared where one was given. */
async function sendBytes(
  door: Door,
  { request, response, caller }: Visit,
  film: FilmRecord,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { parts, sending } = door;
  const checksum = request.get('Upload-Checksum');
  const expected = checksum === undefined ? undefined : readChecksum(checksum);
  const declared = request.get('Content-Length');
  await requireSpace(parts, declared === undefined ? 0 : Number(declared));
  const already = sending.get(caller.id) ?? 0;
  if (already >= parts.uploadLimits.mostParallel) {
    throw new AppError('too_many_requests', 'You send too many films at once. Go on when one of them is done.', {
      retryAfterS: 2,
    });
  }
  sending.set(caller.id, already + 1);
  request.setTimeout(parts.uploadLimits.idleMs, () => request.destroy());
  const stopFlushing = parts.uploadFiles.flushWhileSent(film.id);
  try {
    if (expected === undefined) {
      const length = declared === undefined ? {} : { 'content-length': declared };
      await give(response, await ask(door, request, { ...headers, ...length }, request));
      stopFlushing();
      await handOver(parts, film);
      return;
    }
    const { mostCheckedBytes } = parts.uploadLimits;
    const spooled = await spoolChecked(request, expected, parts.uploadFiles.folder, mostCheckedBytes);
    const length = { 'content-length': String(spooled.bytes) };
    try {
      await give(response, await ask(door, request, { ...headers, ...length }, createReadStream(spooled.file)));
      await handOver(parts, film);
    } finally {
      await rm(spooled.file, { force: true });
    }
  } finally {
    stopFlushing();
    request.setTimeout(0);
    const left = (sending.get(caller.id) ?? 1) - 1;
    if (left === 0) sending.delete(caller.id);
    else sending.set(caller.id, left);
    parts.log.debug({ filmId: film.id }, 'upload request ended');
  }
}

/** The bytes are here: that is all a client must know. What fails from here on is done again by the reconciler. */
async function handOver(parts: UploadDoorParts, { id }: FilmRecord): Promise<void> {
  await finishUpload(parts, id).catch((error: unknown) => {
    parts.log.error({ err: error, filmId: id }, 'A whole upload could not be handed over yet.');
  });
}

/** Asks @tus/server with a request that holds only what was checked here. */
function ask(
  { tus }: Door,
  request: ExpressRequest,
  headers: Readonly<Record<string, string>>,
  body?: Readable,
): Promise<Response> {
  return tus.handleWeb(
    new Request(new URL(request.path, 'http://uploads'), {
      method: request.method,
      headers: {
        'tus-resumable': tusVersion,
        ...headers,
        ...(body === undefined ? {} : { 'content-type': bytesType }),
      },
      ...(body === undefined ? {} : { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' }),
    }),
  );
}

async function give(response: ExpressResponse, given: Response): Promise<void> {
  if (given.status >= 400) throw asUploadError(given.status, await given.text());
  response.status(given.status);
  given.headers.forEach((value, name) => {
    // Answers are for our own pages; nobody else's may read them.
    if (!name.startsWith('access-control-')) response.setHeader(name, value);
  });
}

/** A write that failed because the disk is full says so. */
function passOn(error: unknown, parts: UploadDoorParts, next: NextFunction): void {
  if (!(error instanceof AppError) || error.code !== 'internal') {
    next(error);
    return;
  }
  requireSpace(parts, 1).then(() => next(error), next);
}

function methodUnknown(response: ExpressResponse, allow: string): AppError {
  response.setHeader('Allow', allow);
  return new AppError('method', `This address of uploads knows ${allow}.`);
}
