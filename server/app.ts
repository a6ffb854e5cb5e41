import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express, type Request } from 'express';
import { refusedBy } from './audit/refused-by.ts';
import { notFound } from './errors.ts';
import type { Caller } from './http/caller.ts';
import { checkAddress } from './http/address-check.ts';
import { mountOpenApi } from './http/openapi.ts';
import { mountPages, type Preview } from './http/pages.ts';
import { sendProblem } from './http/problem.ts';
import { requestLimits, type RequestLimits } from './http/request-limits.ts';
import { requestLog } from './http/request-log.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { requireSameOrigin } from './http/same-origin.ts';
import { securityHeaders, strictTransport } from './http/security-headers.ts';
import { type Handlers, type Refused, serveContract } from './http/serve.ts';
import { mountHealth } from './health/routes.ts';
import type { Parts } from './parts.ts';

/** Finds who sends a request; rejects 401 for a token that is no longer good, 429 for too many requests. */
export type Identify = (request: Request) => Promise<Caller>;

/** What stands in the app beside the contract table. */
export interface AppDoors {
  readonly handlers: Partial<Handlers>;
  /** Mounted before any body is read: tus and whatever has a protocol of its own. `identify` finds the caller and counts. */
  readonly mountBeforeBodies?: (app: Express, identify: Identify) => void;
  /** Folder with the built pages. @defaultValue none are served */
  readonly pagesFolder?: string;
  /** What is put into pages for chats. @defaultValue nothing */
  readonly preview?: Preview;
  /** @defaultValue 300 in 10 s for a person, 100 for an address */
  readonly limits?: RequestLimits;
}

/** Everything around the handlers: request ids, logs, headers, origin check, limits, errors. The order is the order of the checks. */
export function createApp(parts: Parts, doors: AppDoors): Express {
  const { settings } = parts;
  const limits = doors.limits ?? requestLimits();
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', settings.TRUST_PROXY === '' ? false : settings.TRUST_PROXY);

  app.use(requestLog(parts.log, parts.clock));
  app.use((request, response, next) => {
    response.locals['requestId'] = request.id;
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  app.use(requestMetrics(parts.metrics), securityHeaders, strictTransport, checkAddress);
  app.use(requireSameOrigin(settings.PUBLIC_URL));
  const identify = counted(parts, limits);
  const onRefused = (refused: Refused, request: Request): Promise<void> =>
    parts.refusals.note(refusedBy(refused, refused.permission, request));
  doors.mountBeforeBodies?.(app, identify);
  mountHealth(app, parts);
  mountOpenApi(app);
  serveContract(app, { clock: parts.clock, identify, onRefused }, doors.handlers);
  if (doors.pagesFolder !== undefined) {
    const { pagesFolder: folder, preview } = doors;
    mountPages(app, { folder, timeZone: settings.TIME_ZONE, publicUrl: settings.PUBLIC_URL, preview });
  }
  app.use(() => {
    throw notFound('page');
  });
  app.use(sendProblem);
  return app;
}

const counted =
  (parts: Parts, limits: RequestLimits): Identify =>
  async (request) => {
    const caller = await parts.identify(request).catch(async (error: unknown) => {
      await limits.take({ kind: 'anonymous', ip: request.ip ?? '' });
      throw error;
    });
    await limits.take(caller);
    return caller;
  };

/** Answers a request itself and says so, or leaves it to the app: the fast path of media and live playlists (issue 2, Playback). */
export type MediaDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What the http server listens with: the media door first, then the app. */
export const createListener =
  (app: Express, mediaDoor: MediaDoor = () => false) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    if (!mediaDoor(request, response)) app(request, response);
  };
