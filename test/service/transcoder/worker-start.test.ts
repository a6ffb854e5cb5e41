import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('ends with one sentence and the cure where its folder cannot be made', async () => {
  const started = promisify(execFile)(process.execPath, ['dist/transcoder/main.js'], {
    env: { ...process.env, DATA_DIR: '/dev/null/county', REDIS_URL: 'redis://127.0.0.1:1', LOG_LEVEL: 'fatal' },
    timeout: 20_000,
  });
  await expect(started).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^The worker cannot write to \/dev\/null\/county: .*set DATA_DIR.*\n$/),
  });
});
