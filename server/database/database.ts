import type { Connection } from 'mongoose';

/** An open connection; every `*-model.ts` defines its model on it, so that several servers can live in one process. */
export type Database = Connection;
