import { statfs } from 'node:fs/promises';

/** Free and total bytes of the disk that a folder is on. */
export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

const mostReserveBytes = 5 * 1024 ** 3;

/** What no upload and no encode may touch, so that records can still be written: 5 % of the disk, at most 5 GiB. */
export const houseReserve = (totalBytes: number): number => Math.min(0.05 * totalBytes, mostReserveBytes);

/** Asks the disk. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return { freeBytes: bsize * bavail, totalBytes: bsize * blocks };
}
