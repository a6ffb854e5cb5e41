import { performance } from 'node:perf_hooks';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { built } from '../origin/built.mjs';
import { cpuOf, treeCpu, treeOf } from './processes.mjs';

const { openOffice } = await built('server/command-line/office.js');
const { sendFilm } = await built('server/command-line/send-film.js');

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

const commandOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** CPU seconds so far: of everything, of the worker's own Node, and of server, database, Redis and supervisor. */
function cpuBy(root) {
  const pids = treeOf(root);
  const worker = pids.find((pid) => commandOf(pid).includes('transcoder/main.js'));
  const all = treeCpu(root);
  const underWorker = worker === undefined ? 0 : treeCpu(worker);
  return { all, worker: worker === undefined ? 0 : cpuOf(worker, true), bookkeeping: all - underWorker };
}

/** Starts the product on an empty folder, signed in as its first administrator. */
export async function startProduct(folder) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'product-process.mjs')], {
    env: { ...process.env, DATA_DIR: join(folder, 'county'), PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said = '';
  child.stdout.on('data', (bytes) => (said += bytes));
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error(`The product ended: ${said}`)));
  });
  const password = /password (\S+)/.exec(said)?.[1] ?? '';
  const address = `http://127.0.0.1:${port}`;
  const office = openOffice(address, { username: 'admin', password });
  return {
    address,
    office,
    /** What its parts logged. */
    said: () => said,
    cpu: () => cpuBy(child.pid),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(join(folder, 'county'), { recursive: true, force: true });
    },
  };
}

/** Uploads a film by tus; answers its id and the instant at which its last byte went out. */
export async function upload({ office }, file) {
  const bytes = statSync(file).size;
  let lastByteMs = 0;
  const id = await sendFilm(
    office,
    { path: file, bytes },
    { filename: basename(file) },
    {
      onBegun: () => Promise.resolve(),
      onBytes: (sent) => {
        if (sent === bytes) lastByteMs ||= performance.now();
      },
      signal: new globalThis.AbortController().signal,
    },
  );
  return { id, lastByteMs };
}

export const film = async ({ office }, id) => (await office.ask(`/api/films/${id}`)).json();

/** Waits until a film is whole; throws where it failed. */
export async function untilWhole(product, id) {
  for (;;) {
    const { state, problem } = await film(product, id);
    if (['review', 'ready'].includes(state)) return;
    if (['refused', 'failed'].includes(state)) throw new Error(`The film is ${state}: ${JSON.stringify(problem)}`);
    // Seldom, because each question is work for the server that is measured.
    await pause(1000);
  }
}

/** The address of the first segment that a playlist leads to; undefined where there is none yet. */
async function firstSegment({ office, address }, path) {
  const text = await (await office.ask(path)).text();
  const entry = text.split('\n').find((line) => line !== '' && !line.startsWith('#'));
  if (entry === undefined) return undefined;
  const next = new URL(entry, address + path);
  return next.pathname.endsWith('.m3u8') ? firstSegment({ office, address }, next.pathname + next.search) : next;
}

/** The instant at which the first piece of a film has come to a player. */
export async function untilPlayable(product, id, withinMs) {
  const endMs = performance.now() + withinMs;
  while (performance.now() < endMs) {
    const playback = await product.office.ask(`/api/films/${id}/playback`).catch(() => undefined);
    const path = playback === undefined ? undefined : (await playback.json()).hls;
    const segment = path === undefined ? undefined : await firstSegment(product, path).catch(() => undefined);
    const piece = segment === undefined ? undefined : await fetch(segment);
    if (piece?.ok === true && (await piece.arrayBuffer()).byteLength > 0) return performance.now();
    await pause(50);
  }
  return NaN;
}
