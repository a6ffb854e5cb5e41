import { clearInterval, setInterval } from 'node:timers';
import { performance } from 'node:perf_hooks';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ticks of the kernel's CPU clocks in a second: 100 on every Linux that Node runs on. */
const ticks = 100;
const own = 'self';

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces, so fields are counted from its closing bracket: the third of the page is the first here.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, userOfDead, systemOfDead] = fields.slice(11, 15).map((field) => Number(field) / ticks);
    return { parent: Number(fields[1]), live: user + system, dead: userOfDead + systemOfDead };
  } catch {
    return undefined;
  }
}

const childrenOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

/** A process and everything below it that lives. */
export const treeOf = (pid) => [pid, ...childrenOf(pid).flatMap(treeOf)];

/** CPU seconds of a process and of every child that it has waited for; `alone` leaves those out. */
export function cpuOf(pid, alone = false) {
  const stat = statOf(pid);
  return stat === undefined ? 0 : stat.live + (alone ? 0 : stat.dead);
}

/** CPU seconds of a process and everything below it, living or dead. */
export const treeCpu = (pid) => treeOf(pid).reduce((sum, each) => sum + cpuOf(each), 0);

function residentMb(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Memory of a process and everything below it, at its largest since the watch began. */
export function watchMemory(pid) {
  let peakMb = 0;
  const look = () =>
    (peakMb = Math.max(
      peakMb,
      treeOf(pid).reduce((sum, each) => sum + residentMb(each), 0),
    ));
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    return peakMb;
  };
}

const begun = new Set();
process.on('exit', () => {
  for (const child of begun) child.kill('SIGKILL');
});

/** A program that ends with the bench, however that ends. */
export function begin(program, args, options) {
  const child = spawn(program, args, options);
  begun.add(child);
  child.once('exit', () => begun.delete(child));
  return child;
}

/** Runs one program to its end; answers what it said on standard error and how much memory it took. */
function step([program, ...args], folder) {
  return new Promise((resolve, reject) => {
    const child = begin(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const stopWatch = watchMemory(child.pid);
    let said = '';
    child.stderr.on('data', (bytes) => (said = (said + bytes).slice(-65_536)));
    child.on('error', reject);
    child.on('close', (code) => {
      const peakMb = stopWatch();
      if (code === 0) resolve({ said, peakMb });
      else reject(new Error(`${program} ${args.join(' ')}\n${said.slice(-2000)}`));
    });
  });
}

/** Runs commands one after another, as one piece of work: CPU seconds of all, wall seconds, and the most memory of one. */
export async function work(commands, folder) {
  const beganMs = performance.now();
  const before = statOf(own).dead;
  let peakMb = 0;
  for (const command of commands) peakMb = Math.max(peakMb, (await step(command, folder)).peakMb);
  return { cpu: statOf(own).dead - before, wall: (performance.now() - beganMs) / 1000, peakMb };
}

/** Runs ffmpeg or ffprobe by hand; answers what it said. */
export function ask(program, args, folder) {
  return new Promise((resolve, reject) => {
    const child = begin(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    child.stdout.on('data', (bytes) => (out += bytes));
    child.stderr.on('data', (bytes) => (said = (said + bytes).slice(-262_144)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ out, said });
      else reject(new Error(`${program} ${args.join(' ')}\n${said.slice(-2000)}`));
    });
  });
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;
