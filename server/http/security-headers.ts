import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

/** Headers of pages and API (T16, T33). hls.js starts its worker and its media from blob: URLs; the console's components write style elements. */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      mediaSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  // Set below on https only: on a plain http network it would lock set-top boxes out.
  strictTransportSecurity: false,
  originAgentCluster: false,
});

/** HSTS where the request came over https. */
export function strictTransport(request: Request, response: Response, next: NextFunction): void {
  if (request.secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
  next();
}
