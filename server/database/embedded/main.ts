import { parseArgs } from 'node:util';
import { z } from 'zod';
import { toDatabaseError } from './database-error.ts';
import type { CollectionScan } from './embedded-database.ts';
import { startServer } from './wire-server.ts';

const usage =
  'usage: main.js --file FILE --socket SOCKET [--scan-limit N] [--refuse-scans] [--synchronous FULL|NORMAL]';

const argumentsSchema = z.object({
  file: z.string().min(1),
  socket: z.string().min(1),
  'scan-limit': z.coerce.number().int().min(0).default(1000),
  'refuse-scans': z.boolean().default(false),
  synchronous: z.enum(['FULL', 'NORMAL']).default('FULL'),
});

/** One JSON line on standard output, which the supervisor reads. */
const say = (line: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** The slow log: a query that read many documents for want of an index. Values are left out, they may be personal. */
const reportScan = ({ namespace, filter, sort }: CollectionScan): void =>
  say({ event: 'collection-scan', namespace, filterFields: Object.keys(filter), sortFields: sort });

function readArguments(): z.output<typeof argumentsSchema> {
  const text = { type: 'string' } as const;
  const options = {
    file: text,
    socket: text,
    'scan-limit': text,
    'refuse-scans': { type: 'boolean' },
    synchronous: text,
  } as const;
  return argumentsSchema.parse(parseArgs({ options }).values);
}

async function main(): Promise<void> {
  process.umask(0o077);
  const given = readArguments();
  const server = await startServer(given, {
    scanLimit: given['scan-limit'],
    refuseCollectionScans: given['refuse-scans'],
    synchronous: given.synchronous,
    onCollectionScan: reportScan,
    onSweepFailed: ({ message }) => {
      say({ event: 'sweep-failed', message });
    },
  });
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  say({ event: 'listening', socket: given.socket, file: given.file, pid: process.pid });
}

main().catch((error: unknown) => {
  const message = error instanceof z.ZodError ? usage : toDatabaseError(error).message;
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
