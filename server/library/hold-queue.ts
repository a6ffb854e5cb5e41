import type { Logger } from 'pino';
import type { Storage } from '../../media/storage/storage.ts';
import type { QueuePause } from '../queue/queue-pause.ts';
import type { TranscodeQueue } from '../queue/transcode-queue.ts';
import { diskSpace } from './disk-reserve.ts';
import type { UploadFiles } from './upload-files.ts';
import type { UploadLimits } from './upload-limits.ts';

/** What holding the queue follows from. */
export interface HoldQueueParts {
  readonly storage: Pick<Storage, 'freeBytes'>;
  readonly uploadFiles: Pick<UploadFiles, 'folder'>;
  readonly uploadLimits: UploadLimits;
  readonly transcodeQueue: Pick<TranscodeQueue, 'setPaused'>;
  readonly queuePause: QueuePause;
  readonly log: Logger;
}

/**
 * No new encode job begins while somebody holds the queue by hand, nor while the store is at its reserve: what is on air and
 * records come first (fault F04).
 */
export async function holdQueue(parts: HoldQueueParts): Promise<void> {
  const { storage, uploadFiles, uploadLimits, transcodeQueue, queuePause, log } = parts;
  const freeBytes = await storage.freeBytes().catch(() => undefined);
  const { totalBytes } = await diskSpace(uploadFiles.folder);
  const isFull = freeBytes !== undefined && freeBytes < uploadLimits.reserveBytes(totalBytes);
  if (isFull) log.error({ freeBytes }, 'The media store is nearly full: encoding waits until space is freed.');
  const isHeld = (await queuePause.read()) !== undefined;
  await transcodeQueue.setPaused(isFull || isHeld).catch(() => undefined);
}
