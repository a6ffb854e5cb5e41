import { z } from 'zod';
import type { AuditFilter } from '../../media/contract/audit.ts';
import { civilDateOf, formatCivilTime } from '../../media/grid/civil-time.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { madeFile } from '../http/made-file.ts';
import type { Routes } from '../http/serve.ts';
import { csvOf } from '../sheets/write-workbook.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AuditParts } from './audit-parts.ts';
import { auditedBy } from './audited-by.ts';
import type { AuditLink } from './chain.ts';

const cursorSchema = z.number().int().positive();
const mostLines = 20_000;
const batch = 1000;
const head = ['序号', '时间', '人员', '地址', '操作', '对象', '内容', '请求', '哈希'];

export const auditRoutes = ({
  audit,
  settings,
}: AuditParts & Pick<Surroundings, 'settings'>): Routes<'readAudit' | 'checkAudit' | 'auditCsv'> => ({
  readAudit: async ({ query: { limit = 50, cursor, ...filter } }) => {
    const below = cursor === undefined ? undefined : readCursor(cursor, cursorSchema);
    const found = await audit.page(limit + 1, below, filter);
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
  checkAudit: ({ query }) => audit.check(query.after ?? 0),
  auditCsv: async (call) => {
    const links = await newest(audit, call.query);
    const time = (atMs: number): string => formatCivilTime(atMs, settings.TIME_ZONE).slice(0, 19).replace('T', ' ');
    const lines = links.map(({ seq, atMs, actor, ip, action, object, detail, requestId, hash }) => [
      ...[seq, time(atMs), actor, ip, action, object, detail, requestId, hash],
    ]);
    // Who takes the record away stands in it.
    await audit.write(auditedBy(call, 'audit.download', 'audit', JSON.stringify(call.query)));
    const name = `操作记录-${civilDateOf(call.atMs, settings.TIME_ZONE)}.csv`;
    await call.sendFile(madeFile(name, 'text/csv; charset=utf-8', csvOf([head, ...lines])));
  },
});

async function newest(audit: AuditParts['audit'], filter: AuditFilter): Promise<readonly AuditLink[]> {
  const links: AuditLink[] = [];
  while (links.length < mostLines) {
    const found = await audit.page(batch, links.at(-1)?.seq, filter);
    links.push(...found);
    if (found.length < batch) break;
  }
  return links;
}
