import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** A job and the lock under which a worker holds it. */
export type HeldJob = { readonly jobId: string; readonly token: string };

const pageSchema = z.object({
  host: z.string(),
  pid: z.number().int(),
  /** When the process began, in the kernel's ticks: a process id alone may have been given to another since. */
  born: z.string(),
  jobs: z.array(z.object({ jobId: z.string(), token: z.string() })),
});

/** What the workers of one machine write down about themselves, so that the next one can clean up after a crash. */
export type WorkerBook = {
  /** Name of this worker: its page, and its folder below the work folder. */
  readonly name: string;
  readonly enter: (job: HeldJob) => Promise<void>;
  readonly leave: (jobId: string) => Promise<void>;
  /** Jobs of workers of this machine that are dead; their pages and half-made files are gone afterwards. */
  readonly takeOrphans: () => Promise<readonly HeldJob[]>;
  readonly close: () => Promise<void>;
};

/** When a process began; empty where there is no such process, `unknown` where the system does not say. */
async function birthOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
  // Field 22; the name in field 2 may hold anything but ends with the last parenthesis.
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  try {
    process.kill(pid, 0);
    return 'unknown';
  } catch {
    return '';
  }
}

/** Opens this process's page in the book of the machine. */
export async function enterWorkerBook(bookFolder: string, workFolder: string): Promise<WorkerBook> {
  await mkdir(bookFolder, { recursive: true });
  const host = hostname();
  const name = `${host.replace(/[^A-Za-z0-9-]/g, '-')}-${String(process.pid)}`;
  const page = join(bookFolder, `${name}.json`);
  const born = await birthOf(process.pid);
  const jobs = new Map<string, HeldJob>();
  let writing = Promise.resolve();
  const write = (): Promise<void> => {
    // One after another, each whole: a page that is half there would lose its jobs.
    writing = writing
      .catch(() => undefined)
      .then(async () => {
        const text = JSON.stringify({ host, pid: process.pid, born, jobs: [...jobs.values()] });
        await writeFile(`${page}.new`, text);
        await rename(`${page}.new`, page);
      });
    return writing;
  };
  const forget = async (dead: string): Promise<void> => {
    await rm(join(workFolder, dead), { recursive: true, force: true });
    await rm(join(bookFolder, `${dead}.json`), { force: true });
  };
  return {
    name,
    enter: (job) => {
      jobs.set(job.jobId, job);
      return write();
    },
    leave: (jobId) => {
      jobs.delete(jobId);
      return write();
    },
    takeOrphans: async () => {
      const orphans: HeldJob[] = [];
      for (const file of (await readdir(bookFolder)).filter((entry) => entry.endsWith('.json'))) {
        const text = await readFile(join(bookFolder, file), 'utf8').catch(() => '{}');
        const other = pageSchema.safeParse(JSON.parse(text)).data;
        if (other === undefined || other.host !== host || (await birthOf(other.pid)) === other.born) continue;
        orphans.push(...other.jobs);
        await forget(file.slice(0, -'.json'.length));
      }
      return orphans;
    },
    close: async () => {
      await writing.catch(() => undefined);
      await forget(name);
    },
  };
}
