import type { IncomingMessage, ServerResponse } from 'node:http';

/** One message of a stream. */
export interface StreamEvent {
  /** What a client names as `Last-Event-ID` when it comes back; the one before where absent. */
  readonly id?: number | string;
  readonly name: string;
  readonly data: unknown;
}

/** Somebody who listens. */
export interface Listener {
  readonly send: (event: StreamEvent) => void;
  /** Ends the stream; the browser comes back by itself, to any replica. */
  readonly end: () => void;
}

/** Browsers come back after this long, scattered by their own start. */
const retryMs = 2000;
/** Shorter than every idle timeout on the way, ours (web-server.ts) and proxies'. */
const beatMs = 10_000;
/** Who does not read is behind a dead link: what waits for it is not kept. */
const mostWaitingBytes = 64_000;

/** Answers with server-sent events (WHATWG HTML 9.2) until either side ends; `onClosed` is told once. */
export function openEventStream(request: IncomingMessage, response: ServerResponse, onClosed: () => void): Listener {
  response.setHeader('Content-Type', 'text/event-stream');
  // nginx would collect events until a buffer is full.
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();
  const write = (text: string): void => {
    if (response.writableLength > mostWaitingBytes) response.destroy();
    else response.write(text);
  };
  write(`retry: ${retryMs}\n\n`);
  const beat = setInterval(() => write(': still here\n\n'), beatMs);
  beat.unref();
  request.on('close', () => response.destroy());
  response.on('close', () => {
    clearInterval(beat);
    onClosed();
  });
  return {
    send: ({ id, name, data }) =>
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    end: () => void response.end(),
  };
}

/** The number that a client saw last; undefined where it comes for the first time or says nonsense. */
export const lastEventId = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
