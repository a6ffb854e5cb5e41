import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/**
 * A server under measurement.
 * @typedef {{ name: string, port: number, pids: () => number[], list: string, segment: (film: object, n: number) => string,
 *   stop: () => Promise<void> }} Bench
 */

const firstLine = (child) =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)));
    });
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it listened.`)));
  });

const stopping = (child) => async () => {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
};

async function nodeServer(name, script, folder) {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await firstLine(child);
  return { name, said, port: said.port, pids: () => [child.pid], stop: stopping(child) };
}

const fileOf = (film, n) => `revisions/${film.revision}/chunks/00000-bench/1080p/${String(n).padStart(5, '0')}.ts`;

/** Our server with its token in every address. */
export async function startProduct(folder) {
  const server = await nodeServer('ours', 'product-server.mjs', folder);
  const { list, base } = server.said;
  return { ...server, list, segment: (film, n) => `${base}${film.revision}/${String(n).padStart(5, '0')}.ts` };
}

/** express.static on the same files; the live list is a file. */
export async function startStatic(folder) {
  const server = await nodeServer('express.static', 'static-server.mjs', folder);
  return { ...server, list: '/list.m3u8', segment: (film, n) => `/${fileOf(film, n)}` };
}

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
    socket.on('error', () => resolve(false));
  });

/** nginx with one worker and sendfile on the same files, in the foreground; undefined where nginx is not installed. */
export async function startNginx(folder) {
  const port = await freePort();
  const place = (name) => join(folder, `nginx-${name}`);
  writeFileSync(
    place('conf'),
    `${process.getuid?.() === 0 ? 'user root; ' : ''}worker_processes 1; daemon off; pid ${place('pid')}; error_log ${place('errors')} error; worker_rlimit_nofile 20000;
events { worker_connections 12000; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_timeout 65; keepalive_requests 100000000;
  client_body_temp_path ${place('t1')}; proxy_temp_path ${place('t2')}; fastcgi_temp_path ${place('t3')};
  uwsgi_temp_path ${place('t4')}; scgi_temp_path ${place('t5')};
  types { video/mp2t ts; application/vnd.apple.mpegurl m3u8; }
  server { listen 127.0.0.1:${port} backlog=1024; root ${join(folder, 'media')}; }
}
`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', place('conf')], { stdio: ['ignore', 'ignore', 'inherit'] });
  const failed = new Promise((resolve) => child.once('error', () => resolve(true)));
  if ((await Promise.race([failed, once(child, 'spawn').then(() => false)])) === true) return undefined;
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) await new Promise((r) => setTimeout(r, 50));
  const pids = () => [child.pid, ...childrenOf(child.pid)];
  const segment = (film, n) => `/${fileOf(film, n)}`;
  return { name: 'nginx', port, pids, list: '/list.m3u8', segment, stop: stopping(child) };
}

function childrenOf(pid) {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** CPU seconds that all threads of these processes have used. */
export function cpuSeconds(pids) {
  let nanoseconds = 0;
  for (const pid of pids) {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
    }
  }
  return nanoseconds / 1e9;
}

/** Resident memory of these processes in MB. */
export const residentMb = (pids) =>
  pids.reduce((sum, pid) => {
    const kb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    return sum + kb / 1024;
  }, 0);
