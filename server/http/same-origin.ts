import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors.ts';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site makes a browser send (T24): an unsafe request with a foreign `Origin`, or with a cookie and no
 * `Origin` at all. Programs with a bearer token send none and are let through.
 */
export const requireSameOrigin =
  (publicUrl: string | undefined) =>
  (request: Request, _response: Response, next: NextFunction): void => {
    if (safeMethods.includes(request.method) || isOurs(request, publicUrl)) {
      next();
      return;
    }
    throw new AppError('forbidden', 'This request came from another site. Open the page of this server and try there.');
  };

function isOurs(request: Request, publicUrl: string | undefined): boolean {
  const { origin, cookie, authorization } = request.headers;
  if (origin === undefined) {
    return cookie === undefined || authorization !== undefined || request.headers['sec-fetch-site'] === 'same-origin';
  }
  const own = `${request.protocol}://${request.host}`;
  return origin === own || (publicUrl !== undefined && origin === new URL(publicUrl).origin);
}
