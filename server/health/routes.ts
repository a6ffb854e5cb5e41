import type { Express, Request } from 'express';
import { collectDefaultMetrics } from 'prom-client';
import { isLoopback } from '../accounts/safe-transport.ts';
import type { AuditParts } from '../audit/audit-parts.ts';
import { refusedBy } from '../audit/refused-by.ts';
import { AppError } from '../errors.ts';
import { type Caller, may } from '../http/caller.ts';
import type { Surroundings } from '../surroundings.ts';
import { whatIsDown } from './what-is-down.ts';

type Parts = Pick<Surroundings, 'clock' | 'metrics' | 'readiness'> &
  Pick<AuditParts, 'refusals'> & {
    readonly identify: (request: Request) => Promise<Caller>;
  };

/** Mounts what machines ask: `/healthz` (the process runs), `/readyz` (everything it needs answers) and `/metrics`. */
export function mountHealth(app: Express, parts: Parts): void {
  const beganMs = parts.clock();
  collectDefaultMetrics({ register: parts.metrics });
  app.get('/healthz', (_request, response) => {
    response.locals['endpoint'] = 'healthz';
    response.json({ status: 'ok', serverAtMs: parts.clock(), uptimeMs: parts.clock() - beganMs });
  });
  app.get('/readyz', async (_request, response) => {
    response.locals['endpoint'] = 'readyz';
    const down = await whatIsDown(parts.readiness);
    response.status(down.length === 0 ? 200 : 503).json({ status: down.length === 0 ? 'ok' : 'down', down });
  });
  app.get('/metrics', async (request, response) => {
    response.locals['endpoint'] = 'metrics';
    // A proxy on this machine is a loopback peer that speaks for somebody else.
    const own = isLoopback(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
    if (!own) await requireReader(parts, request, String(response.locals['requestId']));
    response.type(parts.metrics.contentType).send(await parts.metrics.metrics());
  });
}

async function requireReader(parts: Parts, request: Request, requestId: string): Promise<void> {
  const caller = await parts.identify(request);
  if (caller.kind === 'anonymous') throw new AppError('sign_in', 'Send a token, or ask from the server itself.');
  if (may(caller, 'read-metrics')) return;
  await parts.refusals.note(refusedBy({ caller, requestId }, 'read-metrics', request));
  throw new AppError('forbidden', 'Your roles do not allow this.');
}
