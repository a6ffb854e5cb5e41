import { Counter, Gauge } from 'prom-client';
import type { OnAir } from '../onair/on-air.ts';
import type { Surroundings } from '../surroundings.ts';
import { createFilmShelf, type FilmShelf } from './film-shelf.ts';
import { createMediaFiles, type MediaFiles } from './media-files.ts';
import { createSegmentMemory } from './segment-memory.ts';

export interface MediaParts {
  /** Films as viewers find them in the store. */
  readonly filmShelf: FilmShelf;
  readonly files: MediaFiles;
}

export function mediaParts({
  storage,
  settings,
  clock,
  metrics,
  onAir,
}: Surroundings & { readonly onAir: Pick<OnAir, 'onLearnt' | 'damaged'> }): MediaParts {
  const memory = createSegmentMemory(settings.SEGMENT_MEMORY_BYTES, (key) => storage.read(key));
  const files = createMediaFiles(storage, memory);
  const counters = [
    new Counter({
      name: 'yuanbo_media_sent_bytes_total',
      help: 'Bytes of segments sent, by where they came from.',
      labelNames: ['source'],
      registers: [],
      // Counted as plain numbers on the way and read here: the fast path knows no metrics.
      collect() {
        this.reset();
        this.inc({ source: 'memory' }, files.counts.memoryBytes);
        this.inc({ source: 'store' }, files.counts.storeBytes);
      },
    }),
    new Gauge({
      name: 'yuanbo_media_memory_bytes',
      help: 'Bytes of hot segments in memory.',
      registers: [],
      collect() {
        this.set(memory.bytes());
      },
    }),
  ];
  counters.forEach((counter) => {
    metrics.registerMetric(counter);
  });
  const filmShelf = createFilmShelf(storage, clock);
  // A part that is made again lies in another folder: what was read of a film before it was refused names files that are gone.
  let damaged = '';
  onAir.onLearnt.push(() => {
    const now = onAir.damaged().join();
    if (now !== damaged) filmShelf.forget();
    damaged = now;
  });
  return { filmShelf, files };
}
