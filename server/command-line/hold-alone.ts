import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { CannotStart } from '../supervisor/preflight.ts';

/**
 * Holds a path for this process alone, or says that another one holds it. A socket with an abstract name is the lock: the
 * kernel gives it to one process, and takes it back however that one ends, so none is ever left behind (unix(7)).
 */
export async function holdAlone(path: string): Promise<() => void> {
  const real = await realpath(path).catch(() => resolve(path));
  const name = `\0yuanbo-import-${createHash('sha256').update(real).digest('hex')}`;
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((held, reject) => {
    server.once('error', reject);
    server.listen(name, held);
  }).catch((cause: unknown) => {
    const message = `Another import of ${real} is running: wait until it is done, or stop it and run this one again.`;
    throw new CannotStart(message, { cause });
  });
  // It keeps nobody waiting.
  server.unref();
  return () => void server.close();
}
