import { describe, expect, it } from 'vitest';
import { readToken, tokenExpiry, writeToken, type PlaybackClaims } from '../../../../server/playback/playback-token.ts';

const key = 'k'.repeat(32);
const claims: PlaybackClaims = { kind: 'live', scope: 'county', epoch: 3, expiresAtMs: 1_796_000_400_000 };

describe('playback token', () => {
  it('says again what was written into it', () => {
    expect(readToken([key], writeToken(key, claims))).toEqual(claims);
  });

  it('is refused after any change of one character', () => {
    const token = writeToken(key, claims);
    for (let at = 0; at < token.length; at += 1) {
      for (const other of ['0', 'a', 'B', '.', '_']) {
        if (token[at] === other) continue;
        const altered = token.slice(0, at) + other + token.slice(at + 1);
        expect(readToken([key], altered), altered).toBeUndefined();
      }
    }
  });

  it('is refused when somebody else signed it, when it is empty, too long or asks for ever', () => {
    expect(readToken([key], writeToken('x'.repeat(32), claims))).toBeUndefined();
    expect(readToken([key], '')).toBeUndefined();
    expect(readToken([key], writeToken(key, claims).repeat(300))).toBeUndefined();
    expect(readToken([key], writeToken(key, { ...claims, expiresAtMs: 9e18 }))).toBeUndefined();
  });

  it('is accepted under the former key while keys are rotated', () => {
    expect(readToken(['n'.repeat(32), key], writeToken(key, claims))).toEqual(claims);
  });

  it('ends on a quarter of an hour that all who ask in it share', () => {
    const atMs = 1_796_000_000_000;
    expect(tokenExpiry(atMs, 1000) % 900_000).toBe(0);
    expect(tokenExpiry(atMs, 7_200_000)).toBe(tokenExpiry(atMs + 60_000, 7_200_000));
    expect(tokenExpiry(atMs, 7_200_000) - atMs).toBeGreaterThanOrEqual(7_200_000);
  });
});
