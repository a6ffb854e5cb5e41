import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Parts } from '../../../../server/parts.ts';
import { everyHandler } from '../../../../server/handlers.ts';
import type { FilmRecord } from '../../../../server/library/film-record.ts';
import { mountUploads } from '../../../../server/library/upload-door.ts';
import type { UploadLimits } from '../../../../server/library/upload-limits.ts';
import { newId } from '../../../../server/new-id.ts';
import { startApp, type TestApp } from '../../start-app.ts';

/** The app with the library in it, listening on a port. */
export interface LibraryApp extends TestApp {
  readonly url: string;
}

/** The app's doors with uploads held to other limits. */
export const libraryDoors =
  (limits: Partial<UploadLimits> = {}) =>
  (parts: Parts) => ({
    handlers: everyHandler(parts),
    mountBeforeBodies: (app: Parameters<typeof mountUploads>[0]) =>
      mountUploads(app, { ...parts, uploadLimits: { ...parts.uploadLimits, ...limits } }),
  });

/** Starts the app on a port; without Redis where no address is given. */
export async function startLibrary(
  options: { redis?: string; limits?: Partial<UploadLimits> } = {},
): Promise<LibraryApp> {
  const settings = { REDIS_URL: options.redis ?? '/tmp/no-redis-here.sock' };
  const app = await startApp({ settings, doors: libraryDoors(options.limits) });
  const { url, server } = await listen(app.app);
  return {
    ...app,
    url,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.stop();
    },
  };
}

/** Serves an app on a port of its own. */
export async function listen(app: Parameters<typeof createServer>[1]): Promise<{ url: string; server: Server }> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** Puts a film into the library as it is after its encode, without encoding. */
export async function shelveFilm(parts: Parts, film: Partial<FilmRecord> = {}): Promise<FilmRecord> {
  const atMs = parts.clock();
  const owner = { id: newId(atMs), name: '制播员' };
  const whole: FilmRecord = {
    id: newId(atMs),
    version: 1,
    title: '水稻育秧要点',
    language: 'zh-CN',
    audience: 'public',
    state: 'review',
    stateAtMs: atMs,
    warnings: [],
    filename: 'rice.mp4',
    sourceBytes: 1000,
    sourceSha256: '0'.repeat(64),
    owner,
    place: 'county',
    createdAtMs: atMs,
    attempt: 0,
    revision: newId(atMs),
    durationMs: 10_000,
    package: {
      durationMs: 10_000,
      segments: 3,
      rungs: [{ name: '360p', width: 640, height: 360, bandwidthBps: 900_000 }],
      languages: ['zh-CN'],
      subtitles: [],
      packages: ['ts'],
      hasPoster: true,
    },
    playable: true,
    reviews: [],
    ...film,
  };
  await parts.films.insert(whole);
  return whole;
}
