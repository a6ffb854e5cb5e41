import { spawnSync } from 'node:child_process';

/** Limits of one run of ffmpeg or ffprobe. */
export type RunLimits = {
  readonly memoryBytes: number;
  /** CPU seconds of the process. */
  readonly cpuSeconds: number;
  /** Largest single file that it may write. */
  readonly fileBytes: number;
};

/** Puts a program behind the guards that this machine has; the result is one argument vector. */
export type Sandbox = {
  /** 0 nothing, 1 limits and death with the parent, 2 also no network (security.md 3). */
  readonly level: 0 | 1 | 2;
  readonly wrap: (program: string, limits: RunLimits) => readonly string[];
};

const works = (...command: readonly string[]): boolean => {
  const [program = 'true', ...args] = command;
  return spawnSync(program, [...args, 'true'], { stdio: 'ignore', timeout: 5000 }).status === 0;
};

const withoutNetwork = ['unshare', '--user', '--map-current-user', '--net'];
const withoutNetworkAsRoot = ['unshare', '-rn'];
const diesWithParent = ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--'];
/** Behind the servers of the same machine, and a copy that somebody waits for ahead of every encode. */
const niceness = { encode: 10, waitedFor: 5 } as const;

/** Finds out once which guards work here: containers often forbid namespaces, other systems lack setpriv or prlimit. */
export function detectSandbox(purpose: keyof typeof niceness = 'encode'): Sandbox {
  const polite = ['nice', '-n', String(niceness[purpose])];
  const network = [withoutNetwork, withoutNetworkAsRoot].find((guard) => works(...guard)) ?? [];
  const death = works(...diesWithParent) ? diesWithParent : [];
  const nice = works(...polite) ? polite : [];
  const hasLimits = works('prlimit', '--core=0', '--');
  const limitGuard = ({ memoryBytes, cpuSeconds, fileBytes }: RunLimits): readonly string[] => [
    'prlimit',
    `--as=${String(memoryBytes)}`,
    // At the hard limit the kernel kills without saying why, so the soft one comes first.
    `--cpu=${String(Math.ceil(cpuSeconds))}:${String(Math.ceil(cpuSeconds) + 5)}`,
    `--fsize=${String(Math.ceil(fileBytes))}`,
    '--nofile=256',
    '--core=0',
    '--',
  ];
  return {
    level: death.length === 0 || !hasLimits ? 0 : network.length === 0 ? 1 : 2,
    // The death signal is set after entering the namespace, because a change of credentials clears it.
    wrap: (program, limits) => [...network, ...death, ...nice, ...(hasLimits ? limitGuard(limits) : []), program],
  };
}
