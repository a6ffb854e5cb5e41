import { describe, expect, it } from 'vitest';
import { isSameStream, withTokenOf } from '../../../../player/shared/playback-token.ts';

const old = 'http://box:8080/p/OLD-token_1/live/county/ts/720p.m3u8?x=1';

describe('the token of a playback URL', () => {
  it('is replaced by the current one and nothing else changes', () => {
    expect(withTokenOf(old, '/p/NEW/live/county/ts/multivariant.m3u8')).toBe(
      'http://box:8080/p/NEW/live/county/ts/720p.m3u8?x=1',
    );
  });

  it('is taken literally, whatever characters it has', () => {
    expect(withTokenOf(old, '/p/a$&b$1/live/x')).toContain('/p/a$&b$1/live/county/');
  });

  it('stays where either URL has none', () => {
    expect(withTokenOf('/assets/a.ts', '/p/NEW/live/x')).toBe('/assets/a.ts');
    expect(withTokenOf(old, '/other')).toBe(old);
  });

  it('does not make another stream', () => {
    expect(isSameStream(old, '/p/NEW/live/county/ts/720p.m3u8?x=1')).toBe(true);
    expect(isSameStream(old, '/p/NEW/live/county/2027/ts/720p.m3u8?x=1')).toBe(false);
  });
});
