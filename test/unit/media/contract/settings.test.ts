import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../../../media/contract/settings.ts';

const problemsOf = (environment: Record<string, string>) => {
  const parsed = parseSettings(environment);
  return 'problems' in parsed ? parsed.problems : [];
};

describe('a wrong setting', () => {
  it.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['TIME_ZONE', 'Mars/Base'],
    ['TRUST_PROXY', 'my-proxy'],
    ['TRUST_PROXY', '10.0.0.0/8, 300.1.1.1'],
    ['MONGODB_URI', 'localhost'],
    ['REDIS_URL', 'localhost:6379'],
    ['MEDIA_STORE', './films'],
    ['SECRET', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['WORKERS', '-1'],
  ])('is refused before anything starts, in one sentence that names it: %s=%s', (name, text) => {
    const problems = problemsOf({ [name]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^Setting ${name}: .* Set it right`));
  });
});

it('takes the proxies that Express takes, and counts an empty variable as unset', () => {
  expect(problemsOf({ TRUST_PROXY: 'loopback, 172.16.0.0/12,::1', TIME_ZONE: '' })).toEqual([]);
});
