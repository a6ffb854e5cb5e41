import type { AuditFilter } from '../../media/contract/audit.ts';
import type { Database } from '../database/database.ts';
import { isDuplicateKey } from '../database/duplicate-key.ts';
import { auditModel, type AuditRow } from './audit-model.ts';
import { type AuditEntry, type AuditLink, follows, hashOfLink, noHash } from './chain.ts';

/** The record of who did what: links are added, never changed (T28). */
export interface AuditLog {
  /** Adds one link; resolves when it is stored. Writers of several processes queue by the unique number. */
  write(entry: AuditEntry): Promise<void>;
  /** Newest first, below `belowSeq` where given; `query` is looked for literally in all texts. */
  page(limit: number, belowSeq?: number, filter?: AuditFilter): Promise<readonly AuditLink[]>;
  /** Reads some thousand links behind a number from the database and follows them; `toSeq` is the last that is whole. */
  check(afterSeq: number): Promise<ChainCheck>;
  /** Number of the first link that does not follow the one before; undefined where the chain is whole. */
  firstBroken(): Promise<number | undefined>;
}

/** What following a stretch of the chain came to. */
export interface ChainCheck {
  readonly toSeq: number;
  /** Number of the newest link. */
  readonly lastSeq: number;
  readonly firstBadSeq?: number;
}

const atOnce = 2000;
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
    page: async (limit, belowSeq, filter = {}) => {
      const below = belowSeq === undefined ? {} : { seq: { $lt: belowSeq } };
      const found = await rows
        .find({ $and: [below, ...conditionsOf(filter)] })
        .sort({ seq: -1 })
        .limit(limit)
        .lean();
      return found.map(linkOf);
    },
    check: async (afterSeq) => {
      const [last, before] = await Promise.all([
        rows.findOne().sort({ seq: -1 }).lean(),
        rows.findOne({ seq: afterSeq }).lean(),
      ]);
      const lastSeq = last?.seq ?? 0;
      if (afterSeq > 0 && before === null) return { toSeq: afterSeq - 1, lastSeq, firstBadSeq: afterSeq };
      let followed = { seq: afterSeq, hash: before?.hash ?? noHash };
      const found = await rows
        .find({ seq: { $gt: afterSeq } })
        .sort({ seq: 1 })
        .limit(atOnce)
        .lean();
      for (const link of found.map(linkOf)) {
        if (!follows(link, followed))
          return { toSeq: followed.seq, lastSeq, firstBadSeq: Math.min(link.seq, followed.seq + 1) };
        followed = { seq: link.seq, hash: link.hash };
      }
      return { toSeq: followed.seq, lastSeq };
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

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Refusals are deeds too: their action ends in this word. */
const refusal = /\.refuse$/;

function conditionsOf({ actor, noun, outcome, from, to, query = '' }: AuditFilter): object[] {
  const text = new RegExp(literal(query), 'i');
  return [
    ...(actor === undefined ? [] : [{ actor }]),
    ...(noun === undefined ? [] : [{ object: new RegExp(`^${literal(noun)}(/|$)`) }]),
    ...(outcome === undefined ? [] : [{ action: outcome === 'refused' ? refusal : { $not: refusal } }]),
    ...(from === undefined ? [] : [{ atMs: { $gte: from } }]),
    ...(to === undefined ? [] : [{ atMs: { $lt: to } }]),
    ...(query === '' ? [] : [{ $or: [{ actor: text }, { action: text }, { object: text }, { detail: text }] }]),
  ];
}

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
