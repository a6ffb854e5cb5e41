import { randomBytes } from 'node:crypto';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../../media/contract/settings.ts';
import { demoUsers } from '../demo/demo-county.ts';
import { embeddedPlaces } from '../database/socket-paths.ts';
import { endWith } from '../process/end-with.ts';
import { makeLogger } from '../process/logger.ts';
import { keepRunning } from './child.ts';
import { type Places, reachable, seedPlan } from './children.ts';
import { CannotStart, makeWritable } from './preflight.ts';
import { supervise } from './supervise.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder that holds the built rooms. */
const built = fileURLToPath(new URL('../../', import.meta.url));

/** `start`: everything on this machine, without sample data. */
export const startCommand = (settings: Settings, _args: readonly string[], environment: Environment): Promise<void> =>
  run({ settings, environment, serverArgs: [], child: 'slate', after: pagesText(settings) });

/** `demo`: the same with a sample county, its films and a published plan. */
export async function demoCommand(
  settings: Settings,
  _args: readonly string[],
  environment: Environment,
): Promise<void> {
  const dataDir = resolve(settings.DATA_DIR);
  await makeWritable(dataDir);
  await markAsDemo(settings, dataDir);
  const password = settings.DEMO_PASSWORD ?? (await demoPassword(dataDir));
  await run({
    settings,
    // What a newcomer should read is the addresses and the password, not a line a request.
    environment: { LOG_LEVEL: 'warn', ...environment, DEMO_PASSWORD: password },
    serverArgs: ['--demo'],
    child: 'seed',
    after: `${pagesText(settings)}\n${accountsText(password)}`,
  });
}

interface Run {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly serverArgs: readonly string[];
  /** What fills the library once the server answers. */
  readonly child: 'slate' | 'seed';
  /** Printed once the server answers. */
  readonly after: string;
}

async function run({ settings, environment, serverArgs, child, after }: Run): Promise<void> {
  const log = makeLogger(settings.LOG_LEVEL, 'supervisor');
  const dataDir = resolve(settings.DATA_DIR);
  await makeWritable(dataDir);
  const places: Places = { built, dataDir, ...embeddedPlaces(dataDir) };
  const shared = { ...environment, DATA_DIR: dataDir };
  const supervision = await supervise({ settings, places, log, serverArgs }, shared);
  endWith(log, supervision.stop);
  if (!(await supervision.ready)) return;
  console.log(after);
  supervision.alsoStop(keepRunning(seedPlan(places, shared, child), log));
}

/** The demo gives its accounts a known password, so it never starts on a folder that a real county has begun. */
async function markAsDemo(settings: Settings, dataDir: string): Promise<void> {
  const mark = join(dataDir, 'demo');
  const isThere = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  if (await isThere(mark)) return;
  if (settings.MONGODB_URI === undefined && (await isThere(embeddedPlaces(dataDir).databaseFile))) {
    throw new CannotStart(
      `${dataDir} holds a county that is not the demo's: run npm start, or set DATA_DIR to another folder.`,
    );
  }
  await writeFile(mark, '');
}

/** The password that this folder's demo printed before, or a new one. */
async function demoPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'demo-password');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known !== '') return known;
  const password = randomBytes(9).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

const accountsText = (password: string): string =>
  [
    `  Accounts: ${demoUsers.map(({ username }) => username).join(', ')}`,
    `  Password: ${password}`,
    '  Films are being made and encoded now; the channel goes on air with the first two.',
    '',
  ].join('\n');

const pagesText = (settings: Settings): string => {
  const address = settings.PUBLIC_URL ?? `http://${reachable(settings.HOST)}:${settings.PORT}`;
  return [
    '',
    '  Yuanbo 远播 is running.',
    `    member    手机 / 电脑   ${address}/`,
    `    station   站点电视      ${address}/station/`,
    `    console   办公室        ${address}/console/`,
    `    board     公示栏        ${address}/board/county`,
    '',
  ].join('\n');
};
