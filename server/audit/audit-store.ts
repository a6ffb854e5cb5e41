import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { auditModel, type AuditRow } from './audit-model.ts';
import { type AuditEntry, type AuditLink, follows, hashOfLink, noHash } from './chain.ts';

/** The record of who did what: links are added, never changed (T28). */
export interface AuditLog {
  /** Adds one link; resolves when it is stored. Writers of several processes queue by the unique number. */
  write(entry: AuditEntry): Promise<void>;
  /** Newest first, below `belowSeq` where given; `query` is looked for literally in actor, action and object. */
  page(limit: number, belowSeq?: number, query?: string): Promise<readonly AuditLink[]>;
  /** Number of the first link that does not follow the one before; undefined where the chain is whole. */
  firstBroken(): Promise<number | undefined>;
}

const tries = 200;
const wholeCheckEveryMs = 10 * 60_000;

export function auditStore(database: Database, clock: () => number): AuditLog {
  const rows = auditModel(database);
  let queue: Promise<unknown> = Promise.resolve();
  let verified = { seq: 0, hash: noHash };
  let wholeCheckAtMs = Number.NEGATIVE_INFINITY;

  const add = async (entry: AuditEntry): Promise<void> => {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const last = await rows.findOne().sort({ seq: -1 }).lean();
      const link = { ...entry, seq: (last?.seq ?? 0) + 1, atMs: clock(), prevHash: last?.hash ?? noHash };
      try {
        await rows.create({ ...link, hash: hashOfLink(link) });
        return;
      } catch (error) {
        // Another replica took the number: read its link and follow it.
        if (!isDuplicateKey(error)) throw error;
      }
    }
    throw new Error('The audit log is too busy: its next number was taken every time.');
  };

  return {
    write: (entry) => {
      const written = queue.then(() => add(entry));
      queue = written.catch(() => undefined);
      return written;
    },
    page: async (limit, belowSeq, query) => {
      const below = belowSeq === undefined ? {} : { seq: { $lt: belowSeq } };
      const found = await rows
        .find({ ...below, ...containing(query) })
        .sort({ seq: -1 })
        .limit(limit)
        .lean();
      return found.map(linkOf);
    },
    firstBroken: async () => {
      // What was verified may be altered later, so the whole chain is read again from time to time.
      const startOver = clock() - wholeCheckAtMs > wholeCheckEveryMs;
      if (startOver) verified = { seq: 0, hash: noHash };
      for await (const row of rows
        .find({ seq: { $gt: verified.seq } })
        .sort({ seq: 1 })
        .lean()
        .cursor()) {
        const link = linkOf(row);
        if (!follows(link, verified)) return Math.min(link.seq, verified.seq + 1);
        verified = { seq: link.seq, hash: link.hash };
      }
      if (startOver) wholeCheckAtMs = clock();
      return undefined;
    },
  };
}

const containing = (query: string | undefined) => {
  if (query === undefined || query === '') return {};
  const literal = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  return { $or: [{ actor: literal }, { action: literal }, { object: literal }] };
};

const linkOf = (row: AuditRow): AuditLink => ({
  seq: row.seq,
  atMs: row.atMs,
  actor: row.actor,
  ip: row.ip,
  action: row.action,
  object: row.object,
  detail: row.detail,
  requestId: row.requestId,
  prevHash: row.prevHash,
  hash: row.hash,
});
