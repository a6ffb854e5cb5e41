import type { Caller } from '../http/caller.ts';
import type { AuditEntry } from './chain.ts';

/** Begins an audit entry from a request: who, from where, under which request id. */
export const auditedBy = (
  call: { readonly caller: Caller; readonly requestId: string },
  action: string,
  object: string,
  detail = '',
): AuditEntry => ({
  actor: call.caller.kind === 'user' ? call.caller.username : 'anonymous',
  ip: call.caller.ip,
  action,
  object,
  detail,
  requestId: call.requestId,
});
