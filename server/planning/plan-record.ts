import type { Id } from '../../media/contract/ids.ts';
import type { Plan } from '../../media/contract/planning.ts';
import type { PlanItem } from '../../media/plan/plan.ts';

/** Somebody as written beside what they did; the name is the one they had then. */
export interface Person {
  readonly id: Id;
  readonly name: string;
}

/** How a plan went on air. */
export interface PlanPublication {
  /** Name of its content (plan-hash.ts). */
  readonly hash: string;
  readonly by: Person;
  readonly atMs: number;
  readonly reason?: string;
  /** Name of the earlier version that it brings back. */
  readonly restores?: string;
}

/** A plan as planning keeps it: one document, changed by compare-and-swap on version and state. */
export interface PlanRecord {
  readonly id: Id;
  readonly channel: string;
  /** Township or village whose own items these are; the county's plan where absent. */
  readonly place?: string;
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
  /** Set while it is being published: the head decides what has become of it (settle-plan.ts). */
  readonly claimedAtMs?: number;
  readonly publication?: PlanPublication;
  readonly returnedReason?: string;
  readonly warningReason?: string;
  readonly approvalNote?: string;
  readonly createdAtMs: number;
}

type Note =
  | 'approver'
  | 'approvedVersion'
  | 'approvalNote'
  | 'returnedReason'
  | 'warningReason'
  | 'claimedAtMs'
  | 'publication'
  | 'effectiveAtMs';

/** A plan without some of what was decided on it. */
export function forgetting<Names extends Note>(plan: PlanRecord, ...names: readonly Names[]): Omit<PlanRecord, Names> {
  const kept = Object.entries(plan).filter(([name]) => !(names as readonly string[]).includes(name));
  return Object.fromEntries(kept) as unknown as Omit<PlanRecord, Names>;
}
