import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One of our programs that reads what strangers send, and what it may cost. */
export interface ChildReader {
  /** Of the built server, as `sheets/workbook-child.js`. */
  readonly program: string;
  readonly words?: readonly string[];
  readonly longestMs: number;
  /** Of its JavaScript heap. */
  readonly mostMemoryMb: number;
  readonly mostAnswerBytes: number;
}

/**
 * Gives bytes to a process of its own and answers what it writes: nobody can bound what a hostile file costs the one that
 * unpacks it. Undefined where it failed, or needed more than it may have.
 */
export function readInChild(reader: ChildReader, bytes: Uint8Array): Promise<string | undefined> {
  const { program, words = [], longestMs, mostMemoryMb, mostAnswerBytes } = reader;
  const path = join(projectFolder(), 'dist/server', program);
  const child = spawn(process.execPath, [`--max-old-space-size=${mostMemoryMb}`, path, ...words], {
    ...{ stdio: ['pipe', 'pipe', 'ignore'], timeout: longestMs, killSignal: 'SIGKILL', env: {} },
  });
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length > mostAnswerBytes) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(parts).toString('utf8') : undefined));
    // A reader that died no longer listens; how it ended is told above.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
  });
}

/** The reader is run as it was built, also by tests. */
function projectFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('the project folder was not found');
  }
}
