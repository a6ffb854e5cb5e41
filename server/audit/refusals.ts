import type { Logger } from 'pino';
import type { AuditLog } from './audit-store.ts';
import type { AuditEntry } from './chain.ts';

/** What permissions and limits refused, written so that no loop can fill the disk with it. */
export interface Refusals {
  /** Writes the first refusal of a person and deed at once; those of the minute after it are counted. */
  note(entry: AuditEntry): Promise<void>;
  /** Writes what was counted in minutes that are over, as one entry with `× 37`; in all minutes when `atOnce`. */
  settle(atOnce?: boolean): Promise<void>;
}

interface Minute {
  readonly beganAtMs: number;
  /** The newest that was only counted. */
  readonly last?: AuditEntry;
  readonly count: number;
}

const minuteMs = 60_000;

/** Counts in the memory of each replica: at most one entry a minute for a person and deed on each. */
export function openRefusals(audit: Pick<AuditLog, 'write'>, clock: () => number): Refusals {
  const minutes = new Map<string, Minute>();
  /** Nobody who did not sign in has a name: their address stands for them. */
  const keyOf = ({ actor, ip, action }: AuditEntry): string =>
    JSON.stringify([actor, action, actor === 'anonymous' && ip]);

  const settle = async (atOnce = false): Promise<void> => {
    const atMs = clock();
    const counted: AuditEntry[] = [];
    for (const [key, { beganAtMs, last, count }] of [...minutes]) {
      if (!atOnce && atMs - beganAtMs < minuteMs) continue;
      // What goes on begins another minute, so that its next refusal is counted and not written.
      if (last === undefined) minutes.delete(key);
      else minutes.set(key, { beganAtMs: atMs, count: 0 });
      if (last !== undefined) counted.push({ ...last, detail: `${last.detail} × ${count}`.trim() });
    }
    for (const entry of counted) await audit.write(entry);
  };

  return {
    settle,
    note: async (entry) => {
      await settle();
      const key = keyOf(entry);
      const minute = minutes.get(key);
      if (minute !== undefined) {
        minutes.set(key, { ...minute, last: entry, count: minute.count + 1 });
        return;
      }
      minutes.set(key, { beganAtMs: clock(), count: 0 });
      await audit.write(entry);
    },
  };
}

const settleEveryMs = 20_000;

/** Settles now and then, and the last time when the process ends. */
export function keepSettling(
  refusals: Refusals,
  {
    log,
    starters,
    closers,
  }: { readonly log: Logger; readonly starters: (() => void)[]; readonly closers: (() => Promise<void>)[] },
): void {
  const settle = (atOnce: boolean): Promise<void> =>
    refusals.settle(atOnce).catch((error: unknown) => log.error({ err: error }, 'refusals could not be written down'));
  starters.push(() => {
    const timer = setInterval(() => void settle(false), settleEveryMs).unref();
    closers.push(() => {
      clearInterval(timer);
      return settle(true);
    });
  });
}
