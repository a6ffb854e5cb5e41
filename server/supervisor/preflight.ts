import { constants } from 'node:fs';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Settings } from '../../media/contract/settings.ts';
import { makeFolder } from '../process/make-folder.ts';

/** A start that cannot work: the message is one sentence with the cure, printed before exit code 1. */
export class CannotStart extends Error {}

/** Checks what would otherwise fail later and less clearly: folder, another supervisor, port. */
export async function preflight(settings: Settings, dataDir: string): Promise<void> {
  await makeWritable(dataDir);
  await claim(dataDir);
  await checkPort(settings.HOST, settings.PORT);
}

/** Makes the data folder (0700) and tries to write in it. */
export async function makeWritable(dataDir: string): Promise<void> {
  try {
    await makeFolder(join(dataDir, 'run'));
    await access(dataDir, constants.W_OK | constants.X_OK);
    const probe = join(dataDir, 'run', `writable.${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new CannotStart(
      `The folder ${dataDir} cannot be written (${codeOf(error)}): give it to this user or set DATA_DIR to another folder.`,
    );
  }
}

/** One supervisor a folder: the claim names the process and when it began, so that a reused number is not taken for it. */
async function claim(dataDir: string): Promise<void> {
  const file = join(dataDir, 'run', 'supervisor');
  const held = await readFile(file, 'utf8').catch(() => '');
  const [pid, began] = held.split(' ');
  if (
    pid !== undefined &&
    pid !== String(process.pid) &&
    began !== undefined &&
    began !== '' &&
    (await beginningOf(pid)) === began
  ) {
    throw new CannotStart(
      `Yuanbo already runs on ${dataDir} (process ${pid}): stop it first, or set DATA_DIR and PORT for a second one.`,
    );
  }
  await writeFile(file, `${process.pid} ${await beginningOf(String(process.pid))}`);
}

/** Start time of a process in clock ticks (field 22 of /proc/PID/stat), empty where it is gone, dead (Z, X) or unknown. */
async function beginningOf(pid: string): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 'ZX'.includes(state) ? '' : (rest[18] ?? '');
}

function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(new CannotStart(portSentence(host, port, codeOf(error)))));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** Says why an address cannot be listened on, and the cure. */
export function portSentence(host: string, port: number, code: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use: stop the program that holds it or set PORT to another number.`;
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: set PORT to a number above 1023.`;
  return `Cannot listen on ${host}:${port} (${code}): set HOST to an address of this machine.`;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
