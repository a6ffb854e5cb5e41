import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { upkeepBook } from '../../../../server/onair/upkeep-book.ts';

it('tells what keeps a channel from being looked after: the log once, the metric and the page while it stands', async () => {
  const lines: { level: number; trouble: string }[] = [];
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[number]) });
  const metrics = new Registry();
  const book = upkeepBook({ log, metrics });
  book.note('county', 'many-cards', true);
  book.note('county', 'slow-upkeep', true);
  book.note('county', 'slow-upkeep', true);
  book.note('town', 'slow-cards', false);
  expect(book.of('county')).toEqual(['slow-upkeep', 'many-cards']);
  expect([book.of('town'), book.of('unknown')]).toEqual([[], []]);
  expect(await metrics.metrics()).toContain('yuanbo_channel_troubles{channel="county",trouble="slow-upkeep"} 1');
  book.note('county', 'slow-upkeep', false);
  expect(book.of('county')).toEqual(['many-cards']);
  expect(lines.map(({ level, trouble }) => [level, trouble])).toEqual([
    [40, 'many-cards'],
    [40, 'slow-upkeep'],
    [30, 'slow-upkeep'],
  ]);
});
