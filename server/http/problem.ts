import { STATUS_CODES } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { Problem } from '../../media/contract/problem.ts';
import { AppError } from '../errors.ts';
import type {} from 'pino-http';

/** The RFC 9457 document of an error. */
export const problemOf = (error: AppError, requestId: string): Problem => ({
  type: `urn:yuanbo:problem:${error.code}`,
  title: STATUS_CODES[error.status] ?? 'Error',
  status: error.status,
  code: error.code,
  detail: error.message,
  requestId,
  ...(error.fields === undefined ? {} : { fields: [...error.fields] }),
  ...(error.findings === undefined ? {} : { findings: [...error.findings] }),
});

/** Express's last handler: every error becomes a problem document; what nobody expected is logged and answered without its text. */
export function sendProblem(error: unknown, request: Request, response: Response, next: NextFunction): void {
  const known = asAppError(error);
  if (known.code === 'internal') request.log.error({ err: error }, 'request failed');
  // What a use-case says itself is in the request's own line.
  else if (known !== error && known.status >= 500) request.log.warn({ err: error }, 'request failed');
  if (response.headersSent) {
    next(error);
    return;
  }
  writeProblem(known, request, response);
}

function writeProblem(error: AppError, request: Request, response: Response): void {
  const requestId = String(response.locals['requestId'] ?? '');
  if (error.retryAfterS !== undefined) response.setHeader('Retry-After', String(error.retryAfterS));
  // RFC 9110, 15.5.2: "The server generating a 401 response MUST send a WWW-Authenticate header field".
  if (error.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.setHeader('Cache-Control', 'no-store');
  // A body that nobody will read must not be taken for the next request on this connection.
  if (!request.complete && error.status >= 400) response.setHeader('Connection', 'close');
  response.statusCode = error.status;
  // Not through Express, which would add a charset that RFC 9457 does not define.
  response.setHeader('Content-Type', 'application/problem+json');
  response.end(JSON.stringify(problemOf(error, requestId)));
}

/** Translates what Express, the body reader, the disk and the database throw; anything else is `internal`. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const detail = { cause: error };
  if (isDatabaseDown(error)) {
    return new AppError('no_database', 'The database does not answer. Try again in a few seconds.', {
      ...detail,
      retryAfterS: 5,
    });
  }
  if (fieldOf(error, 'code') === 'ENOSPC') {
    return new AppError('no_space', 'The disk is full. Free space or ask the county office to.', detail);
  }
  switch (fieldOf(error, 'status')) {
    case 400:
      return new AppError('bad_request', 'The request cannot be read. Check its address and its body.', detail);
    case 413:
      return new AppError('too_large', 'The body is too large. Send less at a time.', detail);
    case 415:
      return new AppError('unsupported_type', 'Send JSON: Content-Type: application/json, in UTF-8.', detail);
    default:
      return new AppError(
        'internal',
        'Something went wrong on our side. Try again; if it stays, give the office the request id.',
        detail,
      );
  }
}

const fieldOf = (error: unknown, name: 'code' | 'status'): unknown =>
  error instanceof Error && name in error ? (error as unknown as Record<string, unknown>)[name] : undefined;

/** By name, because the driver's classes stay in server/database. */
const isDatabaseDown = (error: unknown): boolean =>
  error instanceof Error &&
  /^(Mongo(ose)?(Network|ServerSelection|NetworkTimeout|PoolCleared|PoolClosed|NotConnected|TopologyClosed)Error|MongoWaitQueueTimeoutError)$/.test(
    error.name,
  );
