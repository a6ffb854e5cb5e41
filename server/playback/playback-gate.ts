import { LRUCache } from 'lru-cache';
import { AppError } from '../errors.ts';
import { type PlaybackClaims, readToken, tokenExpiry, type TokenKind, writeToken } from './playback-token.ts';

/** Gives out playback tokens and judges those that come back. */
export interface PlaybackGate {
  readonly issue: (kind: TokenKind, scope: string, atMs: number) => { token: string; expiresAtMs: number };
  /** What a token says; throws 403 `token` when it is altered, expired, revoked or not ours. */
  readonly check: (token: string, atMs: number) => PlaybackClaims;
}

const hourMs = 3_600_000;
/** How long playback goes on without asking again (security notes, section 4); the address of a list lives a year. */
const lifeMs: Readonly<Record<TokenKind, number>> = {
  film: 6 * hourMs,
  preview: 6 * hourMs,
  live: 2 * hourMs,
  range: 6 * hourMs,
  rehearsal: 2 * hourMs,
  guide: 365 * 24 * hourMs,
};
/** Tokens whose signature was found good; a county's stations share a handful. */
const keptTokens = 20_000;
const filmIdLength = 26;

/** Film or channel that a token is about: whose generation it carries. */
export function subjectOf({ kind, scope }: Pick<PlaybackClaims, 'kind' | 'scope'>): string {
  if (kind === 'film' || kind === 'preview') return scope.slice(0, filmIdLength);
  const seen = kind === 'range' || kind === 'rehearsal' ? scope.replace(/-\d+-\d+$/, '') : scope;
  return seen.replace(/_.*$/, '');
}

/**
 * Makes the gate. `keys` are the signing key and, while it is rotated, the one before; `epochOf` is the generation of a
 * subject now, so that a revoked token is refused as soon as this replica hears of it.
 */
export function createPlaybackGate(keys: readonly string[], epochOf: (subject: string) => number): PlaybackGate {
  const [newest = ''] = keys;
  const good = new LRUCache<string, PlaybackClaims & { readonly subject: string }>({ max: keptTokens });

  const read = (token: string): (PlaybackClaims & { readonly subject: string }) | undefined => {
    const known = good.get(token);
    if (known !== undefined) return known;
    const claims = readToken(keys, token);
    if (claims === undefined) return undefined;
    const judged = { ...claims, subject: subjectOf(claims) };
    good.set(token, judged);
    return judged;
  };
  return {
    issue: (kind, scope, atMs) => {
      const expiresAtMs = tokenExpiry(atMs, lifeMs[kind]);
      const epoch = epochOf(subjectOf({ kind, scope }));
      return { token: writeToken(newest, { kind, scope, epoch, expiresAtMs }), expiresAtMs };
    },
    check: (token, atMs) => {
      const claims = read(token);
      if (claims === undefined || claims.epoch !== epochOf(claims.subject)) throw foreignToken();
      if (claims.expiresAtMs <= atMs) {
        throw new AppError('token', 'This playback address has expired. Ask for a new one and go on from there.');
      }
      return claims;
    },
  };
}

/** The one answer to whatever a token does not open, so that it tells nothing. */
export const foreignToken = (): AppError =>
  new AppError('token', 'This playback address does not open this. Ask for playback again.');
