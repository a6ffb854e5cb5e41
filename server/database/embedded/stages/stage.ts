import type { BsonDocument } from '../bson-document.ts';
import { encodeDocument } from '../bson-document.ts';
import type { EmbeddedDatabase } from '../embedded-database.ts';
import type { Variables } from '../expressions/expression.ts';
import { sortTooLarge } from '../sort-rows.ts';

/** Documents flowing through a pipeline; read as far as somebody asks. */
export type Documents = Iterable<BsonDocument>;
/** A compiled stage. */
export type Stage = (documents: Documents) => Documents;

/** What stages need besides the documents that flow through them. */
export interface StageContext {
  readonly database: EmbeddedDatabase;
  readonly databaseName: string;
  readonly variables: Variables;
  readonly deadlineAtMs: number | undefined;
  /** Runs a pipeline on another collection, or compiles one for documents given. */
  readonly pipelines: Pipelines;
}

/** Pipelines within pipelines; given to the stages that need them. */
export interface Pipelines {
  readonly run: (context: StageContext, collection: string, stages: readonly BsonDocument[]) => Documents;
  readonly compile: (context: StageContext, stages: readonly BsonDocument[]) => Stage;
}

/** Holds all documents in memory; throws when they are larger than one sort may be. */
export function collect(documents: Documents, mostBytes: number): readonly BsonDocument[] {
  const held: BsonDocument[] = [];
  let bytes = 0;
  for (const document of documents) {
    bytes += encodeDocument(document).length;
    if (bytes > mostBytes) throw sortTooLarge(mostBytes);
    held.push(document);
  }
  return held;
}
