import { auditNouns } from '../../media/contract/audit.ts';
import type { Action } from '../../media/contract/permissions.ts';
import type { Caller } from '../http/caller.ts';
import { auditedBy } from './audited-by.ts';
import type { AuditEntry } from './chain.ts';

/** The request that was refused, as Express knows it. */
export interface RefusedRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
}

const longestPath = 200;
const longestId = 64;

/** The audit entry of a deed that a caller's roles do not allow: `delete-film.refuse`, to what, by which request. */
export const refusedBy = (
  call: { readonly caller: Caller; readonly requestId: string },
  permission: Action,
  { method, path }: RefusedRequest,
): AuditEntry => auditedBy(call, `${permission}.refuse`, objectOf(path), `${method} ${path.slice(0, longestPath)}`);

const pluralOf = (noun: string): string =>
  noun === 'category' ? 'categories' : noun === 'settings' || noun === 'queue' ? noun : `${noun}s`;

/** `/api/films/01h.../withdraw` is about `film/01h...`; an address of no noun is about itself, as `status`. */
function objectOf(path: string): string {
  const [, kind = '', id = ''] = path.replace(/^\/api/, '').split('/');
  const noun = auditNouns.find((known) => pluralOf(known) === kind) ?? kind.slice(0, longestId);
  return id === '' ? noun : `${noun}/${id.slice(0, longestId)}`;
}
