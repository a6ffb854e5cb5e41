import { AppError } from '../errors.ts';

/** The ETag of something with a version number. */
export const etagOf = (version: number): string => `"${version}"`;

/** Throws 412 `stale` unless `If-Match` names this version; `*` matches any (RFC 9110, 13.1.1). */
export function requireVersion(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === String(version)) return;
  throw new AppError(
    'stale',
    'Somebody else changed this in the meantime. Load it again, look at the change and repeat yours.',
  );
}
