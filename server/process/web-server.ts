import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CannotStart, portSentence } from '../supervisor/preflight.ts';

/** Limits of one server process (security notes, section 4). */
const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  // A chunk of 64 MiB over 512 kbit/s takes 18 min; silence is ended by the idle timeout below.
  requestTimeout: 30 * 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
};
const idleMs = 120_000;
const mostConnections = 20_000;

/** A listening server and how it ends. */
export interface WebServer {
  readonly port: number;
  /** Takes no new connection, lets running requests finish for `withinMs`, then closes what is left. */
  readonly drain: (withinMs: number) => Promise<void>;
}

/** Listens on an address; rejects with one sentence and its cure where that cannot be. */
export async function listen(listener: RequestListener, host: string, port: number): Promise<WebServer> {
  let draining = false;
  const server = createServer(limits, (request, response) => {
    if (draining) response.setHeader('Connection', 'close');
    listener(request, response);
  });
  server.maxConnections = mostConnections;
  server.setTimeout(idleMs);
  server.on('clientError', refuseGarbage);
  await begin(server, host, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    drain: (withinMs) => {
      draining = true;
      return drain(server, withinMs);
    },
  };
}

const begin = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new CannotStart(portSentence(host, port, 'code' in error ? String(error.code) : error.message)));
    });
    server.listen(port, host, 1024, () => resolve());
  });

/** What is no HTTP at all gets a short answer and the connection closed; Node names 431 and 408 itself in `code`. */
function refuseGarbage(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function drain(server: Server, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  // Whoever was answered meanwhile may keep its connection open: it must not hold the end up.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const late = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
