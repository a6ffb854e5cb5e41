import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { productVersion } from '../process/product-version.ts';
import type { Surroundings } from '../surroundings.ts';
import { type ReplicaBook, replicaBook } from './replica-book.ts';

export interface StatusParts {
  /** This process among the replicas. */
  readonly replicaName: string;
  readonly replicas: ReplicaBook;
  /** When a live list of a channel was last answered here, by code. */
  readonly served: Map<string, number>;
  /** Says that this replica is there. */
  readonly markReplica: () => Promise<void>;
}

const everyMs = 10_000;

/** What the status page knows of the replicas; each says every 10 s that it is there. */
export function statusParts({ database, clock, log, starters, closers }: Surroundings): StatusParts {
  const replicas = replicaBook(database);
  const replicaName = `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`;
  const startedAtMs = clock();
  const served = new Map<string, number>();
  const markReplica = (): Promise<void> =>
    replicas.mark({
      ...{ name: replicaName, version: productVersion(), startedAtMs, seenAtMs: clock() },
      served: Object.fromEntries(served),
    });
  starters.push(() => {
    const mark = (): void => {
      markReplica().catch((error: unknown) => log.debug({ err: error }, 'the replica is marked later'));
    };
    mark();
    const timer = setInterval(mark, everyMs).unref();
    closers.push(async () => {
      clearInterval(timer);
      await replicas.leave(replicaName);
    });
  });
  return { replicaName, replicas, served, markReplica };
}
