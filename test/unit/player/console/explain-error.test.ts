import { describe, expect, it } from 'vitest';
import { passwordSchema, usernameSchema } from '../../../../media/contract/accounts.ts';
import { codeSchema } from '../../../../media/contract/ids.ts';
import { personTextSchema } from '../../../../media/contract/endpoint.ts';
import { explainError, explainField } from '../../../../player/console/words/explain-error.ts';
import { ApiError } from '../../../../player/shared/api-error.ts';

describe('an error in words', () => {
  it('is Chinese by its code, with the server’s detail where that names what stands in the way', () => {
    const error = new ApiError({ status: 409, code: 'in_plan', detail: 'Plan December uses it.', requestId: 'r1' });
    expect(explainError(error, 'zh')).toMatchObject({ detail: 'Plan December uses it.', requestId: 'r1' });
    expect(explainError(error, 'zh').text).toContain('计划');
    expect(explainError(error, 'en').text).toBe('Plan December uses it.');
  });

  it('of an unknown code is what the server said', () => {
    expect(explainError(new ApiError({ status: 418, code: 'teapot', detail: 'Short and stout.' }), 'zh').text).toBe(
      'Short and stout.',
    );
  });

  it.each([
    [passwordSchema, 'short'],
    [usernameSchema, '!'],
    [codeSchema, 'ABC'],
    [personTextSchema(5), ''],
    [personTextSchema(5), '123456'],
    [personTextSchema(50), 'a\u200bb'],
  ])('translates what is wrong with a field', (schema, value) => {
    const message = schema.safeParse(value).error?.issues[0]?.message ?? '';
    expect(message).not.toBe('');
    expect(explainField(message, 'zh')).toMatch(/[\u4e00-\u9fff]/);
  });
});
