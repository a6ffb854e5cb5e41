import { openCatalogue, type Catalogue } from './catalogue.ts';
import { openCursors, type Cursors } from './cursors.ts';
import type { BsonDocument } from './bson-document.ts';
import { openDocumentStore, type DocumentStore } from './document-store.ts';
import { openingError, openSqlite, type SqlDatabase, type Synchronous } from './sqlite.ts';

/** A query that read more documents than the limit because no index answered it. */
export interface CollectionScan {
  readonly namespace: string;
  readonly filter: BsonDocument;
  /** Paths of the wanted order. */
  readonly sort: readonly string[];
}

/** How an embedded database behaves. */
export interface DatabaseSettings {
  /** Collection scans over more documents than this are reported. @defaultValue 1000 */
  readonly scanLimit: number;
  /** Every collection scan is an error (MongoDB's `notablescan`); for tests. @defaultValue false */
  readonly refuseCollectionScans: boolean;
  /** Most bytes that one sort or group may hold. @defaultValue 104857600 */
  readonly sortBytes: number;
  /** Called once for each collection scan above the limit. */
  readonly onCollectionScan: (scan: CollectionScan) => void;
  /** Called when a sweep failed, as on a full disk; the next one tries again. */
  readonly onSweepFailed: (error: Error) => void;
  /** @defaultValue 'FULL' */
  readonly synchronous: Synchronous;
  /** How often expired documents are deleted and overdue transactions ended. @defaultValue 5000 */
  readonly sweepEveryMs: number;
}

/** {@link DatabaseSettings} when nothing is said. */
export const defaultSettings: DatabaseSettings = {
  scanLimit: 1000,
  refuseCollectionScans: false,
  sortBytes: 100 * 1024 * 1024,
  onCollectionScan: () => undefined,
  onSweepFailed: () => undefined,
  synchronous: 'FULL',
  sweepEveryMs: 5000,
};

/** Everything that commands work on: one SQLite file and what is held in memory about it. */
export interface EmbeddedDatabase {
  readonly file: string;
  readonly sql: SqlDatabase;
  readonly catalogue: Catalogue;
  readonly store: DocumentStore;
  readonly cursors: Cursors;
  readonly settings: DatabaseSettings;
  readonly statistics: { commands: number; documentsRead: number; collectionScans: number };
}

/** Opens a database file as its only owner. */
export function openEmbeddedDatabase(file: string, settings: Partial<DatabaseSettings> = {}): EmbeddedDatabase {
  const all = { ...defaultSettings, ...settings };
  const sql = openSqlite(file, all.synchronous);
  const catalogue = openedCatalogue(file, sql);
  return {
    file,
    sql,
    catalogue,
    store: openDocumentStore(sql, catalogue),
    cursors: openCursors(),
    settings: all,
    statistics: { commands: 0, documentsRead: 0, collectionScans: 0 },
  };
}

function openedCatalogue(file: string, sql: SqlDatabase): Catalogue {
  try {
    return openCatalogue(sql);
  } catch (error) {
    sql.close();
    throw openingError(file, error);
  }
}
