import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import * as tus from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Film } from '../../media/contract/library.ts';
import { createApp, createListener } from '../../server/app.ts';
import { everyDoor } from '../../server/doors.ts';
import type { Parts } from '../../server/parts.ts';
import { detectSandbox } from '../../transcoder/ffmpeg/sandbox.ts';
import { type RunningWorker, startWorker } from '../../transcoder/worker.ts';
import { startApp, type TestApp, type TestPerson } from '../service/start-app.ts';
import { startRedis, type TestRedis } from '../service/start-redis.ts';
import { makeSource } from './transcoder-fixture.ts';

let folder: string;
let redis: TestRedis;
let yuanbo: TestApp;
let producer: TestPerson;
let reviewer: TestPerson;
let worker: RunningWorker;
let workerRedis: Redis;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'library-film-'));
  makeSource(join(folder, 'film.mp4'), 's=640x360:r=25', 22);
  redis = await startRedis();
  yuanbo = await startApp({ settings: { REDIS_URL: redis.address }, atMs: Date.now() });
  producer = await yuanbo.signInAs('producer');
  reviewer = await yuanbo.signInAs('reviewer');
  workerRedis = new Redis(redis.address, { maxRetriesPerRequest: null });
  worker = await startWorker({
    parts: {
      storage: yuanbo.parts.storage,
      sandbox: detectSandbox(),
      log: pino({ level: 'silent' }),
    },
    redis: workerRedis,
    concurrency: 1,
    workFolder: join(folder, 'work'),
    bookFolder: join(folder, 'book'),
  });
});
afterAll(async () => {
  await worker.stop();
  workerRedis.disconnect();
  await yuanbo.stop();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A replica of its own on a port; `stop` is what kill does to its connections. */
async function serve(port = 0): Promise<{ parts: Parts; url: string; port: number; stop: () => Promise<void> }> {
  const replica = await yuanbo.replica();
  const parts = { ...replica.parts, metrics: new Registry() };
  const doors = everyDoor(parts);
  const server: Server = createServer(createListener(createApp(parts, doors), doors.mediaDoor));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  for (const start of parts.starters) await start();
  const at = (server.address() as AddressInfo).port;
  return {
    parts,
    url: `http://127.0.0.1:${at}`,
    port: at,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Uploads a file as the console does; `abortAt` bytes on, it is cut and its address is given. */
function upload(url: string, file: string, options: Partial<tus.UploadOptions> & { abortAt?: number } = {}) {
  const { abortAt, ...more } = options;
  return new Promise<string>((resolve, reject) => {
    const sending: tus.Upload = new tus.Upload(createReadStream(file), {
      endpoint: `${url}/api/uploads`,
      headers: producer.headers,
      metadata: { filename: '水稻育秧.mp4', category: '实用技术' },
      chunkSize: 100_000,
      retryDelays: [0, 200, 500, 1000, 2000],
      ...more,
      onProgress: (sentBytes) => {
        if (abortAt === undefined || sentBytes < abortAt || sending.url === null) return;
        const address = sending.url;
        void sending.abort().then(() => resolve(address));
      },
      onSuccess: () => resolve(sending.url ?? ''),
      onError: reject,
    });
    sending.start();
  });
}

const read = async (url: string, id: string, who = producer): Promise<Film> =>
  (await (await fetch(`${url}/api/films/${id}`, { headers: who.headers })).json()) as Film;

describe('a film from upload to ready', () => {
  it('is cut in half, goes on at another server object, is encoded, passed and played', async () => {
    const file = join(folder, 'film.mp4');
    const size = (await readFile(file)).length;
    const first = await serve();
    const address = await upload(first.url, file, { abortAt: size / 2 });
    const id = address.split('/').at(-1) ?? '';
    const half = await read(first.url, id);
    expect(half).toMatchObject({ state: 'uploading', title: '水稻育秧', sourceBytes: size });
    expect(half.receivedBytes).toBeGreaterThan(0);
    expect(half.receivedBytes).toBeLessThan(size);
    await first.stop();

    const second = await serve(first.port);
    const again = await upload(second.url, file, { uploadUrl: address });
    expect(again).toBe(address);
    const stored = await second.parts.storage.read(`sources/${id}/source`);
    expect(stored.equals(await readFile(file))).toBe(true);

    // A first part can be watched by the owner while the rest is made, and by nobody else.
    await vi.waitFor(async () => expect((await read(second.url, id)).playable).toBe(true), {
      timeout: 90_000,
      interval: 100,
    });
    const preview = await fetch(`${second.url}/api/films/${id}/playback`, { headers: producer.headers });
    expect(preview.status).toBe(200);
    expect((await fetch(`${second.url}/api/films/${id}/playback`)).status).toBe(404);

    await vi.waitFor(async () => expect((await read(second.url, id)).state).toBe('review'), {
      timeout: 120_000,
      interval: 200,
    });
    const inReview = await read(second.url, id);
    expect(inReview.durationMs).toBe(22_000);
    expect([inReview.problem, inReview.progress]).toEqual([undefined, undefined]);
    expect(inReview.rungs?.map(({ name }) => name)).toContain('360p');
    expect(inReview.posterPath).toMatch(/^\/p\//);

    const pass = await fetch(`${second.url}/api/films/${id}/reviews`, {
      method: 'POST',
      headers: { ...reviewer.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ decision: 'pass' }),
    });
    expect([pass.status, ((await pass.json()) as Film).state]).toEqual([201, 'ready']);

    const playback = await fetch(`${second.url}/api/films/${id}/playback`, { headers: producer.headers });
    const { hls } = (await playback.json()) as { hls: string };
    const multivariant = await (await fetch(`${second.url}${hls}`)).text();
    expect(multivariant).toContain('#EXT-X-STREAM-INF');
    const variant = multivariant.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
    const media = await fetch(new URL(variant, `${second.url}${hls}`));
    const segment = (await media.text()).split('\n').find((line) => line.endsWith('.ts')) ?? '';
    const bytes = await fetch(new URL(segment, media.url));
    expect([bytes.status, new Uint8Array(await bytes.arrayBuffer())[0]]).toEqual([200, 0x47]);
    expect((await fetch(`${second.url}${inReview.posterPath ?? ''}`)).headers.get('content-type')).toBe('image/jpeg');
    await second.stop();
  });

  it('can be watched as it was uploaded while no worker encodes, and then as it will air', async () => {
    const server = await serve();
    const admin = await yuanbo.signInAs('admin');
    const hold = (verb: 'pause' | 'resume') =>
      fetch(`${server.url}/api/queue/${verb}`, { method: 'POST', headers: admin.headers });
    expect((await hold('pause')).status).toBe(200);
    const file = join(folder, 'waiting.mp4');
    makeSource(file, 's=640x360:r=25', 9, ['-g', '50']);
    const id = (await upload(server.url, file)).split('/').at(-1) ?? '';
    const playback = async () => {
      const reply = await fetch(`${server.url}/api/films/${id}/playback`, { headers: producer.headers });
      return (await reply.json()) as { hls?: string; asUploaded?: boolean };
    };
    await vi.waitFor(async () => expect((await playback()).asUploaded).toBe(true), { timeout: 60_000, interval: 50 });
    const { hls = '' } = await playback();
    const media = await fetch(new URL('media.m3u8', `${server.url}${hls}`));
    const segment = (await media.text()).split('\n').find((line) => line.endsWith('.ts')) ?? '';
    const bytes = await fetch(new URL(segment, media.url));
    expect([bytes.status, new Uint8Array(await bytes.arrayBuffer())[0]]).toEqual([200, 0x47]);
    expect((await read(server.url, id)).state).toBe('probing');
    expect((await hold('resume')).status).toBe(200);
    await vi.waitFor(async () => expect((await read(server.url, id)).state).toBe('review'), {
      timeout: 90_000,
      interval: 200,
    });
    expect((await playback()).hls).toMatch(/\/ts\/multivariant\.m3u8$/);
    await server.stop();
  });

  it('of the same bytes shares the revision and encodes nothing', async () => {
    const server = await serve();
    const address = await upload(server.url, join(folder, 'film.mp4'));
    const id = address.split('/').at(-1) ?? '';
    await vi.waitFor(async () => expect((await read(server.url, id)).state).toBe('review'), {
      timeout: 60_000,
      interval: 100,
    });
    const film = await read(server.url, id);
    expect(film.duplicateOf).toBeDefined();
    expect(film.revision).toBe((await read(server.url, film.duplicateOf ?? '')).revision);
    await server.stop();
  });

  it('that is none is refused in words with a cure', async () => {
    const server = await serve();
    const text = join(folder, 'text.mp4');
    await writeFile(text, '#EXTM3U\nfile:///etc/passwd\n');
    const id = (await upload(server.url, text)).split('/').at(-1) ?? '';
    await vi.waitFor(async () => expect((await read(server.url, id)).state).toBe('refused'), {
      timeout: 60_000,
      interval: 100,
    });
    expect((await read(server.url, id)).problem).toMatchObject({ code: 'unsupported_container' });
    await server.stop();
  });
});
