import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { vi } from 'vitest';

const program = resolve(import.meta.dirname, '../../../../dist/server/main.js');

/** The office's command line as a process of its own; the rooms must be built. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

/** Runs `yuanbo ARGS` against a server. */
export function yuanbo(args: readonly string[], environment: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said: () => said, ended };
}

export const says = (running: Running, words: string | RegExp) =>
  vi.waitFor(
    () => {
      if (!(typeof words === 'string' ? running.said().includes(words) : words.test(running.said())))
        throw new Error(`It said: ${running.said()}`);
    },
    { timeout: 20_000, interval: 50 },
  );

/** A line to the server that can be made to swallow what is sent after so many bytes, as a dying uplink does. */
export interface Line {
  readonly url: string;
  /** Bytes of uploads that went through. */
  readonly passedBytes: () => number;
  /** Where in their film the requests of uploads began, in order. */
  readonly offsets: number[];
  holdAfterBytes: number;
  readonly stop: () => Promise<void>;
}

export async function startLine(to: string): Promise<Line> {
  let passed = 0;
  const line = { holdAfterBytes: Infinity, offsets: [] as number[] };
  const server: Server = createServer((incoming, outgoing) => {
    const { method = 'GET', headers } = incoming;
    const onward = httpRequest(to + (incoming.url ?? ''), { method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.socket.on('close', () => onward.destroy());
    let isHeld = false;
    if (method === 'PATCH') line.offsets.push(Number(headers['upload-offset']));
    incoming.on('data', (bytes: Buffer) => {
      isHeld ||= method === 'PATCH' && passed >= line.holdAfterBytes;
      if (isHeld) return;
      if (method === 'PATCH') passed += bytes.length;
      onward.write(bytes);
    });
    incoming.on('end', () => {
      if (!isHeld) onward.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(line, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passedBytes: () => passed,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}
