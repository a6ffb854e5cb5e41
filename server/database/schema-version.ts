import type { Logger } from 'pino';
import { renewSearchFields } from '../library/renew-search-fields.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** One step forward of what is stored; it may be run again after it was cut off, so it must stand that. */
export interface Migration {
  /** Version that stands afterwards. */
  readonly to: number;
  readonly summary: string;
  readonly run: (database: Database) => Promise<void>;
}

/** Every step so far, oldest first. A change of what is stored adds one; none is ever altered. */
export const migrations: readonly Migration[] = [
  { to: 2, summary: 'films are found by the telephone keys of their initials', run: renewSearchFields },
];
/** Version of what this program stores: 1 in the first release. */
export const schemaVersion = migrations.at(-1)?.to ?? 1;

interface VersionRow {
  readonly _id: 'schema';
  readonly version: number;
  /** A replica that migrates holds this until then, in UTC ms. */
  readonly heldUntilMs: number;
}

const holdMs = 60_000;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What is stored is newer than this program. */
export class NewerSchema extends Error {}

/**
 * Brings what is stored forward to this program's version, one step after another; of several replicas one does it and the
 * others wait. Rejects with `NewerSchema` when a newer program wrote it. An empty database begins at the newest version.
 */
export async function migrateSchema(
  database: Database,
  { clock, log, steps = migrations }: { clock: () => number; log: Logger; steps?: readonly Migration[] },
): Promise<number> {
  const newest = steps.at(-1)?.to ?? 1;
  const rows = database.collection<VersionRow>('meta');
  for (;;) {
    const row = await rows.findOne({ _id: 'schema' });
    if (row === null) {
      await rows.insertOne({ _id: 'schema', version: newest, heldUntilMs: 0 }).catch(ignoreDuplicate);
      continue;
    }
    if (row.version > newest) throw new NewerSchema(newerSentence(row.version, newest));
    const step = steps.find(({ to }) => to > row.version);
    if (step === undefined) return row.version;
    const atMs = clock();
    const free = { _id: 'schema', version: row.version, heldUntilMs: { $lte: atMs } } as const;
    const { modifiedCount } = await rows.updateOne(free, { $set: { heldUntilMs: atMs + holdMs } });
    if (modifiedCount === 0) {
      await pause(500);
      continue;
    }
    log.info({ from: row.version, to: step.to, summary: step.summary }, 'bringing stored data forward');
    await step.run(database);
    await rows.updateOne({ _id: 'schema', version: row.version }, { $set: { version: step.to, heldUntilMs: 0 } });
  }
}

const newerSentence = (stored: number, known: number): string =>
  `The data is of schema version ${stored}, this program knows ${known}: start the newer program again, or restore a backup of before.`;

const ignoreDuplicate = (error: unknown): void => {
  if (!isDuplicateKey(error)) throw error;
};
