import type { z } from 'zod';
import type { contract, EndpointName } from '../../media/contract/table.ts';
import { ApiError } from './api-error.ts';
import { readProblem } from './problem.ts';

/** Method and path of every endpoint; the build makes it from the contract table. */
export type EndpointTable = Readonly<Record<EndpointName, { readonly method: string; readonly path: string }>>;

type Line<Name extends EndpointName> = (typeof contract)[Name];
type Part<Key extends string, Value> = [Value] extends [undefined | Record<string, never>]
  ? Readonly<Partial<Record<Key, Value>>>
  : Partial<Value> extends Value
    ? { readonly [K in Key]?: Value }
    : { readonly [K in Key]: Value };

/** What an endpoint is called with: the parts that its line of the contract names, and the version that a change is based on. */
export type CallInput<Name extends EndpointName> = Part<'params', z.input<Line<Name>['params']>> &
  Part<'query', z.input<Line<Name>['query']>> &
  Part<'body', z.input<Line<Name>['body']>> & { readonly ifMatch?: string | number };
/** What it answers. */
export type CallReply<Name extends EndpointName> = z.output<Line<Name>['reply']>;

type Arguments<Name extends EndpointName> =
  Partial<CallInput<Name>> extends CallInput<Name> ? [input?: CallInput<Name>] : [input: CallInput<Name>];

/** Calls one endpoint of the contract by its name; rejects with ApiError. */
export type Call = <Name extends EndpointName>(name: Name, ...input: Arguments<Name>) => Promise<CallReply<Name>>;

/** What a client needs from its page. */
export interface ClientParts {
  readonly endpoints: EndpointTable;
  readonly fetch: typeof fetch;
  /** Asks the person for the password again and sends it; false when they gave up. Without it `step_up` is an error like any other. */
  readonly stepUp?: () => Promise<boolean>;
  /** The session ended: the page shows its sign-in. */
  readonly onSignedOut?: () => void;
  /** @defaultValue 30000 */
  readonly timeoutMs?: number;
}

/** Makes the typed client of one page. */
export function createClient(parts: ClientParts): Call {
  const call = async (name: EndpointName, input: LooseInput = {}): Promise<unknown> => {
    const { method, path } = parts.endpoints[name];
    const request = () => exchange(parts, method, fillPath(path, input), input);
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'sign_in' && name !== 'signIn') parts.onSignedOut?.();
      if (error.code === 'step_up' && parts.stepUp !== undefined && (await parts.stepUp())) return request();
      throw error;
    }
  };
  return call as Call;
}

interface LooseInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: string | number;
}

/** Puts parameters and query into an Express style path; values are escaped, unset ones left out. */
export function fillPath(path: string, { params = {}, query = {} }: Pick<LooseInput, 'params' | 'query'>): string {
  const filled = path.replace(/:([a-zA-Z]+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const asked = Object.keys(query)
    .map((key) => [key, query[key]] as const)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value ?? '')}`);
  return asked.length === 0 ? filled : `${filled}?${asked.join('&')}`;
}

async function exchange(parts: ClientParts, method: string, url: string, input: LooseInput): Promise<unknown> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  const isFile = input.body instanceof Uint8Array;
  if (input.body !== undefined) headers['Content-Type'] = isFile ? 'application/octet-stream' : 'application/json';
  if (input.ifMatch !== undefined) headers['If-Match'] = `"${input.ifMatch}"`;
  const body = input.body === undefined ? {} : { body: isFile ? (input.body as BodyInit) : JSON.stringify(input.body) };
  const { response, text } = await inTime(parts, async () => {
    const answer = await parts.fetch(url, { method, headers, credentials: 'same-origin', ...body });
    return { response: answer, text: await answer.text() };
  });
  if (!response.ok) throw readProblem(response.status, text, response.headers.get('Retry-After'));
  if (text === '') return undefined;
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
  return isJson ? (JSON.parse(text) as unknown) : text;
}

/** Old engines cannot abort a request, so a late answer is only not waited for. */
async function inTime<T>({ timeoutMs = 30_000 }: ClientParts, run: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ApiError({ status: 0, code: 'network', detail: 'The server did not answer in time.' }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError({ status: 0, code: 'network', detail: 'The server cannot be reached.' });
  } finally {
    clearTimeout(timer);
  }
}
