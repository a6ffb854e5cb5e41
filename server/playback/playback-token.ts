import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a token opens: a film's packaged revision, the same before it is ready (`preview`), a channel as it airs, a past or
 * present stretch of it (`range`, for start-over and catch-up), the same of what is yet to air (`rehearsal`), or the stable
 * address of a channel's list (`guide`).
 */
export const tokenKinds = ['film', 'preview', 'live', 'range', 'rehearsal', 'guide'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** What a playback token says. */
export interface PlaybackClaims {
  readonly kind: TokenKind;
  /**
   * `{filmId}-{revision}`, `{channel}`, or `{channel}-{fromCell}-{toCell}` of a range or rehearsal, `toCell` exclusive; the
   * channel as a place sees it is `{channel}_{place}`.
   */
  readonly scope: string;
  /** Generation of the scope; a token of an older one is refused. */
  readonly epoch: number;
  /** Exclusive end, UTC ms, on a 15-minute bucket. */
  readonly expiresAtMs: number;
}

/** Expiry is rounded up to this, so that a whole township shares one URL and its cache (security notes, section 4). */
export const TOKEN_BUCKET_MS = 15 * 60_000;
/** Longer tokens are refused unread. */
const longestToken = 200;
const signatureBytes = 16;

const form =
  /^(\d{10})\.(film|preview|live|range|rehearsal|guide)\.([a-z0-9_-]{1,90})\.(\d{1,6})\.([A-Za-z0-9_-]{22})$/;

/** A channel, or what a place sees of it, as scopes name it; codes have no underscore. */
export const channelScope = (channel: string, place: string | undefined): string =>
  place === undefined ? channel : `${channel}_${place}`;

/** The place whose timeline a scope without cells is about. */
export const placeOfScope = (scope: string): string | undefined => scope.split('_')[1];

/** 128 bits of HMAC-SHA256, as base64url. */
const sign = (key: string, text: string): Buffer =>
  createHmac('sha256', key).update(`playback\n${text}`).digest().subarray(0, signatureBytes);

/** End of life of a token made now that must live at least `lifeMs`, on the bucket (UTC ms). */
export const tokenExpiry = (atMs: number, lifeMs: number): number =>
  Math.ceil((atMs + lifeMs) / TOKEN_BUCKET_MS) * TOKEN_BUCKET_MS;

/** Writes a token: `<exp>.<kind>.<scope>.<epoch>.<sig>`, `exp` in UTC seconds; equal claims give an equal token. */
export function writeToken(key: string, claims: PlaybackClaims): string {
  const said = [claims.expiresAtMs / 1000, claims.kind, claims.scope, claims.epoch].join('.');
  return `${said}.${sign(key, said).toString('base64url')}`;
}

/**
 * Reads a token; undefined where it is altered or signed by none of `keys` (the newest first, an older one while it is
 * rotated out). Whether it is expired or revoked is for the caller to say.
 */
export function readToken(keys: readonly string[], token: string): PlaybackClaims | undefined {
  if (token.length > longestToken) return undefined;
  const [, expiry, kind, scope, epoch, signature] = form.exec(token) ?? [];
  if (expiry === undefined || scope === undefined || signature === undefined) return undefined;
  const given = Buffer.from(signature, 'base64url');
  // base64url ignores the low bits of the last character: only the one canonical spelling is accepted.
  if (given.length !== signatureBytes || given.toString('base64url') !== signature) return undefined;
  const said = token.slice(0, token.lastIndexOf('.'));
  if (!keys.some((key) => timingSafeEqual(sign(key, said), given))) return undefined;
  return { kind: kind as TokenKind, scope, epoch: Number(epoch), expiresAtMs: Number(expiry) * 1000 };
}
