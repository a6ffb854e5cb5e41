#!/usr/bin/env node
// `npm run demo`, `npm start`, `npm run server|worker|backup|restore`: set the machine up, then hand over to the built program.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, needs, root, setUp } from './setup.mjs';

const [command = '', ...rest] = process.argv.slice(2);
if (!(command in needs)) fail(`Unknown command "${command}": use one of ${Object.keys(needs).join(', ')}.`);
setUp(command);

const program = command === 'worker' ? ['transcoder', 'main.js'] : ['server', 'main.js'];
const child = spawn(
  process.execPath,
  [join(root, 'dist', ...program), ...(command === 'worker' ? rest : [command, ...rest])],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128 + 15)));
