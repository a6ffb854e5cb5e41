import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { processesOn } from '../processes.ts';
import { ended, freePort } from '../start-demo.ts';

/** What can be struck. */
export const struckParts = ['worker', 'ffmpeg', 'redis', 'database', 'server'] as const;
export type StruckPart = (typeof struckParts)[number];

/** A line of the worker's log about a job. */
export interface JobLine {
  readonly msg: string;
  readonly jobId: string;
  readonly pid: number;
  readonly atMs: number;
}

/** A whole office on a data folder of its own. */
export interface SoakStack {
  readonly dataDir: string;
  readonly redisSocket: string;
  /** Sends JSON, or bytes to upload, and answers what came; rejects while the server is away. */
  readonly call: (path: string, init?: RequestInit) => Promise<Response>;
  /** Processes of a part that are there now. */
  readonly pidsOf: (part: StruckPart) => readonly number[];
  /** What workers wrote about jobs, oldest first. */
  readonly jobLines: () => Promise<readonly JobLine[]>;
  /** Starts one more worker, as another machine would: with a folder of its own and the two addresses. */
  readonly startElsewhere: () => ChildProcess;
  readonly stop: () => Promise<void>;
  /** Processes that belong to it and are there still. */
  readonly leftovers: () => readonly number[];
}

export const demoPassword = 'soak-password-1';

const words: Readonly<Record<Exclude<StruckPart, 'ffmpeg'>, string>> = {
  worker: 'transcoder/main.js',
  redis: 'redis-server',
  database: 'embedded/main.js',
  server: 'server/main.js serve',
};

/** Processes that work inside a folder: encoders and probes of jobs. */
function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Starts it in a folder; everything that it writes goes to `log.jsonl` there. */
export async function startSoakStack(folder: string): Promise<SoakStack> {
  const dataDir = join(folder, 'data');
  const logFile = join(folder, 'log.jsonl');
  const port = await freePort();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const log = openSync(logFile, 'a');
  const stdio = ['ignore', log, log] as const;
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'stack.mjs')], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), DEMO_PASSWORD: demoPassword, LOG_LEVEL: 'info' },
    stdio: [...stdio],
  });
  const redisSocket = join(dataDir, 'run', 'redis.sock');
  const others: ChildProcess[] = [];
  const elsewhere = join(folder, 'elsewhere');
  return {
    dataDir,
    redisSocket,
    call: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, { ...init, signal: AbortSignal.timeout(20_000) }),
    pidsOf: (part) => (part === 'ffmpeg' ? processesIn(join(dataDir, 'work')) : processesOn(dataDir, words[part])),
    jobLines: async () => (await readFile(logFile, 'utf8')).split('\n').flatMap(readJobLine),
    startElsewhere: () => {
      const other = spawn(process.execPath, [resolve(import.meta.dirname, '../../../dist/transcoder/main.js')], {
        env: {
          PATH: process.env['PATH'] ?? '',
          DATA_DIR: elsewhere,
          REDIS_URL: redisSocket,
          MEDIA_STORE: `file://${join(dataDir, 'media')}`,
          LOG_LEVEL: 'info',
        },
        stdio: [...stdio],
      });
      others.push(other);
      return other;
    },
    stop: async () => {
      await Promise.all([child, ...others].map(ended));
      closeSync(log);
    },
    leftovers: () => [...processesOn(folder), ...processesIn(folder)],
  };
}

function readJobLine(text: string): readonly JobLine[] {
  if (!text.includes('"jobId"')) return [];
  try {
    const { msg, jobId, pid, time } = JSON.parse(text) as Record<string, unknown>;
    if (typeof msg !== 'string' || typeof jobId !== 'string' || typeof pid !== 'number') return [];
    if (typeof time !== 'string') return [];
    return [{ msg, jobId, pid, atMs: new Date(time).getTime() }];
  } catch {
    // The last line of a process that was killed, or one that is only half there yet.
    return [];
  }
}

/** Jobs that began and have neither ended nor been given up. */
export function underWay(lines: readonly JobLine[]): ReadonlySet<string> {
  const jobs = new Set<string>();
  for (const { msg, jobId } of lines) {
    if (msg === 'job begins') jobs.add(jobId);
    if (endings.includes(msg)) jobs.delete(jobId);
  }
  return jobs;
}

const endings = ['job done', 'job not done', 'job given back, the worker stops', 'took back the job of a dead worker'];
