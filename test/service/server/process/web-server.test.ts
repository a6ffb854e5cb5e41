import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type WebServer } from '../../../../server/process/web-server.ts';
import { CannotStart } from '../../../../server/supervisor/preflight.ts';

const running: WebServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.drain(0);
});
const start = async (listener: Parameters<typeof listen>[0]): Promise<WebServer> => {
  const server = await listen(listener, '127.0.0.1', 0);
  running.push(server);
  return server;
};

/** Sends text and gives all that comes back. */
const exchange = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => (answer += part));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

describe('the web server', () => {
  it('says in one sentence that its port is in use', async () => {
    const first = await start((_request, response) => response.end());
    const second = listen((_request, response) => response.end(), '127.0.0.1', first.port);
    await expect(second).rejects.toThrow(CannotStart);
    await expect(second).rejects.toThrow(/is in use: .* set PORT/);
  });

  it('says that an address is not of this machine', async () => {
    await expect(listen(() => undefined, '192.0.2.1', 0)).rejects.toThrow(/set HOST/);
  });

  it('finishes what runs before it ends, and takes nothing new', async () => {
    let finish = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      void start((_request, response) => {
        resolve();
        finish = () => response.end('whole');
      }).then((server) => {
        asked = fetch(`http://127.0.0.1:${server.port}/`).then((reply) => reply.text());
      });
    });
    let asked: Promise<string> = Promise.resolve('');
    await begun;
    const [server] = running;
    const drained = server!.drain(5000);
    await expect(fetch(`http://127.0.0.1:${server!.port}/`)).rejects.toThrow();
    finish();
    expect(await asked).toBe('whole');
    // Not held up to the last moment by a connection on which nothing is asked any more.
    const last = await Promise.race([drained.then(() => 'ended'), delay(3000, 'still open')]);
    expect(last).toBe('ended');
  });

  it('closes what does not finish in time', async () => {
    const server = await start(() => undefined);
    const asked = fetch(`http://127.0.0.1:${server.port}/`).catch(() => 'cut');
    await delay(50);
    await server.drain(50);
    expect(await asked).toBe('cut');
  });

  it('answers 431 to 20 KB of headers and 400 to what is no HTTP', async () => {
    const { port } = await start((_request, response) => response.end());
    const long = await exchange(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(long).toMatch(/^HTTP\/1\.1 431 /);
    expect(await exchange(port, 'HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});
