import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChunkRecord } from '../../../../media/film/chunk-record.ts';
import { readMediaPlaylist } from '../../../../media/hls/read-media-playlist.ts';
import { chunkRecordKey, segmentNumber } from '../../../../media/storage/keys.ts';
import { makeReadyFilm, type MadeFilm } from '../../make-ready-film.ts';
import { startApp, type TestApp } from '../../start-app.ts';

let yuanbo: TestApp;
let server: Server;
let film: MadeFilm;
const largeBytes = 5 * 1_048_576;

beforeAll(async () => {
  yuanbo = await startApp({ settings: { SEGMENT_MEMORY_BYTES: 16 * 1_048_576 } });
  server = createServer(yuanbo.listener).listen(0, '127.0.0.1');
  film = await makeReadyFilm(yuanbo.parts, { title: '大片', segments: 2, segmentBytes: largeBytes });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await yuanbo.stop();
});

const urlOf = async (made: MadeFilm) => String((await request(server).get(`/api/films/${made.id}/playback`)).body.hls);
const bytes = (stream: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};
const getBytes = (path: string, range?: string) => {
  const get = request(server)
    .get(path)
    .buffer(true)
    .parse(bytes as never);
  return range === undefined ? get : get.set('Range', range);
};

describe('a film on demand', () => {
  it('lists every rung and every segment, and never changes', async () => {
    const hls = await urlOf(film);
    const multivariant = await request(server).get(hls);
    expect(multivariant.text.match(/EXT-X-STREAM-INF/g)).toHaveLength(3);
    const list = await request(server).get(hls.replace('multivariant', '720p/media'));
    const read = readMediaPlaylist(list.text);
    expect(read.ok && read.playlist).toMatchObject({ type: 'VOD', ended: true });
    expect(read.ok && read.segments.map(({ uri }) => uri)).toEqual(['00000.ts', '00001.ts']);
  });

  it('comes whole and in parts from disk where it is too large for memory', async () => {
    const path = (await urlOf(film)).replace('multivariant.m3u8', '720p/00001.ts');
    const whole = film.segment('720p', 1);
    for (let n = 0; n < 3; n += 1) {
      const reply = await getBytes(path);
      expect(
        createHash('sha256')
          .update(reply.body as Buffer)
          .digest('hex'),
      ).toBe(createHash('sha256').update(whole).digest('hex'));
    }
    const part = await getBytes(path, `bytes=${largeBytes - 3_000_000}-${largeBytes - 1001}`);
    expect(part.status).toBe(206);
    expect((part.body as Buffer).equals(whole.subarray(largeBytes - 3_000_000, largeBytes - 1000))).toBe(true);
  });

  it('takes no memory for many who read slowly, and still serves others at once', async () => {
    const path = (await urlOf(film)).replace('multivariant.m3u8', '720p/00001.ts');
    const { port } = server.address() as AddressInfo;
    const slow: Socket[] = [];
    const before = process.memoryUsage().rss;
    for (let n = 0; n < 300; n += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      socket.pause();
      slow.push(socket);
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const reply = await getBytes(path);
    expect((reply.body as Buffer).length).toBe(largeBytes);
    expect((process.memoryUsage().rss - before) / 1_048_576).toBeLessThan(400);
    slow.forEach((socket) => socket.destroy());
  });
});

describe('a film that is being encoded', () => {
  it('grows for its owner and reviewers, chunk by chunk, and is nobody else’s', async () => {
    const owner = await yuanbo.signInAs('producer');
    const made = await makeReadyFilm(yuanbo.parts, {
      title: '正在制作',
      segments: 9,
      state: 'encoding',
      owner: { id: owner.user.id, name: owner.user.name },
    });
    await yuanbo.parts.storage.remove(`revisions/${made.revision}/manifest.json`);
    const playback = (headers = {}) => request(server).get(`/api/films/${made.id}/playback`).set(headers);
    expect((await playback()).status).toBe(404);
    expect((await playback((await yuanbo.signInAs('member')).headers)).status).toBe(404);
    const hls = String((await playback(owner.headers)).body.hls);
    expect((await request(server).get(hls)).status).toBe(404);

    const record = async (chunk: number, firstCell: number, cells: number) => {
      const files = Array.from({ length: cells }, () => ({ bytes: 2000, sha256: '0'.repeat(64) }));
      const written: ChunkRecord = {
        schema: 1,
        revision: made.revision,
        ...{ chunk, firstCell, cells },
        path: `revisions/${made.revision}/chunks/00000-test`,
        ts: ['720p', '360p', '216p'].map((name) => ({ name, codecs: 'avc1.64001f,mp4a.40.2', files })),
        thumbnails: false,
        errorLines: 0,
      };
      await yuanbo.parts.storage.put(chunkRecordKey(made.revision, chunk), Buffer.from(JSON.stringify(written)));
      yuanbo.time.nowMs += 5000;
    };
    const list = async () => {
      const reply = await request(server).get(hls.replace('multivariant', '360p/media'));
      const read = readMediaPlaylist(reply.text);
      if (!read.ok) throw new Error(reply.text);
      return {
        type: read.playlist.type,
        ended: read.playlist.ended ?? false,
        uris: read.segments.map(({ uri }) => uri),
      };
    };
    await record(0, 0, 3);
    expect(await list()).toEqual({ type: 'EVENT', ended: false, uris: ['00000.ts', '00001.ts', '00002.ts'] });
    expect((await request(server).get(hls)).text).toContain('360p/media.m3u8');
    // A chunk behind a hole cannot be played yet.
    await record(2, 6, 3);
    expect((await list()).uris).toHaveLength(3);
    await record(1, 3, 3);
    expect((await list()).uris.at(-1)).toBe(`${segmentNumber(8)}.ts`);
    const segment = await getBytes(hls.replace('multivariant.m3u8', '360p/00007.ts'));
    expect((segment.body as Buffer).equals(made.segment('360p', 7))).toBe(true);
    // A viewer's token opens nothing of it.
    const viewer = yuanbo.parts.gate.issue('film', `${made.id}-${made.revision}`, yuanbo.time.nowMs).token;
    expect((await request(server).get(hls.replace(/\/p\/[^/]+/, `/p/${viewer}`))).status).toBe(404);
  });
});
