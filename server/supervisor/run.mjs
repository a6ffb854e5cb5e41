#!/usr/bin/env node
// `npm run demo`, `npm start`, `npm run server|worker|backup|restore`, `npx yuanbo import|film`: set the machine up, then hand over to the built program.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, needs, root, setUp } from './setup.mjs';

const [command = '', ...rest] = process.argv.slice(2);
if (!(command in needs)) fail(`Unknown command "${command}": use one of ${Object.keys(needs).join(', ')}.`);
setUp(command);

const program = command === 'worker' ? ['transcoder', 'main.js'] : ['server', 'main.js'];
const words = [process.execPath, join(root, 'dist', ...program), ...(command === 'worker' ? rest : [command, ...rest])];
// The program ends in order also when this one is killed.
if (existsSync('/usr/bin/setpriv')) words.unshift('/usr/bin/setpriv', '--pdeathsig', 'TERM', '--');
const child = spawn(words[0], words.slice(1), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128 + 15)));
