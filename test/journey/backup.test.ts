import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demo, onAir } from './system.ts';

const run = promisify(execFile);
const command = (name: string, file: string, dataDir: string) =>
  run(process.execPath, ['dist/server/main.js', name, file], {
    env: { ...process.env, DATA_DIR: dataDir, MEDIA_STORE: `file://${demo().dataDir}/media`, LOG_LEVEL: 'warn' },
  });

describe('backup and restore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-backup-test-'));
  const file = join(folder, 'county.yuanbo');
  const restored = join(folder, 'restored');
  beforeAll(onAir);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('copies a running county and brings every document back into an empty folder', async () => {
    const saved = /Saved (\d+) documents/.exec((await command('backup', file, demo().dataDir)).stdout)?.[1];
    expect(Number(saved)).toBeGreaterThan(20);
    const { stdout } = await command('restore', file, restored);
    expect(stdout).toContain(`Restored ${saved ?? ''} documents.`);
  });

  it('restores into nothing but an empty database', async () => {
    await expect(command('restore', file, restored)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not empty'),
    });
  });
});
