import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('tells the one line to run where a package is missing and nobody may install it', () => {
  const empty = mkdtempSync(join(tmpdir(), 'yuanbo-bare-'));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/supervisor/run.mjs', 'worker'], {
    env: { PATH: empty },
    encoding: 'utf8',
  });
  rmSync(empty, { recursive: true });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr.trim().split('\n')).toEqual([
    'Missing on this machine: ffmpeg, util-linux. Install with: sudo sh -c "apt-get update && apt-get install -y --no-install-recommends ffmpeg util-linux" and run the command again.',
  ]);
});
