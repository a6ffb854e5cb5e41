import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCursor, writeCursor } from '../../../../server/http/cursor.ts';
import { etagOf, requireVersion } from '../../../../server/http/etag.ts';
import { withoutSecrets } from '../../../../server/http/request-log.ts';

describe('a cursor', () => {
  it('comes back as it went', () => {
    const place = { atMs: 5, id: '甲' };
    const schema = z.strictObject({ atMs: z.number(), id: z.string() });
    expect(readCursor(writeCursor(place), schema)).toEqual(place);
  });

  it.each(['', 'nonsense', writeCursor('text'), writeCursor({ $gt: '' })])('is refused when it is %j', (cursor) => {
    expect(() => readCursor(cursor, z.number())).toThrow(/Begin again/);
  });
});

describe('If-Match', () => {
  it('passes for the version that was read, and for any', () => {
    expect(etagOf(7)).toBe('"7"');
    for (const sent of ['7', '*', undefined]) expect(() => requireVersion(sent, 7)).not.toThrow();
    for (const sent of ['6', '07', '', '7"']) expect(() => requireVersion(sent, 7)).toThrow(/Somebody else/);
  });
});

describe('an address in the log', () => {
  it('holds no token and no key', () => {
    expect(withoutSecrets('/p/1795.live.county.1.abc/live/county/x.m3u8')).toBe('/p/***/live/county/x.m3u8');
    expect(withoutSecrets('/guide/county.m3u?key=abc&x=1')).toBe('/guide/county.m3u?key=***&x=1');
    expect(withoutSecrets('/api/films?query=abc')).toBe('/api/films?query=abc');
  });
});
