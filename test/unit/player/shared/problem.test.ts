import { describe, expect, it } from 'vitest';
import { readProblem } from '../../../../player/shared/problem.ts';

describe('a refused request', () => {
  it('tells code, detail, fields and the number to quote', () => {
    const body = {
      type: 'about:blank',
      title: 'Invalid',
      status: 422,
      code: 'invalid',
      detail: 'title: Write at least one character.',
      requestId: 'r1',
      fields: [{ path: 'title', message: 'Write at least one character.' }, { path: 7 }],
    };
    expect(readProblem(422, JSON.stringify(body), null)).toMatchObject({
      status: 422,
      code: 'invalid',
      message: 'title: Write at least one character.',
      requestId: 'r1',
      fields: [{ path: 'title', message: 'Write at least one character.' }],
    });
  });

  it('is told even when a proxy answered with a page', () => {
    expect(readProblem(502, '<html>Bad gateway</html>', null)).toMatchObject({ code: 'unknown', message: 'HTTP 502' });
    expect(readProblem(502, 'null', null)).toMatchObject({ code: 'unknown', fields: [] });
  });

  it('tells when to come back', () => {
    expect(readProblem(429, '{"code":"too_many_requests"}', '30').retryAfterS).toBe(30);
    expect(readProblem(429, '{}', 'Wed, 21 Oct 2026 07:28:00 GMT').retryAfterS).toBeUndefined();
  });
});
