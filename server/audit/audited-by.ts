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

/** Begins an audit entry of what the system does to something without being asked. */
export const bySystem = (action: string, object: string, detail: string): AuditEntry => ({
  ...{ actor: 'system', ip: '', requestId: '' },
  ...{ action, object, detail },
});
