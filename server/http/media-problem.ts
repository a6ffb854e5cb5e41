import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { StorageMissing } from '../../media/storage/storage.ts';
import { type AppError, notFound } from '../errors.ts';
import { openHeaders } from '../media-files/open-headers.ts';
import { newId } from '../new-id.ts';
import { asAppError, problemOf } from './problem.ts';

const asMediaError = (error: unknown): AppError =>
  error instanceof StorageMissing ? notFound('file') : asAppError(error);

/**
 * Answers a media request with the problem document of an error, never cached; where a head was sent already, the connection
 * is cut, so that nobody takes half a segment for a whole one.
 */
export function sendMediaProblem(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  parts: { readonly log: Logger; readonly clock: () => number },
): void {
  if (response.headersSent) {
    // A client that went away is no fault of ours.
    if (!response.destroyed) parts.log.warn({ err: error, url: request.url }, 'media reply broke off');
    response.destroy();
    return;
  }
  const known = asMediaError(error);
  const requestId = newId(parts.clock());
  if (known.status >= 500) parts.log.error({ err: error, url: request.url, requestId }, 'media request failed');
  const body = Buffer.from(JSON.stringify(problemOf(known, requestId)));
  response.writeHead(known.status, [
    'Content-Type',
    'application/problem+json',
    'Cache-Control',
    'no-store',
    'X-Request-Id',
    requestId,
    'Content-Length',
    String(body.length),
    ...(known.code === 'method' ? ['Allow', 'GET, HEAD, OPTIONS'] : []),
    // RFC 9110, 15.5.17: what the range could have been.
    ...(known.fileBytes === undefined ? [] : ['Content-Range', `bytes */${known.fileBytes}`]),
    ...(known.retryAfterS === undefined ? [] : ['Retry-After', String(known.retryAfterS)]),
    // A body that nobody will read must not be taken for the next request on this connection.
    ...(request.complete || request.method === 'GET' || request.method === 'HEAD' ? [] : ['Connection', 'close']),
    ...openHeaders,
  ]);
  response.end(request.method === 'HEAD' ? undefined : body);
}
