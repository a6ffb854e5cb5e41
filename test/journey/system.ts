import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { channels } from '../../media/contract/channels.ts';
import { accounts } from '../../media/contract/accounts.ts';

/** The sample county that journeys share. */
export interface Demo {
  readonly address: string;
  readonly password: string;
  readonly dataDir: string;
  readonly startedAtMs: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    demo: Demo;
  }
}

let given: Demo | undefined;

/** For what runs beside the tests and is given nothing by them. */
export const onDemo = (told: Demo): void => {
  given = told;
};
export const demo = (): Demo => given ?? inject('demo');

/** Asks again and again until an answer comes; rejects with the last error after `withinMs`. */
export async function eventually<T>(ask: () => Promise<T | undefined>, withinMs: number, everyMs = 500): Promise<T> {
  const endMs = Date.now() + withinMs;
  let last: unknown = new Error(`Nothing came within ${withinMs} ms.`);
  while (Date.now() < endMs) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await pause(everyMs);
  }
  throw last;
}

/** Sends JSON and reads JSON; what is refused is an error that holds the problem. */
export async function api<T = unknown>(
  path: string,
  {
    method = 'GET',
    token,
    body,
    headers = {},
  }: { method?: string; token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<T> {
  const response = await fetch(demo().address + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

const tokens = new Map<string, { readonly token: string; readonly atMs: number }>();
/** Some deeds ask for the password again half an hour after it was typed. */
const freshMs = 600_000;

/** A bearer token of a demo account. The windows that journeys open as the same person end the oldest of five sessions. */
export async function tokenOf(username: string): Promise<string> {
  const known = tokens.get(username);
  if (known !== undefined && Date.now() - known.atMs < freshMs && (await isGood(known.token))) return known.token;
  const session = await api('/api/sessions', { method: 'POST', body: { username, password: demo().password } });
  const { token } = accounts.signIn.reply.parse(session);
  tokens.set(username, { token, atMs: Date.now() });
  return token;
}

async function isGood(token: string): Promise<boolean> {
  const reply = await fetch(`${demo().address}/api/sessions/current`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (!reply.ok && reply.status !== 401) throw new Error(`${reply.status} ${await reply.text()}`);
  return reply.ok;
}

/** The guide of [fromMs, toMs) with every filler. */
export async function guide(fromMs: number, toMs: number, channel = 'county') {
  const range = `from=${Math.round(fromMs)}&to=${Math.round(toMs)}`;
  const reply = await api(`/api/channels/${channel}/guide?${range}&fillers=each`);
  return channels.channelGuide.reply.parse(reply).items;
}

/** Waits until the sample channel shows films: its first plan is published and in effect. */
export const onAir = (): Promise<true> =>
  eventually(
    async () => {
      const items = await guide(Date.now(), Date.now() + 4000);
      return items.some(({ kind }) => kind !== 'slate') ? true : undefined;
    },
    600_000,
    1000,
  );
