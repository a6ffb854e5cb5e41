import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../server/errors.ts';
import { parseJson } from '../../../../server/http/json-body.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('parsing JSON', () => {
  it('reads what is good', () => {
    expect(parseJson(bytes('{"name":"红星村","list":[1,{"a":null}]}'))).toEqual({
      name: '红星村',
      list: [1, { a: null }],
    });
  });

  it('allows 32 levels and no more', () => {
    const nested = (levels: number) => bytes('['.repeat(levels) + ']'.repeat(levels));
    expect(() => parseJson(nested(32))).not.toThrow();
    expect(() => parseJson(nested(33))).toThrow(AppError);
  });

  it('counts no brackets inside texts', () => {
    const text = JSON.stringify({ note: `${'['.repeat(99)}"\\${'{'.repeat(99)}` });
    expect(parseJson(bytes(text))).toEqual(JSON.parse(text));
  });

  it('is quick with a text that never ends', () => {
    expect(() => parseJson(bytes(`"${'\\"'.repeat(500_000)}`))).toThrow(AppError);
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xc0, 0xae, 0x22])],
    ['half a character', bytes('"\\ud83d"')],
    ['half a character in a key', bytes('{"\\ud83d":1}')],
    ['a prototype key', bytes('[{"__proto__":{}}]')],
    ['nothing', bytes('')],
  ])('refuses %s', (_what, body) => {
    expect(() => parseJson(body)).toThrow(AppError);
  });
});
