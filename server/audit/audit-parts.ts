import type { Surroundings } from '../surroundings.ts';
import { type AuditLog, auditStore } from './audit-store.ts';
import { keepSettling, openRefusals, type Refusals } from './refusals.ts';

export interface AuditParts {
  readonly audit: AuditLog;
  readonly refusals: Refusals;
}

export function auditParts(surroundings: Surroundings): AuditParts {
  const { database, clock } = surroundings;
  const audit = auditStore(database, clock);
  const refusals = openRefusals(audit, clock);
  keepSettling(refusals, surroundings);
  return { audit, refusals };
}
