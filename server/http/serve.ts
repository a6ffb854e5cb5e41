import type { Express, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { Endpoint, Who } from '../../media/contract/endpoint.ts';
import type { Action, permissions } from '../../media/contract/permissions.ts';
import { contract, type EndpointName } from '../../media/contract/table.ts';
import { AppError } from '../errors.ts';
import { type Caller, may, type SignedIn } from './caller.ts';
import { type Listener, openEventStream } from './event-stream.ts';
import { readJsonBody, readRawBody } from './json-body.ts';
import { parseRequest } from './parse-request.ts';
import { sendFile, type SentFile } from './send-file.ts';

type Line<Name extends EndpointName> = (typeof contract)[Name];

/** Whoever is allowed in by a line: somebody signed in, unless its row of the matrix lets anybody. */
type CallerOf<Asked extends Who> = Asked extends 'signed-in'
  ? SignedIn
  : Asked extends Action
    ? 'anonymous' extends keyof (typeof permissions)[Asked]
      ? Caller
      : SignedIn
    : Caller;

/** What a handler gets: everything parsed, the caller known and allowed. */
export interface Call<Name extends EndpointName> {
  readonly params: z.output<Line<Name>['params']>;
  readonly query: z.output<Line<Name>['query']>;
  readonly body: z.output<Line<Name>['body']>;
  readonly caller: CallerOf<Line<Name>['who']>;
  /** Instant of the request. */
  readonly atMs: number;
  readonly requestId: string;
  /** The `If-Match` value without its quotes; `*` matches anything. */
  readonly ifMatch: string | undefined;
  /** Answers with the line's other status of success. */
  readonly setStatus: (status: number) => void;
  /** Sets a reply header, as `ETag`; a header that is set already is kept and this value added for `Set-Cookie`. */
  readonly setHeader: (name: string, value: string) => void;
  readonly header: (name: string) => string | undefined;
  /** Sends the file that is the reply of an `isFile` line, or the range of it that is asked for. */
  readonly sendFile: (file: SentFile) => Promise<void>;
  /** Begins the stream of events that is the reply of an `isFile` line; `onClosed` is told when either side ended it. */
  readonly openStream: (onClosed: () => void) => Listener;
  /** Address and port on which the request arrived, as `127.0.0.1:8080`. */
  readonly arrivedAt: string;
  /** The request came over https (or a trusted proxy says so). */
  readonly secure: boolean;
}
export type Handler<Name extends EndpointName> = (call: Call<Name>) => Promise<z.input<Line<Name>['reply']>>;
/** The handlers of some lines, as one noun gives them. */
export type Routes<Names extends EndpointName> = { readonly [Name in Names]: Handler<Name> };
export type Handlers = Routes<EndpointName>;

const stepUpMs = 30 * 60_000;

/** What serving needs from the rest of the server. */
export interface ServeParts {
  readonly clock: () => number;
  /** Finds the caller by cookie or bearer token; anonymous where there is none; rejects 401 for a token that is no longer good, 429 for too many calls. */
  readonly identify: (request: Request) => Promise<Caller>;
  /** Told of each deed that permissions refused to somebody signed in, before they are. */
  readonly onRefused: (refused: Refused, request: Request) => Promise<void>;
}

/** Who was refused what. */
export interface Refused {
  readonly caller: SignedIn;
  readonly permission: Action;
  readonly requestId: string;
}

/** Mounts the lines of the contract that have a handler: authorise, parse, run, check the reply; other methods answer 405. */
export function serveContract(app: Express, parts: ServeParts, handlers: Partial<Handlers>): void {
  const served = (Object.keys(contract) as EndpointName[]).filter((name) => handlers[name] !== undefined);
  for (const name of served) {
    const line: Endpoint = contract[name];
    const run = handlers[name] as (call: Call<EndpointName>) => Promise<unknown>;
    const readBody = (line.isRawBody === true ? readRawBody : readJsonBody)(line.bodyBytes);
    const method = line.method.toLowerCase() as Lowercase<Endpoint['method']>;
    app[method](line.path, async (request, response) => {
      response.locals['endpoint'] = name;
      const caller = await parts.identify(request);
      const atMs = parts.clock();
      try {
        authorise(line, caller, atMs);
        await readBody(request, response);
        response.status(line.status);
        send(line, await run(prepare(line, request, response, { caller, atMs })), response);
      } catch (error) {
        const permission = refusedPermission(line, error);
        if (permission !== undefined && caller.kind === 'user') {
          await parts.onRefused({ caller, permission, requestId: String(response.locals['requestId']) }, request);
        }
        throw error;
      }
    });
  }
  for (const path of new Set(served.map((name) => contract[name].path))) {
    app.all(path, refuseMethod(served.filter((name) => contract[name].path === path)));
  }
}

function prepare(
  line: Endpoint,
  request: Request,
  response: Response,
  known: { readonly caller: Caller; readonly atMs: number },
): Call<EndpointName> {
  const etag = request.headers['if-match'];
  if (line.ifMatch && etag === undefined) {
    throw new AppError(
      'if_match_required',
      'Send If-Match with the ETag that you read, so that nobody else’s change is overwritten.',
    );
  }
  return {
    ...parseRequest(line, request),
    ...known,
    requestId: String(response.locals['requestId']),
    ifMatch: etag?.replace(/^(W\/)?"|"$/g, ''),
    setStatus: (status) => void response.status(status),
    setHeader: (header, value) => void response.append(header, value),
    header: (header) => request.get(header),
    sendFile: (file) => sendFile(request, response, file),
    openStream: (onClosed) => openEventStream(request, response, onClosed),
    arrivedAt: arrivedAt(request),
    secure: request.secure,
  } as Call<EndpointName>;
}

function arrivedAt({ socket: { localAddress = '127.0.0.1', localPort = 0 } }: Request): string {
  const address = localAddress.replace(/^::ffff:/, '');
  return `${address.includes(':') ? `[${address}]` : address}:${localPort}`;
}

function authorise(line: Endpoint, caller: Caller, atMs: number): void {
  if (line.who === 'public') return;
  const allowed = line.who === 'signed-in' ? caller.kind === 'user' : may(caller, line.who);
  if (!allowed && caller.kind === 'anonymous') throw new AppError('sign_in', 'Sign in first.');
  if (!allowed) {
    throw new AppError('forbidden', 'Your roles do not allow this. Ask the county office for the role that does.');
  }
  if (line.stepUp && caller.kind === 'user' && atMs - caller.passwordAtMs > stepUpMs) {
    throw new AppError(
      'step_up',
      'Enter your password again: this needs a password entered within the last 30 minutes.',
    );
  }
}

/** The row of the matrix by which an error refuses; a use-case refuses by it too, as roles that somebody may not give. */
const refusedPermission = ({ who }: Endpoint, error: unknown): Action | undefined =>
  who !== 'public' && who !== 'signed-in' && error instanceof AppError && error.code === 'forbidden' ? who : undefined;

function send(line: Endpoint, reply: unknown, response: Response): void {
  if (line.isFile === true) return;
  if (line.status === 204) {
    response.end();
    return;
  }
  const checked: unknown = line.reply.parse(reply);
  if (line.contentType !== undefined) response.type(line.contentType).send(checked);
  else response.json(checked);
}

/** RFC 9110, 15.5.6: "The origin server MUST generate an Allow header field in a 405 response." */
function refuseMethod(names: readonly EndpointName[]): RequestHandler {
  const methods = names.map((name) => contract[name].method);
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (request, response) => {
    response.setHeader('Allow', allow);
    if (request.method !== 'OPTIONS')
      throw new AppError('method', `${request.method} is not for this address: ${allow}.`);
    response.status(204).end();
  };
}
