import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Settings } from '../../media/contract/settings.ts';
import { keepRunning, type RunningChild } from './child.ts';
import { databasePlan, type Places, redisPlan, serverPlan, workerPlan } from './children.ts';
import { preflight } from './preflight.ts';

export interface Supervision {
  /** Resolves true when the server answers for the first time, false when it was stopped before. */
  readonly ready: Promise<boolean>;
  /** Ends everything in order: server and worker first, then what they use. Within 10 s; may be called while starting. */
  readonly stop: () => Promise<void>;
  /** One more program that ends with the rest. */
  readonly alsoStop: (program: RunningChild) => void;
}

/** Owns Redis, the embedded database, server and worker: starts them in order and restarts each with back-off (decision 5). */
export async function supervise(
  parts: {
    readonly settings: Settings;
    readonly places: Places;
    readonly log: Logger;
    readonly serverArgs?: readonly string[];
  },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Supervision> {
  const { settings, places, log } = parts;
  await preflight(settings, places.dataDir);
  await mkdir(join(places.dataDir, 'redis'), { recursive: true, mode: 0o700 });
  const engines = enginePlans(places, settings, environment).map((plan) => keepRunning(plan, log));
  const programs: RunningChild[] = [];
  let stopping = false;
  const isStopping = () => stopping;
  const start = async () => {
    await Promise.all(engines.map((engine) => engine.ready));
    if (isStopping()) return false;
    programs.push(
      ...programPlans(places, settings, environment, parts.serverArgs).map((plan) => keepRunning(plan, log)),
    );
    await Promise.all(programs.map((program) => program.ready));
    return !isStopping();
  };
  return {
    ready: start(),
    alsoStop: (program) => void programs.push(program),
    stop: async () => {
      stopping = true;
      await stopAll(programs);
      await stopAll(engines);
      await rm(join(places.dataDir, 'run', 'supervisor'), { force: true });
    },
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

const enginePlans = (places: Places, settings: Settings, environment: Environment) => [
  ...(settings.REDIS_URL === undefined ? [redisPlan(places, environment)] : []),
  ...(settings.MONGODB_URI === undefined ? [databasePlan(places, environment)] : []),
];

const programPlans = (places: Places, settings: Settings, environment: Environment, args: readonly string[] = []) => [
  serverPlan(places, settings, environment, args),
  ...((settings.WORKERS ?? 1) > 0 ? [workerPlan(places, settings, environment)] : []),
];

const stopAll = (children: readonly RunningChild[]) => Promise.all(children.map((child) => child.stop()));
