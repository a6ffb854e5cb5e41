import { createHash } from 'node:crypto';
import { canonicalJson } from '../../media/plan/canonical-json.ts';
import type { PlanRecord } from './plan-record.ts';

/** Name of what a plan says, by its content: SHA-256 of its channel, days and items, in hex. Equal plans have equal names. */
export function planHash({ channel, from, to, items }: Pick<PlanRecord, 'channel' | 'from' | 'to' | 'items'>): string {
  return createHash('sha256').update(canonicalJson({ channel, from, to, items })).digest('hex');
}
