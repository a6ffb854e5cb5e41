import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../../media/contract/endpoint.ts';
import { AppError } from '../../../../server/errors.ts';
import { parseRequest } from '../../../../server/http/parse-request.ts';

const line = endpoint({
  method: 'POST',
  path: '/api/things/:id',
  who: 'public',
  summary: 'A thing.',
  params: z.strictObject({ id: z.string().regex(/^\d+$/) }),
  query: z.strictObject({ limit: z.string().optional() }),
  body: z.strictObject({
    name: z.string().min(1),
    size: z.number().int().optional(),
    kind: z.enum(['a', 'b']).default('a'),
    parts: z.array(z.strictObject({ at: z.number() })).optional(),
  }),
});
const good = { params: { id: '1' }, query: {}, body: { name: 'x' } };

/** Code and first path of the refusal. */
function refusal(change: object): readonly [string, string | undefined] | 'parsed' {
  try {
    parseRequest(line, { ...good, ...change });
    return 'parsed';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [error.code, error.fields?.[0]?.path];
  }
}

describe('parsing a request', () => {
  it('takes an empty object for no body where there is nothing to say, and nothing else', () => {
    const silent = endpoint({ method: 'POST', path: '/api/things/retry', who: 'public', summary: 'Again.' });
    const ask = (body?: unknown) => parseRequest(silent, { params: {}, query: {}, body });
    expect([ask().body, ask({}).body]).toEqual([undefined, undefined]);
    for (const [body, code] of [
      [{ role: 'admin' }, 'unknown_field'],
      [[], 'bad_request'],
      [null, 'bad_request'],
      ['x', 'bad_request'],
    ] as const) {
      expect(() => ask(body)).toThrow(expect.objectContaining({ code }));
    }
  });

  it('gives back what the schemas make of it', () => {
    expect(parseRequest(line, good)).toEqual({ params: { id: '1' }, query: {}, body: { name: 'x', kind: 'a' } });
  });

  it.each([
    ['an unknown key in the body', { body: { name: 'x', role: 'admin' } }, ['unknown_field', '']],
    [
      'an unknown key deep in the body',
      { body: { name: 'x', parts: [{ at: 1, b: 2 }] } },
      ['unknown_field', 'parts.0'],
    ],
    ['an unknown key in the query', { query: { sort: 'x' } }, ['unknown_field', '']],
    ['a key given twice in the query', { query: { limit: ['1', '2'] } }, ['bad_request', 'limit']],
    ['a malformed address', { params: { id: 'x' } }, ['bad_request', 'id']],
    ['a missing value', { body: {} }, ['invalid', 'name']],
    ['no body at all', { body: undefined }, ['invalid', 'name']],
    ['null for a body', { body: null }, ['bad_request', '']],
    ['a list for a body', { body: [] }, ['bad_request', '']],
    ['null for a text', { body: { name: null } }, ['bad_request', 'name']],
    ['an operator for a text', { body: { name: { $ne: null } } }, ['bad_request', 'name']],
    ['a fraction for a whole number', { body: { name: 'x', size: 1.5 } }, ['invalid', 'size']],
    ['infinity for a number', { body: { name: 'x', size: Number.POSITIVE_INFINITY } }, ['bad_request', 'size']],
    ['a text for a number', { body: { name: 'x', size: '1' } }, ['bad_request', 'size']],
    ['an object for one of a list', { body: { name: 'x', kind: {} } }, ['bad_request', 'kind']],
    ['another text for one of a list', { body: { name: 'x', kind: 'c' } }, ['invalid', 'kind']],
  ])('refuses %s', (_what, change, wanted) => {
    expect(refusal(change)).toEqual(wanted);
  });
});
