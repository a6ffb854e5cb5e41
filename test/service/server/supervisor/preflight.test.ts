import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSettings } from '../../../../media/contract/settings.ts';
import { CannotStart, preflight } from '../../../../server/supervisor/preflight.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yuanbo-preflight-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settingsOf = (environment: Record<string, string>) => {
  const parsed = parseSettings(environment);
  if ('problems' in parsed) throw new Error(parsed.problems.join(' '));
  return parsed.settings;
};
const anyPort = settingsOf({ PORT: '0' });

/** Writes the claim of a process on the folder, as its supervisor would have. */
function claimOf(pid: number | undefined): void {
  const stat = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8');
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  mkdirSync(join(folder, 'run'), { recursive: true });
  writeFileSync(join(folder, 'run', 'supervisor'), `${pid ?? 0} ${began}`);
}

describe('a start that cannot work ends with the cure', () => {
  it('on a port in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const start = preflight(settingsOf({ PORT: String(port) }), folder);
    await expect(start).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use: stop the program that holds it`);
    await expect(start).rejects.toBeInstanceOf(CannotStart);
    holder.close();
  });

  it('on an address of another machine', async () => {
    const start = preflight(settingsOf({ PORT: '0', HOST: '192.0.2.1' }), folder);
    await expect(start).rejects.toThrow('set HOST to an address of this machine');
  });

  it('on a folder that cannot be written', async () => {
    await expect(preflight(anyPort, '/proc/yuanbo')).rejects.toThrow(/^The folder \/proc\/yuanbo cannot be written/);
  });

  it('on a folder where another supervisor runs', async () => {
    const other = spawn('sleep', ['60']);
    claimOf(other.pid);
    await expect(preflight(anyPort, folder)).rejects.toThrow(`Yuanbo already runs on ${folder}`);
    other.kill('SIGKILL');
  });
});

describe('a start after a crash', () => {
  it('goes on where the other supervisor is dead but not yet buried', async () => {
    // Nobody waits for the inner shell: it stays a zombie as long as the outer program sleeps.
    const outer: ChildProcess = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60']);
    const pid = await new Promise<number>((resolve) =>
      outer.stdout?.once('data', (bytes: Buffer) => resolve(Number(bytes.toString()))),
    );
    claimOf(pid);
    const isDead = () => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    while (!isDead()) await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(preflight(anyPort, folder)).resolves.toBeUndefined();
    outer.kill('SIGKILL');
  });

  it('goes on where the number belongs to another process by now', async () => {
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run', 'supervisor'), '1 123456789012345');
    await expect(preflight(anyPort, folder)).resolves.toBeUndefined();
  });
});
