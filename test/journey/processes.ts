import { readdirSync, readFileSync } from 'node:fs';

/** Numbers of the processes that work on a data folder, by their arguments or environment, and whose command line holds these words. */
export function processesOn(dataDir: string, ...words: readonly string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return (
          words.every((word) => line.includes(word)) &&
          (line.includes(dataDir) || environment.includes(`DATA_DIR=${dataDir}`))
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}
