import { houseReserve } from './disk-reserve.ts';

const gibibyte = 1024 ** 3;
const mebibyte = 1024 ** 2;
const dayMs = 86_400_000;

/** What one person may send, and when an upload is given up (security notes, section 4). */
export interface UploadLimits {
  readonly mostBytes: number;
  readonly mostBytesPerDay: number;
  /** PATCH requests at the same time. */
  readonly mostParallel: number;
  /** A request with a checksum is checked before its bytes count, so it must fit a temporary file. */
  readonly mostCheckedBytes: number;
  /** Bytes of the disk that stay free, of its total. */
  readonly reserveBytes: (totalBytes: number) => number;
  readonly expiryMs: number;
  /** A request that sends nothing for so long is cut. */
  readonly idleMs: number;
  /** One that sent nothing for so long sits on a dead connection: another may take its place. */
  readonly deadMs: number;
}

/** The limits of the house. */
export const houseUploadLimits: UploadLimits = {
  mostBytes: 20 * gibibyte,
  mostBytesPerDay: 100 * gibibyte,
  mostParallel: 3,
  mostCheckedBytes: 64 * mebibyte,
  reserveBytes: houseReserve,
  expiryMs: 7 * dayMs,
  idleMs: 30_000,
  deadMs: 3000,
};
