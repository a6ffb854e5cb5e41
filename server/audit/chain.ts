import { createHash } from 'node:crypto';

/** What is written about one deed; texts are kept as given and shown as text. */
export interface AuditEntry {
  /** Username, or `anonymous`, or `system`. */
  readonly actor: string;
  readonly ip: string;
  /** Dotted verb, as in `session.begin` or `film.withdraw`. */
  readonly action: string;
  /** What it was done to, as in `film/01h...` or `user/zhang`. */
  readonly object: string;
  readonly detail: string;
  readonly requestId: string;
}
export interface AuditLink extends AuditEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly prevHash: string;
  readonly hash: string;
}

/** The hash before the first link. */
export const noHash = '0'.repeat(64);

/** SHA-256 over all fields in a fixed order and the hash of the link before, in hex. */
export const hashOfLink = (link: Omit<AuditLink, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        link.seq,
        link.atMs,
        link.actor,
        link.ip,
        link.action,
        link.object,
        link.detail,
        link.requestId,
        link.prevHash,
      ]),
    )
    .digest('hex');

/** Says whether a link follows another: next number, its hash carried on, its own hash right. */
export const follows = (link: AuditLink, before: { readonly seq: number; readonly hash: string }): boolean =>
  link.seq === before.seq + 1 && link.prevHash === before.hash && link.hash === hashOfLink(link);
