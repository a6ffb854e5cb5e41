import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { newId } from '../new-id.ts';

/** Takes tokens out of an address before it is logged (T23). */
export const withoutSecrets = (url: string): string =>
  url.replace(/^\/p\/[^/?]*/, '/p/***').replace(/([?&](?:key|token|code)=)[^&]*/g, '$1***');

/** One line a request with its id; the id is also answered as `X-Request-Id`. */
export const requestLog = (log: Logger, clock: () => number) =>
  pinoHttp({
    logger: log,
    genReqId: (_request, response) => {
      const id = newId(clock());
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: (request: { id: string; method: string; url: string; raw: IncomingMessage }) => ({
        id: request.id,
        method: request.method,
        url: withoutSecrets(request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
      error !== undefined || isFault(response) ? 'warn' : 'info',
    customErrorMessage: () => 'request completed',
    // Problems log what is behind them themselves; an error made from a status says nothing more.
    customErrorObject: (_request: IncomingMessage, _response: ServerResponse, _error: Error, logged: object) => ({
      ...logged,
      err: undefined,
    }),
    autoLogging: { ignore: (request) => /^\/(healthz|readyz|metrics)/.test(request.url ?? '') },
  });

/** 503 is how a starting part asks to wait: no fault of the request, and what is down has a line of its own. */
const isFault = ({ statusCode }: ServerResponse): boolean => statusCode >= 500 && statusCode !== 503;
