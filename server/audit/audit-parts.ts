import type { Surroundings } from '../surroundings.ts';
import { type AuditLog, auditStore } from './audit-store.ts';

export interface AuditParts {
  readonly audit: AuditLog;
}

export const auditParts = ({ database, clock }: Surroundings): AuditParts => ({ audit: auditStore(database, clock) });
