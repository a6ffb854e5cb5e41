import { setTimeout as pause } from 'node:timers/promises';
import { type Film, filmSchema } from '../../../media/contract/library.ts';
import { demoPassword, type SoakStack } from './soak-stack.ts';

/** What people do in a run, whatever is struck meanwhile: they ask again until there is an answer. */
export interface SoakOffice {
  readonly upload: (name: string, bytes: Buffer) => Promise<string>;
  readonly film: (id: string) => Promise<Film>;
  /** Every film of the library. */
  readonly films: () => Promise<readonly Film[]>;
  readonly pass: (id: string) => Promise<void>;
}

const patienceMs = 90_000;

/** Opens the office of a stack: its producer and its reviewer are signed in. */
export async function openOffice(stack: SoakStack): Promise<SoakOffice> {
  const [producer, reviewer] = [await signIn(stack, 'producer'), await signIn(stack, 'reviewer')];
  const get = async (path: string): Promise<unknown> =>
    (await answered(stack, path, { headers: { Authorization: `Bearer ${producer}` } })).json();
  return {
    upload: async (name, bytes) => {
      const headers = {
        Authorization: `Bearer ${producer}`,
        'Tus-Resumable': '1.0.0',
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Length': String(bytes.length),
        'Upload-Metadata': `filename ${Buffer.from(name).toString('base64')}`,
      };
      const reply = await answered(stack, '/api/uploads', { method: 'POST', headers, body: new Uint8Array(bytes) });
      return (reply.headers.get('location') ?? '').split('/').at(-1) ?? '';
    },
    film: async (id) => filmSchema.parse(await get(`/api/films/${id}`)),
    films: async () =>
      ((await get('/api/films?limit=200')) as { items: unknown[] }).items.map((item) => filmSchema.parse(item)),
    pass: async (id) => {
      const headers = { Authorization: `Bearer ${reviewer}`, 'Content-Type': 'application/json' };
      const body = JSON.stringify({ decision: 'pass' });
      await answered(stack, `/api/films/${id}/reviews`, { method: 'POST', headers, body });
    },
  };
}

async function signIn(stack: SoakStack, username: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ username, password: demoPassword });
  const reply = await answered(stack, '/api/sessions', { method: 'POST', headers, body });
  return ((await reply.json()) as { token: string }).token;
}

/** A reply of 2xx; asks again while the server or what it needs is away. */
async function answered(stack: SoakStack, path: string, init: RequestInit): Promise<Response> {
  const endMs = Date.now() + patienceMs;
  let last = 'nothing was asked';
  while (Date.now() < endMs) {
    try {
      const reply = await stack.call(path, init);
      if (reply.ok) return reply;
      last = `${String(reply.status)} ${await reply.text()}`;
      if (reply.status < 500 && reply.status !== 401) break;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await pause(150);
  }
  throw new Error(`${path}: ${last}`);
}
