import type { FolderFilm } from './film-folder.ts';

const everyMs = 5000;
const megabyte = 1_000_000;

/** Turns bytes into a line at most every 5 s, with the rate since the last one. */
export function progressLines(
  say: (line: string) => void,
  nowMs: () => number = () => performance.now(),
): (step: 'reading' | 'sending' | 'receiving', film: Pick<FolderFilm, 'name' | 'bytes'>, doneBytes: number) => void {
  let last: { readonly step: string; readonly atMs: number; readonly bytes: number } | undefined;
  return (step, film, doneBytes) => {
    const atMs = nowMs();
    if (last?.step !== step) last = { step, atMs, bytes: doneBytes };
    if (atMs - last.atMs < everyMs) return;
    const rate = Math.max(0, doneBytes - last.bytes) / megabyte / ((atMs - last.atMs) / 1000);
    last = { step, atMs, bytes: doneBytes };
    const percent = film.bytes === 0 ? 100 : Math.floor((doneBytes / film.bytes) * 100);
    const amount = `${(doneBytes / megabyte).toFixed(1)} of ${(film.bytes / megabyte).toFixed(1)} MB`;
    say(`${step}: ${film.name} ${percent} % (${amount}, ${rate.toFixed(1)} MB/s)`);
  };
}
