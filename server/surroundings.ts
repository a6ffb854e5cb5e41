import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Settings } from '../media/contract/settings.ts';
import type { Storage } from '../media/storage/storage.ts';
import type { Database } from './database/database.ts';

/** Answers nothing when a part works, else a sentence that says what is down and what to do. */
export type ReadinessCheck = () => Promise<string | undefined>;

/** What every noun of the server stands on; made once by main.ts, or by a test with its own clock and folder. */
export interface Surroundings {
  readonly settings: Settings;
  /** DATA_DIR as an absolute path. */
  readonly dataDir: string;
  /** Key of playback tokens; at least 32 characters. */
  readonly secret: string;
  /** Now, in UTC ms. */
  readonly clock: () => number;
  readonly log: Logger;
  /** Cost of new passwords and of those that are not there (accounts/password.ts). @defaultValue that of the house */
  readonly passwordCost?: number;
  readonly database: Database;
  readonly storage: Storage;
  /** Where counters and gauges are registered; read by `/metrics`. */
  readonly metrics: Registry;
  /** What `/readyz` asks, by name; every noun adds its own. */
  readonly readiness: Map<string, ReadinessCheck>;
  /** Called once, in order, before the process listens: loops and queue listeners begin here, so that tests decide themselves. */
  readonly starters: (() => Promise<void> | void)[];
  /** Called in reverse order when the process ends. */
  readonly closers: (() => Promise<void>)[];
}
