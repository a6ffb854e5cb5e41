import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const ahead = '-10';

/**
 * Puts the browsers that this process started ahead of everything else on the machine: who watches a television has a box of his own.
 * Each browser is a session, and between sessions only the niceness of their groups counts (sched(7), autogroup), which asks for root.
 */
export function putBrowsersAhead(): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, parent, , session] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      if (Number(parent) === process.pid && session === pid) writeFileSync(`/proc/${pid}/autogroup`, ahead);
    } catch {
      // It has ended, or this machine allows none: then the browser shares with the others.
    }
  }
}
