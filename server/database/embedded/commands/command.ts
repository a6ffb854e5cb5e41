import { z } from 'zod';
import type { BsonDocument } from '../bson-document.ts';
import type { CursorBatch } from '../cursors.ts';
import { DatabaseError } from '../database-error.ts';
import type { EmbeddedDatabase } from '../embedded-database.ts';

/** What a command works on besides its own fields. */
export interface CommandContext {
  readonly database: EmbeddedDatabase;
  /** The database that the client named. */
  readonly databaseName: string;
  /** When to give up, from `maxTimeMS`. */
  readonly deadlineAtMs: number | undefined;
}

/** The answer of a command: fields, or a batch of a cursor. `ok: 1` is added on the wire. */
export type Reply = { readonly fields: BsonDocument } | { readonly batch: CursorBatch };

/** One command of MongoDB's command reference. Runs without waiting: nothing else happens meanwhile. */
export interface Command {
  /** `read` and `write` run inside transactions; `alone` needs the file without any open transaction. */
  readonly kind: 'read' | 'write' | 'alone';
  /** Parses the fields (an unknown one is an error, as nothing may be silently ignored) and answers. */
  run(context: CommandContext, body: BsonDocument): Reply;
}

/** Makes a command from the schema of its fields and what it does. */
export function defineCommand<Schema extends z.ZodType>(
  kind: Command['kind'],
  schema: Schema,
  run: (context: CommandContext, request: z.output<Schema>) => Reply,
): Command {
  return {
    kind,
    run(context, body) {
      const parsed = schema.safeParse(body);
      if (!parsed.success) throw fieldError(Object.keys(body)[0] ?? '', parsed.error);
      return run(context, parsed.data);
    },
  };
}

function fieldError(command: string, error: z.ZodError): DatabaseError {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const fields = issue.keys.map((key) => `'${command}.${[...issue.path, key].join('.')}'`).join(', ');
    return new DatabaseError(40415, 'Location40415', `The embedded database does not support the field ${fields}.`);
  }
  return new DatabaseError(
    14,
    'TypeMismatch',
    `Field '${command}.${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'invalid'}`,
  );
}

/** A reply of plain fields. */
export const answer = (fields: BsonDocument): Reply => ({ fields });

/** The namespace of a collection in the client's database. */
export const namespaceOf = ({ databaseName }: CommandContext, collection: string): string =>
  `${databaseName}.${collection}`;
