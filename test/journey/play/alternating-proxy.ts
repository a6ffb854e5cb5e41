import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { freePort } from '../start-demo.ts';

/** What stands before two servers, as nginx does in server/deployment: every request goes to the other one than the last. */
interface AlternatingProxy {
  readonly address: string;
  /** Answers that each server gave. */
  readonly answered: readonly number[];
  /** Requests that a server did not take and the other one got. */
  readonly passedOn: () => number;
  readonly close: () => Promise<void>;
}

export async function startProxy(servers: readonly string[]): Promise<AlternatingProxy> {
  const port = await freePort();
  const answered = servers.map(() => 0);
  let turn = 0;
  let passed = 0;
  const proxy = createServer((incoming, outgoing) => {
    turn += 1;
    const first = turn % servers.length;
    const second = (first + 1) % servers.length;
    pass(incoming, outgoing, servers[first] ?? '', {
      took: () => (answered[first] = (answered[first] ?? 0) + 1),
      refused: () => {
        passed += 1;
        pass(incoming, outgoing, servers[second] ?? '', {
          took: () => (answered[second] = (answered[second] ?? 0) + 1),
          refused: () => outgoing.writeHead(502).end(),
        });
      },
    });
  });
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${port}`,
    answered,
    passedOn: () => passed,
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
}

/** Hands a GET on. What breaks off after its first byte breaks off for the player too: no proxy can take that back. */
function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  server: string,
  on: { readonly took: () => void; readonly refused: () => void },
): void {
  const asked = request(server + (incoming.url ?? ''), { headers: incoming.headers }, (answer) => {
    if (answer.statusCode === 503) {
      answer.resume();
      on.refused();
      return;
    }
    on.took();
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', () => outgoing.destroy());
    answer.pipe(outgoing);
  });
  asked.on('error', () => (outgoing.headersSent ? outgoing.destroy() : on.refused()));
  outgoing.on('close', () => asked.destroy());
  asked.end();
}
