import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { channelSchema } from '../../media/contract/channels.ts';
import { channelDocumentSchema } from './channel-document.ts';
import { headSchema } from './head-store.ts';

/** Everything that a replica must know to keep channels on air by itself. */
const snapshotSchema = z.object({
  format: z.literal(1),
  /** When the database said so last, UTC ms. */
  verifiedAtMs: z.number(),
  channels: z.array(channelSchema),
  /** Heads with the documents that they name, by channel. */
  onAir: z.array(
    z.object({
      head: headSchema,
      document: channelDocumentSchema,
      /** Layers of places that the document names, packed, in base64, by hash. */
      layers: z.record(z.string(), z.string()).exactOptional(),
    }),
  ),
  /** Code of the place above each place. */
  parents: z.record(z.string(), z.string()).exactOptional(),
  /** Films that may not be shown. */
  withdrawn: z.array(z.string()),
  /** Those of them whose stored files are damaged; absent in snapshots of earlier versions. */
  damaged: z.array(z.string()).exactOptional(),
  /** Generations of playback tokens by subject, where they are not 0. */
  epochs: z.record(z.string(), z.number().int()),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** The last good snapshot, kept beside the database so that a restarted replica goes on without it (fault F16). */
export interface SnapshotFile {
  readonly save: (snapshot: Snapshot) => Promise<void>;
  /** Undefined where there is none that can be read. */
  readonly load: () => Promise<Snapshot | undefined>;
}

/** Of all replicas of this process, so that no two write one file. */
let saves = 0;

/** Keeps the snapshot in `DATA_DIR/onair/snapshot.json`; replaced whole by rename, so that nobody reads half of it. */
export function snapshotFile(dataDir: string): SnapshotFile {
  const folder = join(dataDir, 'onair');
  const file = join(folder, 'snapshot.json');
  return {
    save: async (snapshot) => {
      await mkdir(folder, { recursive: true });
      // Replicas share the folder: each writes under its own name first.
      const mine = join(folder, `snapshot.${process.pid}.${(saves += 1)}.tmp`);
      await writeFile(mine, JSON.stringify(snapshot));
      await rename(mine, file);
    },
    load: async () => {
      try {
        return snapshotSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      } catch {
        return undefined;
      }
    },
  };
}
