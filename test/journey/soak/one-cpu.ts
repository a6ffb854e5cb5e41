import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Does something while this process, and whatever it starts meanwhile, has one CPU. x264 under a rate cap gives the same bytes
 * for the same pictures only where it has one thread, and it takes as many as there are CPUs.
 */
export async function onOneCpu<Result>(work: () => Promise<Result>): Promise<Result> {
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  keepTo(/^\d+/.exec(allowed)?.[0] ?? '0');
  try {
    return await work();
  } finally {
    keepTo(allowed);
  }
}

function keepTo(list: string): void {
  const { status, stderr } = spawnSync('taskset', ['-cp', list, String(process.pid)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`taskset: ${stderr}`);
}
