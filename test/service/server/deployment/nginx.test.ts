import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyFilm, makeSlate, type MadeFilm } from '../../make-ready-film.ts';
import { startApp, type TestApp } from '../../start-app.ts';

const nginx = ['/usr/sbin/nginx', 'nginx'].find((program) => spawnSync(program, ['-v']).status === 0);

/** The file that compose.yaml mounts, with the addresses of this test in the place of its own. */
function configuration(folder: string, upstream: number, port: number): string {
  const server = `server 127.0.0.1:${upstream};`;
  const shipped = readFileSync('server/deployment/nginx.conf', 'utf8')
    .replace(/^ {2}server server1:8080.*$/m, `  ${server}`)
    .replace(/^ {2}server server2:8080.*\n/m, '')
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('/var/cache/nginx/media', join(folder, 'cache'));
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    // Started by root, its workers would be somebody else, who may not enter the folder of this test.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'errors')};`,
    'events {}',
    'http {',
    ...folders.map((name) => `${name}_temp_path ${join(folder, name)};`),
    'access_log off;',
    shipped,
    '}',
  ].join('\n');
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
};

describe.skipIf(nginx === undefined)('nginx as deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yuanbo-nginx-'));
  let yuanbo: TestApp;
  let server: Server;
  let proxy: ChildProcess;
  let address: string;
  let film: MadeFilm;
  let segment: string;
  const seen: string[] = [];

  beforeAll(async () => {
    yuanbo = await startApp({ settings: { TRUST_PROXY: '127.0.0.1' } });
    server = createServer((asked, reply) => {
      seen.push(`${asked.method ?? ''} ${asked.url ?? ''}`);
      yuanbo.listener(asked, reply);
    }).listen(0, '127.0.0.1');
    await makeSlate(yuanbo.parts);
    film = await makeReadyFilm(yuanbo.parts, { title: '果树剪枝', segments: 6 });
    await yuanbo.parts.tend();
    const vod = String((await request(server).get(`/api/films/${film.id}/playback`)).body.hls);
    segment = vod.replace('ts/multivariant.m3u8', 'ts/360p/00001.ts');
    const port = await freePort();
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, configuration(folder, (server.address() as AddressInfo).port, port));
    proxy = spawn(nginx ?? '', ['-p', folder, '-c', file, '-e', join(folder, 'errors')], { stdio: 'inherit' });
    address = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 100; tries += 1) {
      if (await fetch(address).catch(() => undefined)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  afterAll(async () => {
    const gone = once(proxy, 'exit');
    proxy.kill('SIGTERM');
    await gone;
    server.close();
    await yuanbo.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const get = (path: string, headers: Record<string, string> = {}) => fetch(address + path, { headers });
  const bytesOf = async (reply: Response) => Buffer.from(await reply.arrayBuffer());

  it('takes a segment from the server once, and asks it for every request whether the token is good', async () => {
    const { port } = server.address() as AddressInfo;
    const direct = await bytesOf(await fetch(`http://127.0.0.1:${port}${segment}`));
    seen.length = 0;
    expect((await bytesOf(await get(segment))).equals(direct)).toBe(true);
    const part = await get(segment, { Range: 'bytes=10-19', 'If-None-Match': '"something"' });
    expect([part.status, (await bytesOf(part)).equals(direct.subarray(10, 20))]).toEqual([206, true]);
    expect((await get(segment, { 'If-None-Match': part.headers.get('etag') ?? '' })).status).toBe(304);
    expect(seen).toEqual([`HEAD ${segment}`, `GET ${segment}`, `HEAD ${segment}`, `HEAD ${segment}`]);
  });

  it('gives nothing from its cache to a token that is altered, nor to an address in disguise', async () => {
    const [, , token = ''] = segment.split('/');
    const altered = await get(segment.replace(token, `${token.slice(0, -2)}AA`));
    expect([altered.status, await altered.json()]).toEqual([403, expect.objectContaining({ code: 'token' })]);
    for (const disguised of [segment.replace('/ts/', '/%74s/'), segment.replace('/vod/', '//vod/')]) {
      expect((await get(disguised)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('takes what a page on its own port sends, and refuses what another site sends', async () => {
    const post = (origin: string) =>
      fetch(`${address}/api/sessions`, {
        method: 'POST',
        headers: { Origin: origin, 'Content-Type': 'application/json' },
        body: '{"username":"nobody","password":"nothing"}',
      });
    expect((await post(address)).status).toBe(401);
    expect((await post('http://elsewhere.example')).status).toBe(403);
  });

  it('shows no metrics to whoever comes through it', async () => {
    expect((await get('/metrics')).status).toBe(401);
  });

  it('gives nothing more of a film that was withdrawn, and says so', async () => {
    const reviewer = await yuanbo.signInAs('reviewer');
    const body = { reason: 'a mistake in it' };
    const withdrawal = await request(server).post(`/api/films/${film.id}/withdraw`).set(reviewer.headers).send(body);
    expect(withdrawal.status, JSON.stringify(withdrawal.body)).toBe(200);
    const reply = await get(segment);
    expect([reply.status, await reply.json()]).toEqual([410, expect.objectContaining({ code: 'withdrawn' })]);
    expect(reply.headers.get('cache-control')).toContain('no-store');
  });
});
