import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const KEPT_CHARACTERS = 2000;
/** Linux ends ffmpeg with us, however we end; elsewhere it ends by the signal below. */
const dieWithParent = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--'] : [];

/** Runs ffmpeg on our own assets until it ends; rejects with the end of what it complained about. */
export const runFfmpeg = (argv: readonly string[], signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const [program = 'ffmpeg', ...words] = [...dieWithParent, 'ffmpeg', ...argv];
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'], ...(signal && { signal }) });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-KEPT_CHARACTERS);
    });
    child.once('error', (cause) =>
      reject(new Error(`ffmpeg did not start: install it (apt-get install ffmpeg).`, { cause })),
    );
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${String(code)} while making a demo film: ${complaint.trim()}`));
    });
  });
