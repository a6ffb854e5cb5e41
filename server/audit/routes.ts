import { readCursor, writeCursor } from '../http/cursor.ts';
import { z } from 'zod';
import type { Routes } from '../http/serve.ts';
import type { AuditParts } from './audit-parts.ts';

const cursorSchema = z.number().int().positive();

export const auditRoutes = ({ audit }: AuditParts): Routes<'readAudit'> => ({
  readAudit: async ({ query }) => {
    const limit = query.limit ?? 50;
    const below = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorSchema);
    const found = await audit.page(limit + 1, below, query.query);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const firstBadSeq = await audit.firstBroken();
    return {
      items: [...items],
      ...(found.length > limit && last !== undefined ? { nextCursor: writeCursor(last.seq) } : {}),
      chainIntact: firstBadSeq === undefined,
      ...(firstBadSeq === undefined ? {} : { firstBadSeq }),
    };
  },
});
