import { setTimeout as pause } from 'node:timers/promises';
import { type SoakStack, type StruckPart, underWay } from './soak-stack.ts';

/** How soon work went on after a part was killed, in ms; undefined where nothing was left to do. */
export interface Strike {
  readonly part: StruckPart | 'machine';
  readonly resumedMs: number | undefined;
}

const everyMs = 40;
/** Work goes on within this time: 5 s where a worker of the same host takes its own orphans back. Held to three times as much. */
export const promisedMs = (part: Strike['part']): number => (part === 'worker' ? 5000 : 25_000);

/** Whether any job is under way; false when `isOver` says that nothing more will come. */
async function untilBusy(stack: SoakStack, isOver: () => Promise<boolean>): Promise<boolean> {
  for (;;) {
    if (underWay(await stack.jobLines()).size > 0) return true;
    if (await isOver()) return false;
    await pause(everyMs);
  }
}

/**
 * Kills a part while work is under way, and waits until work goes on. After a worker or its encoder that is when the very
 * job that was lost begins again; after the others when any job begins that had not before.
 */
export async function strike(
  stack: SoakStack,
  part: StruckPart,
  isOver: () => Promise<boolean>,
): Promise<Strike | undefined> {
  let pid: number | undefined;
  while (pid === undefined) {
    if (!(await untilBusy(stack, isOver))) return undefined;
    [pid] = stack.pidsOf(part);
    if (pid === undefined) await pause(everyMs);
  }
  const lost = underWay(await stack.jobLines());
  const atMs = Date.now();
  process.kill(pid, 'SIGKILL');
  const wanted = part === 'worker' || part === 'ffmpeg' ? lost : undefined;
  return { part, resumedMs: await resumed(stack, { atMs, wanted }, isOver) };
}

/** Waits until one of the wanted jobs (undefined: any) begins or ends after an instant. */
export async function resumed(
  stack: SoakStack,
  { atMs, wanted }: { readonly atMs: number; readonly wanted: ReadonlySet<string> | undefined },
  isOver: () => Promise<boolean>,
): Promise<number | undefined> {
  const endMs = atMs + 3 * promisedMs('machine');
  while (Date.now() < endMs) {
    const line = (await stack.jobLines()).find(
      (each) =>
        each.atMs > atMs &&
        (each.msg === 'job begins' || each.msg === 'job done') &&
        (wanted === undefined || wanted.has(each.jobId)),
    );
    if (line !== undefined) return line.atMs - atMs;
    if (await isOver()) return undefined;
    await pause(everyMs);
  }
  throw new Error(`No job went on within ${String(endMs - atMs)} ms.`);
}
