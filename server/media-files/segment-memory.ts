import { LRUCache } from 'lru-cache';

/** Files in memory, the least recently asked for leaves first. */
export interface SegmentMemory {
  /** The file if it is here now. */
  readonly peek: (key: string) => Buffer | undefined;
  /** The file, read once however many ask for it at the same time. Rejects as the reader does; nothing is kept then. */
  readonly fetch: (key: string) => Promise<Buffer>;
  /** Says whether a file has been asked for before, and remembers that it was: only then is it worth memory. */
  readonly wasSeen: (key: string) => boolean;
  /** Bytes held now. */
  readonly bytes: () => number;
  /** A larger file is not kept. */
  readonly largestBytes: number;
}

/** Share of the budget that one file may take: a few huge ones must not push all others out. */
const largestShare = 8;
/** Keys whose first request is remembered. */
const seenKeys = 8192;

/**
 * Keeps hot segments in memory under a byte budget: sending a Buffer costs less than nginx's sendfile, and a channel has
 * only some eight hot segments a rung (perf notes, section 2). Concurrent reads of one key are one read (fault F23).
 */
export function createSegmentMemory(budgetBytes: number, read: (key: string) => Promise<Buffer>): SegmentMemory {
  const largestBytes = Math.floor(budgetBytes / largestShare);
  const files = new LRUCache<string, Buffer>({
    maxSize: budgetBytes,
    maxEntrySize: largestBytes,
    sizeCalculation: (file) => Math.max(1, file.length),
  });
  const reading = new Map<string, Promise<Buffer>>();
  const seen = new LRUCache<string, true>({ max: seenKeys });

  const load = async (key: string): Promise<Buffer> => {
    try {
      const file = await read(key);
      files.set(key, file);
      return file;
    } finally {
      reading.delete(key);
    }
  };
  return {
    peek: (key) => files.get(key),
    fetch: (key) => {
      const here = files.get(key);
      if (here !== undefined) return Promise.resolve(here);
      const running = reading.get(key) ?? load(key);
      reading.set(key, running);
      return running;
    },
    wasSeen: (key) => {
      const before = seen.has(key);
      seen.set(key, true);
      return before;
    },
    bytes: () => files.calculatedSize,
    largestBytes,
  };
}
