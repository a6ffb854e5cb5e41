import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { parseSettings, type Settings } from '../media/contract/settings.ts';
import { openStorage } from '../media/storage/open-storage.ts';
import { detectSandbox } from './ffmpeg/sandbox.ts';
import { startWorker } from './worker.ts';

/** Ends with one sentence that says the cure. */
function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Faults of a folder have a cure; any other fault speaks for itself. */
function whyNot({ DATA_DIR: folder }: Settings, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT'].includes(code))
    return `The worker cannot write to ${resolve(folder)}: give this user the right to, or set DATA_DIR (and MEDIA_STORE) to another folder.`;
  return `The worker cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

/** Where Redis listens: the setting, else the socket that the supervisor names, else its usual place. */
function redisAddress(settings: Settings): string {
  const { values } = parseArgs({ options: { redis: { type: 'string' } } });
  return settings.REDIS_URL ?? values.redis ?? resolve(settings.DATA_DIR, 'run', 'redis.sock');
}

async function run(settings: Settings): Promise<void> {
  for (const program of ['ffmpeg', 'ffprobe']) {
    if (spawnSync(program, ['-version'], { stdio: 'ignore' }).status !== 0)
      giveUp(`${program} is missing: run "apt-get install -y ffmpeg" as root.`);
  }
  const log = pino({
    level: settings.LOG_LEVEL,
    base: { part: 'worker', pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  const dataFolder = resolve(settings.DATA_DIR);
  const place = settings.MEDIA_STORE ?? pathToFileURL(resolve(dataFolder, 'media')).href;
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  const storage = await openStorage(place, {
    region: settings.S3_REGION,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(secretAccessKey === undefined ? {} : { secretAccessKey }),
  });
  const redis = new Redis(redisAddress(settings), { maxRetriesPerRequest: null });
  redis.on('error', (error: Error) => log.warn({ err: error.message }, 'redis'));
  const worker = await startWorker({
    parts: { storage, sandbox: detectSandbox(), log },
    redis,
    concurrency: Math.max(1, settings.WORKERS ?? 1),
    workFolder: resolve(dataFolder, 'work', 'jobs'),
    bookFolder: resolve(dataFolder, 'run', 'workers'),
  });
  const stop = (): void => {
    worker
      .stop()
      .then(() => {
        redis.disconnect();
        log.info('worker stopped');
        process.exit(0);
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'worker did not stop cleanly');
        process.exit(1);
      });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

const parsed = parseSettings(process.env);
if ('problems' in parsed) giveUp(parsed.problems.join('\n'));
run(parsed.settings).catch((error: unknown) => giveUp(whyNot(parsed.settings, error)));
