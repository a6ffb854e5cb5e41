import type { Redis } from 'ioredis';
import { z } from 'zod';
import { newsNouns } from '../../media/contract/news.ts';

/** One change as it is kept: what, never who may know. */
export const changeSchema = z.object({ noun: z.enum(newsNouns), id: z.string().optional() });
export type Change = z.infer<typeof changeSchema>;
export interface LoggedChange {
  /** Position in the log; grows. */
  readonly at: string;
  readonly change: Change;
}

/** The last changes of all replicas in their order: a bounded Redis stream. */
export interface NewsLog {
  add(change: Change): Promise<void>;
  /** What came behind a position, oldest first; undefined where that is no longer known. */
  after(at: string): Promise<readonly LoggedChange[] | undefined>;
  /** The position of the last one; `0-0` while there is none. */
  end(): Promise<string>;
  /** Waits for changes behind a position; on the connection that may wait. */
  wait(at: string): Promise<readonly LoggedChange[]>;
}

const key = 'yuanbo:news';
/** A morning of a busy office; who was away longer reads everything again. */
const mostKept = 5000;
const field = 'change';
type Entry = [at: string, fields: string[]];

/** The log on two connections: one that answers at once or fails, and one that waits for ever. */
export const newsLog = (fast: Redis, patient: Redis): NewsLog => ({
  add: async (change) => {
    await fast.xadd(key, 'MAXLEN', '~', mostKept, '*', field, JSON.stringify(change));
  },
  after: async (at) => {
    const entries = await fast.xrange(key, at, '+');
    return entries[0]?.[0] === at ? changesOf(entries.slice(1)) : undefined;
  },
  end: async () => (await patient.xrevrange(key, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0-0',
  wait: async (at) => {
    const streams = (await patient.xread('BLOCK', 0, 'STREAMS', key, at)) ?? [];
    return changesOf(streams.flatMap(([, entries]) => entries));
  },
});

/** What another version wrote and this one does not know is passed over. */
const changesOf = (entries: readonly Entry[]): readonly LoggedChange[] =>
  entries.flatMap(([at, fields]) => {
    const change = changeSchema.safeParse(parseJson(fields[1] ?? '')).data;
    return change === undefined ? [] : [{ at, change }];
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
