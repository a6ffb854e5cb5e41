import type { Id } from '../../media/contract/ids.ts';
import type { Plan } from '../../media/contract/planning.ts';
import type { PlanItem } from '../../media/plan/plan.ts';

/** Somebody as written beside what they did; the name is the one they had then. */
export interface Person {
  readonly id: Id;
  readonly name: string;
}

/** A plan as planning keeps it: one document, changed by compare-and-swap on version and state. */
export interface PlanRecord {
  readonly id: Id;
  readonly channel: string;
  /** County dates, `to` exclusive. */
  readonly from: string;
  readonly to: string;
  readonly title?: string;
  readonly state: Plan['state'];
  /** Grows with every change of what the plan says; what was approved is a version. */
  readonly version: number;
  readonly author: Person;
  readonly approver?: Person;
  readonly approvedVersion?: number;
  readonly items: readonly PlanItem[];
  /** Findings when it was last saved, for lists. */
  readonly errorCount: number;
  readonly warningCount: number;
  readonly effectiveAtMs?: number;
  readonly returnedReason?: string;
  readonly warningReason?: string;
  readonly approvalNote?: string;
  readonly createdAtMs: number;
}

type Note = 'approver' | 'approvedVersion' | 'approvalNote' | 'returnedReason' | 'warningReason';

/** A plan without some of what was decided on it. */
export function forgetting<Names extends Note>(plan: PlanRecord, ...names: readonly Names[]): Omit<PlanRecord, Names> {
  const kept = Object.entries(plan).filter(([name]) => !(names as readonly string[]).includes(name));
  return Object.fromEntries(kept) as unknown as Omit<PlanRecord, Names>;
}
