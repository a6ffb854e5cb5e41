import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { newId } from '../new-id.ts';
import { airMarkModel } from './air-mark-model.ts';

/** Minutes in which servers were up: what the as-run log takes as evidence that something aired. */
export interface AirMarks {
  /** Marks the minute of an instant for this server; minutes that the database missed are written once it is back. */
  readonly mark: (atMs: number) => Promise<void>;
  /** Minutes since 1970 in [fromMs, toMs) in which at least one server was up. */
  readonly between: (fromMs: number, toMs: number) => Promise<ReadonlySet<number>>;
}

const minuteMs = 60_000;

export function airMarks(database: Database, clock: () => number): AirMarks {
  const rows = airMarkModel(database);
  const server = newId(clock());
  const unwritten = new Set<number>();
  let last: number | undefined;
  return {
    mark: async (atMs) => {
      const minute = Math.floor(atMs / minuteMs);
      if (minute !== last) unwritten.add(minute);
      last = minute;
      for (const each of unwritten) {
        const at = new Date(each * minuteMs);
        await rows.updateOne({ _id: `${each}/${server}` }, { $set: { minute: each, at } }, { upsert: true });
        unwritten.delete(each);
      }
    },
    between: async (fromMs, toMs) => {
      const minute = { $gte: Math.floor(fromMs / minuteMs), $lt: Math.ceil(toMs / minuteMs) };
      const found = await rows.find({ minute }).select({ minute: 1 }).lean();
      return new Set(found.map((row) => row.minute));
    },
  };
}

const everyMs = 15_000;

/** Marks every minute until the server closes. */
export function keepMarking(parts: {
  readonly marks: AirMarks;
  readonly clock: () => number;
  readonly log: Logger;
  readonly closers: (() => Promise<void>)[];
}): void {
  const { marks, clock, log, closers } = parts;
  const mark = () => {
    marks.mark(clock()).catch((error: unknown) => log.debug({ err: error }, 'the minute is marked later'));
  };
  mark();
  const timer = setInterval(mark, everyMs);
  timer.unref();
  closers.push(() => {
    clearInterval(timer);
    return Promise.resolve();
  });
}
