import { setTimeout as pause } from 'node:timers/promises';
import { accounts } from '../../media/contract/accounts.ts';
import { problemSchema } from '../../media/contract/problem.ts';
import { CannotStart } from '../supervisor/preflight.ts';

/** The server as the office's command line sees it: the published HTTP API and nothing else. */
export interface Office {
  /** Origin without a slash at its end. */
  readonly address: string;
  /** Sends a request as whoever is signed in; rejects with `Refused` or `Unreachable`. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /** The value of the Authorization header, after signing in where that is still to be done. */
  readonly authorization: () => Promise<string>;
  /** Says that the session is no longer good; answers whether a password is there to begin another one. */
  readonly forget: () => boolean;
  readonly signOut: () => Promise<void>;
}

/** How the command line proves who it is. */
export type Credentials = { readonly token: string } | { readonly username: string; readonly password: string };

/** The server said no; the message is its sentence, which ends with the cure. */
export class Refused extends CannotStart {
  readonly status: number;
  readonly retryAfterS: number | undefined;
  constructor(status: number, sentence: string, retryAfterS?: number) {
    super(sentence);
    this.status = status;
    this.retryAfterS = retryAfterS;
  }
}

/** The server did not answer. */
export class Unreachable extends CannotStart {
  constructor(address: string, cause: unknown) {
    super(`The server at ${address} does not answer: start it, or give its address with --url or YUANBO_URL.`, {
      cause,
    });
  }
}

/** Opens the office at an address; nothing is sent yet. */
export function openOffice(address: string, credentials: Credentials): Office {
  let session = 'token' in credentials ? Promise.resolve(credentials.token) : undefined;
  const begin = async (): Promise<string> => {
    if ('token' in credentials) return credentials.token;
    const body = JSON.stringify({ username: credentials.username, password: credentials.password });
    const headers = { 'Content-Type': 'application/json' };
    const reply = await send(address, '/api/sessions', { method: 'POST', headers, body });
    return accounts.signIn.reply.parse(await reply.json()).token;
  };
  const authorization = async (): Promise<string> => {
    session ??= begin();
    try {
      return `Bearer ${await session}`;
    } catch (error) {
      session = undefined;
      throw error;
    }
  };
  const forget = (): boolean => {
    if ('token' in credentials) return false;
    session = undefined;
    return true;
  };
  const askOnce = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', await authorization());
    return send(address, path, { ...init, headers });
  };
  return {
    address,
    authorization,
    forget,
    ask: async (path, init = {}) => {
      try {
        return await askOnce(path, init);
      } catch (error) {
        if (!(error instanceof Refused && error.status === 401 && forget())) throw error;
        return askOnce(path, init);
      }
    },
    signOut: async () => {
      if ('token' in credentials || session === undefined) return;
      await askOnce('/api/sessions/current', { method: 'DELETE' }).catch(() => undefined);
    },
  };
}

async function send(address: string, path: string, init: RequestInit): Promise<Response> {
  const reply = await fetch(address + path, init).catch((cause: unknown) => {
    throw init.signal?.aborted === true ? cause : new Unreachable(address, cause);
  });
  if (!reply.ok) throw refusal(reply.status, await reply.text(), reply.headers.get('retry-after'));
  return reply;
}

/** What a reply that is no success says, in the server's words where they are its own. */
export function refusal(status: number, body: string, retryAfter: string | null | undefined): Refused {
  const seconds = Number(retryAfter ?? 'none');
  return new Refused(
    status,
    sentenceOf(body) ?? `The server answered ${status}.`,
    Number.isFinite(seconds) ? seconds : undefined,
  );
}

function sentenceOf(body: string): string | undefined {
  try {
    return problemSchema.parse(JSON.parse(body)).detail;
  } catch {
    return undefined;
  }
}

const longestPauseMs = 30_000;
const mostTries = 8;
const longestWaitS = 60;

/** Says whether the same request may go well a little later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof Refused &&
    (error.status === 429
      ? (error.retryAfterS ?? 0) <= longestWaitS
      : [408, 423].includes(error.status) || (error.status >= 500 && error.status !== 507)));

/** Waits after the `tries`-th failure in a row (from 1), longer each time; throws the error when it is no use to go on. */
export async function pauseAfter(error: unknown, tries: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!isPassing(error) || tries >= mostTries) throw error;
  const wantedMs = error instanceof Refused ? (error.retryAfterS ?? 0) * 1000 : 0;
  await pause(Math.max(wantedMs, Math.min(longestPauseMs, 1000 * 2 ** (tries - 1))), undefined, { signal });
}

/** Asks again while the server is away for a moment. */
export async function patiently<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      await pauseAfter(error, tries, signal);
    }
  }
}
