import { endpoints } from 'virtual:endpoints';
import { type Call, createClient, type ClientParts } from './api-client.ts';

/** Makes the typed client of a page: `const call = createApi({ ... }); await call('readFilm', { params: { id } })`. */
export const createApi = (parts: Omit<ClientParts, 'endpoints' | 'fetch'> = {}): Call =>
  createClient({ ...parts, endpoints, fetch: (input, init) => fetch(input, init) });
