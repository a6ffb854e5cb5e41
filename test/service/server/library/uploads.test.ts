import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../../../../server/new-id.ts';
import { reconcileLibrary } from '../../../../server/library/reconcile-library.ts';
import type { TestPerson } from '../../start-app.ts';
import { type LibraryApp, libraryDoors, listen, startLibrary } from './library-app.ts';
import { createApp } from '../../../../server/app.ts';

let yuanbo: LibraryApp;
let producer: TestPerson;
beforeAll(async () => {
  yuanbo = await startLibrary();
  producer = await yuanbo.signInAs('producer');
});
afterAll(() => yuanbo.stop());

type Headers = Record<string, string>;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const metadataOf = (pairs: Record<string, string>): string =>
  Object.entries(pairs)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',');

/** One tus request. */
async function tus(method: string, path: string, headers: Headers = {}, body?: Buffer, who: TestPerson = producer) {
  const reply = await fetch(path.startsWith('http') ? path : `${yuanbo.url}${path}`, {
    method,
    headers: { 'Tus-Resumable': '1.0.0', ...who.headers, ...headers },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  const text = await reply.text();
  const isProblem = reply.headers.get('content-type')?.includes('application/problem+json') === true;
  return {
    status: reply.status,
    headers: reply.headers,
    code: isProblem && text !== '' ? (JSON.parse(text).code as string) : undefined,
  };
}
const begin = (
  bytes: number | string,
  metadata: Record<string, string> = { filename: 'film.mp4' },
  headers: Headers = {},
) =>
  tus('POST', '/api/uploads', { 'Upload-Length': String(bytes), 'Upload-Metadata': metadataOf(metadata), ...headers });
const patch = (path: string, offset: number, body: Buffer, headers: Headers = {}) =>
  tus(
    'PATCH',
    path,
    { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream', ...headers },
    body,
  );
const locationOf = (reply: { headers: globalThis.Headers }): string => reply.headers.get('location') ?? '';
const idOf = (location: string): string => location.replace('/api/uploads/', '');
const film = (location: string) => yuanbo.parts.films.find(idOf(location));
const bytesOf = (count: number): Buffer => Buffer.from(Array.from({ length: count }, (_value, at) => (at * 7) % 251));

// First, because every film that waits for Redis makes the reconciler wait too: it is away in this file.
describe('an upload that nobody goes on with', () => {
  it('is handed over by the reconciler when it was whole as the server stopped', async () => {
    const location = locationOf(await begin(50));
    writeFileSync(join(yuanbo.parts.uploadFiles.folder, idOf(location)), bytesOf(50));
    await reconcileLibrary(yuanbo.parts);
    expect((await film(location))?.state).toBe('probing');
    await reconcileLibrary(yuanbo.parts);
    expect((await film(location))?.state).toBe('probing');
  });

  it('is given up after seven days', async () => {
    const location = locationOf(await begin(100));
    const begunAtMs = yuanbo.time.nowMs;
    try {
      yuanbo.time.nowMs = begunAtMs + 7 * 86_400_000 - 1000;
      await reconcileLibrary(yuanbo.parts);
      expect(await film(location)).toBeDefined();
      yuanbo.time.nowMs = begunAtMs + 7 * 86_400_000 + 1000;
      await reconcileLibrary(yuanbo.parts);
      expect(await film(location)).toBeUndefined();
      expect(readdirSync(yuanbo.parts.uploadFiles.folder)).not.toContain(idOf(location));
    } finally {
      yuanbo.time.nowMs = begunAtMs;
    }
  });
});

describe('an upload', () => {
  it('makes a film at once, takes bytes in parts, and hands the whole over to the transcoder', async () => {
    const content = bytesOf(10_000);
    const made = await begin(content.length, {
      filename: '水稻.mp4',
      category: '实用技术',
      language: 'bo',
      synopsis: '简介',
      filetype: 'video/mp4',
    });
    expect(made.status).toBe(201);
    const location = locationOf(made);
    expect(location).toMatch(/^\/api\/uploads\/[0-9a-hjkmnp-tv-z]{26}$/);
    expect(await film(location)).toMatchObject({
      state: 'uploading',
      title: '水稻',
      category: 'technique',
      language: 'bo',
      synopsis: '简介',
      audience: 'members',
      place: 'county',
      owner: { id: producer.user.id },
    });
    const first = await patch(location, 0, content.subarray(0, 4000));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '4000']);
    expect(first.headers.get('upload-expires')).toBeTruthy();
    const shown = await fetch(`${yuanbo.url}/api/films/${idOf(location)}`, { headers: producer.headers });
    expect(await shown.json()).toMatchObject({ state: 'uploading', receivedBytes: 4000, sourceBytes: 10_000 });
    const head = await tus('HEAD', location);
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
      200,
      '4000',
      '10000',
    ]);
    expect(head.headers.get('cache-control')).toBe('no-store');
    expect((await patch(location, 4000, content.subarray(4000))).status).toBe(204);
    // Redis is away in this file: the film waits in the database.
    expect((await film(location))?.state).toBe('probing');
    const stored = await yuanbo.parts.storage.read(`sources/${idOf(location)}/source`);
    expect(stored.equals(content)).toBe(true);
    expect(readdirSync(yuanbo.parts.uploadFiles.folder).filter((name) => name.startsWith(idOf(location)))).toEqual([]);
  });

  it('tells a client that lost the last reply that everything is here', async () => {
    const location = locationOf(await begin(100));
    await patch(location, 0, bytesOf(100));
    const head = await tus('HEAD', location);
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
      200,
      '100',
      '100',
    ]);
    expect((await patch(location, 100, Buffer.alloc(0))).status).toBe(409);
    expect((await tus('DELETE', location)).status).toBe(409);
  });

  it('of no bytes ends refused, not in an error', async () => {
    const made = await begin(0);
    expect(made.status).toBe(201);
    expect(await film(locationOf(made))).toMatchObject({ state: 'refused', problem: { code: 'empty_file' } });
    const again = await fetch(`${yuanbo.url}/api/films/${idOf(locationOf(made))}/retry`, {
      method: 'POST',
      headers: producer.headers,
    });
    expect(again.status).toBe(409);
  });

  it('may bring its bytes with the first request', async () => {
    const made = await tus(
      'POST',
      '/api/uploads',
      {
        'Upload-Length': '5',
        'Upload-Metadata': metadataOf({ filename: 'a.mp4' }),
        'Content-Type': 'application/offset+octet-stream',
      },
      Buffer.from('hello'),
    );
    expect([made.status, made.headers.get('upload-offset')]).toEqual([201, '5']);
    expect((await film(locationOf(made)))?.state).toBe('probing');
  });

  it('goes on with another server object on the same folder', async () => {
    const content = bytesOf(9000);
    const location = locationOf(await begin(content.length));
    await patch(location, 0, content.subarray(0, 5000));
    const other = await yuanbo.replica();
    const { url, server } = await listen(
      createApp({ ...other.parts, metrics: new Registry() }, { ...libraryDoors()(other.parts) }),
    );
    try {
      const head = await tus('HEAD', `${url}${location}`);
      expect(head.headers.get('upload-offset')).toBe('5000');
      expect((await patch(`${url}${location}`, 5000, content.subarray(5000))).status).toBe(204);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect((await yuanbo.parts.storage.read(`sources/${idOf(location)}/source`)).equals(content)).toBe(true);
  });

  it('can be given up, once', async () => {
    const location = locationOf(await begin(100));
    await patch(location, 0, bytesOf(10));
    expect((await tus('DELETE', location)).status).toBe(204);
    expect(await film(location)).toBeUndefined();
    const head = await tus('HEAD', location);
    expect([head.status, head.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect((await tus('DELETE', location)).status).toBe(404);
  });
});

describe('the protocol (corpus h20 to h28)', () => {
  it('tells what it can', async () => {
    const options = await tus('OPTIONS', '/api/uploads');
    expect(options.status).toBe(204);
    expect(options.headers.get('tus-version')).toBe('1.0.0');
    expect(options.headers.get('tus-extension')?.split(',')).toEqual(
      expect.arrayContaining(['creation', 'termination', 'expiration', 'checksum']),
    );
    expect(options.headers.get('tus-checksum-algorithm')).toBe('sha1,sha256');
    expect(options.headers.get('tus-max-size')).toBe(String(20 * 1024 ** 3));
  });

  it.each([
    ['none', undefined, 400],
    ['negative', '-1', 400],
    ['2^63', '9223372036854775808', 400],
    ['beyond what can be counted', '9007199254740993', 400],
    ['a word', 'many', 400],
    ['above the most', String(20 * 1024 ** 3 + 1), 413],
  ])('answers a length that is %s (h20)', async (_what, length, status) => {
    const reply = await tus('POST', '/api/uploads', {
      ...(length === undefined ? {} : { 'Upload-Length': length }),
      'Upload-Metadata': metadataOf({ filename: 'a.mp4' }),
    });
    expect([reply.status, reply.code === undefined]).toEqual([status, false]);
  });

  it('refuses a length that is told later', async () => {
    const reply = await tus('POST', '/api/uploads', {
      'Upload-Defer-Length': '1',
      'Upload-Metadata': metadataOf({ filename: 'a' }),
    });
    expect(reply.status).toBe(400);
  });

  it('writes nothing at a wrong offset (h21)', async () => {
    const location = locationOf(await begin(100));
    await patch(location, 0, bytesOf(10));
    const wrong = await patch(location, 5, bytesOf(10));
    expect([wrong.status, wrong.code]).toEqual([409, 'wrong_offset']);
    expect((await tus('HEAD', location)).headers.get('upload-offset')).toBe('10');
    expect((await patch(location, Number.NaN, bytesOf(10))).status).toBe(400);
  });

  it('wants its content type and its version (h22)', async () => {
    const location = locationOf(await begin(100));
    expect((await patch(location, 0, bytesOf(1), { 'Content-Type': 'text/plain' })).status).toBe(415);
    const old = await patch(location, 0, bytesOf(1), { 'Tus-Resumable': '0.2.2' });
    expect([old.status, old.headers.get('tus-version')]).toEqual([412, '1.0.0']);
    const none = await fetch(`${yuanbo.url}${location}`, { method: 'HEAD', headers: producer.headers });
    expect(none.status).toBe(412);
  });

  it('takes no byte more than was declared (h23)', async () => {
    const location = locationOf(await begin(100));
    const more = await patch(location, 0, bytesOf(101));
    expect([more.status, more.code]).toEqual([413, 'too_large']);
    expect((await tus('HEAD', location)).headers.get('upload-offset')).toBe('0');
    expect((await film(location))?.state).toBe('uploading');
  });

  it('takes no byte more than was declared from a body of unknown length', async () => {
    const location = locationOf(await begin(100));
    const reply = await fetch(`${yuanbo.url}${location}`, {
      method: 'PATCH',
      headers: {
        'Tus-Resumable': '1.0.0',
        ...producer.headers,
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
      },
      body: new Blob([new Uint8Array(bytesOf(60_000))]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(reply.status).toBe(413);
    const head = await tus('HEAD', location);
    expect(Number(head.headers.get('upload-offset'))).toBeLessThanOrEqual(100);
  });

  it.each(['sha1', 'sha256'])('keeps bytes whose %s is right and none whose is wrong (h24)', async (algorithm) => {
    const content = bytesOf(5000);
    const location = locationOf(await begin(content.length));
    const digest = createHash(algorithm).update(content.subarray(0, 3000)).digest('base64');
    const wrong = await patch(location, 0, bytesOf(2999), { 'Upload-Checksum': `${algorithm} ${digest}` });
    expect([wrong.status, wrong.code]).toEqual([460, 'checksum_mismatch']);
    expect((await tus('HEAD', location)).headers.get('upload-offset')).toBe('0');
    const right = await patch(location, 0, content.subarray(0, 3000), { 'Upload-Checksum': `${algorithm} ${digest}` });
    expect([right.status, right.headers.get('upload-offset')]).toEqual([204, '3000']);
    await patch(location, 3000, content.subarray(3000));
    expect((await yuanbo.parts.storage.read(`sources/${idOf(location)}/source`)).equals(content)).toBe(true);
    expect(readdirSync(yuanbo.parts.uploadFiles.folder).filter((name) => name.endsWith('.checking'))).toEqual([]);
  });

  it.each(['md5 1B2M2Y8AsgTpgAmY7PhCfg==', 'sha1', 'sha1 short', 'sha256 2jmj7l5rSw0yVb/vlWAYkK/YBwk= extra'])(
    'answers 400 for the checksum "%s" (h24)',
    async (checksum) => {
      const location = locationOf(await begin(10));
      expect((await patch(location, 0, bytesOf(10), { 'Upload-Checksum': checksum })).status).toBe(400);
    },
  );

  it('lets one of two senders in (h25)', async () => {
    const location = locationOf(await begin(200_000));
    const slow = connect(Number(new URL(yuanbo.url).port), '127.0.0.1');
    const lines = [
      `PATCH ${location} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Tus-Resumable: 1.0.0',
      `Authorization: ${producer.headers.Authorization}`,
      'Upload-Offset: 0',
      'Content-Type: application/offset+octet-stream',
      'Content-Length: 200000',
    ];
    slow.write(`${lines.join('\r\n')}\r\n\r\n`);
    slow.write(bytesOf(1000));
    await delay(200);
    const second = await patch(location, 1000, bytesOf(1000));
    expect([second.status, second.code]).toEqual([423, 'locked']);
    slow.write(bytesOf(199_000));
    const [answer] = (await new Promise<Buffer>((resolve) => slow.once('data', resolve))).toString().split('\r\n');
    expect(answer).toBe('HTTP/1.1 204 No Content');
    slow.destroy();
  });

  it('lets a client go on whose connection died, while the dead one still hangs', async () => {
    const { url, server } = await listen(
      createApp({ ...yuanbo.parts, metrics: new Registry() }, libraryDoors({ deadMs: 300 })(yuanbo.parts)),
    );
    const location = locationOf(await begin(10_000));
    const dead = connect(Number(new URL(url).port), '127.0.0.1');
    const lines = [
      `PATCH ${location} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Tus-Resumable: 1.0.0',
      `Authorization: ${producer.headers.Authorization}`,
      'Upload-Offset: 0',
      'Content-Type: application/offset+octet-stream',
      'Content-Length: 10000',
    ];
    dead.write(`${lines.join('\r\n')}\r\n\r\n`);
    dead.write(bytesOf(3000));
    await vi.waitFor(async () => expect((await tus('HEAD', location)).headers.get('upload-offset')).toBe('3000'));
    await delay(400);
    expect((await patch(`${url}${location}`, 3000, bytesOf(7000))).status).toBe(204);
    dead.destroy();
    server.closeAllConnections();
    server.close();
  });

  it('keeps what came before a connection broke', async () => {
    const location = locationOf(await begin(300_000));
    const broken = connect(Number(new URL(yuanbo.url).port), '127.0.0.1');
    broken.write(
      [
        `PATCH ${location} HTTP/1.1`,
        'Host: 127.0.0.1',
        'Tus-Resumable: 1.0.0',
        `Authorization: ${producer.headers.Authorization}`,
        'Upload-Offset: 0',
        'Content-Type: application/offset+octet-stream',
        'Content-Length: 300000',
      ].join('\r\n') + '\r\n\r\n',
    );
    broken.write(bytesOf(200_000));
    const offsetNow = async () => Number((await tus('HEAD', location)).headers.get('upload-offset'));
    await vi.waitFor(async () => expect(await offsetNow()).toBeGreaterThan(0));
    broken.resetAndDestroy();
    const lock = `${idOf(location)}.lock`;
    await vi.waitFor(() => expect(readdirSync(yuanbo.parts.uploadFiles.folder)).not.toContain(lock));
    const offset = await offsetNow();
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(200_000);
    expect((await patch(location, offset, bytesOf(300_000 - offset))).status).toBe(204);
  });

  it('knows nothing of unknown uploads (h26) and of those of others (h28)', async () => {
    const unknown = await tus('HEAD', `/api/uploads/${newId(1)}`);
    expect([unknown.status, unknown.headers.get('cache-control')]).toEqual([404, 'no-store']);
    const location = locationOf(await begin(10));
    const stranger = await yuanbo.signInAs('producer');
    const admin = await yuanbo.signInAs('admin');
    for (const who of [stranger, admin]) {
      for (const method of ['HEAD', 'PATCH', 'DELETE']) {
        const headers = { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' };
        expect((await tus(method, location, headers, method === 'PATCH' ? bytesOf(10) : undefined, who)).status).toBe(
          404,
        );
      }
    }
    for (const path of ['/api/uploads/..', '/api/uploads/%2e%2e%2fsecret', '/api/uploads/a/b', '/api/uploads/x.json']) {
      expect([400, 404]).toContain((await tus('HEAD', path)).status);
    }
    expect((await film(location))?.state).toBe('uploading');
  });

  it('does not give the bytes back', async () => {
    const location = locationOf(await begin(10));
    await patch(location, 0, bytesOf(5));
    for (const [method, path, allow] of [
      ['GET', location, 'HEAD, PATCH, DELETE, OPTIONS'],
      ['PUT', location, 'HEAD, PATCH, DELETE, OPTIONS'],
      ['GET', '/api/uploads', 'POST, OPTIONS'],
    ] as const) {
      const reply = await tus(method, path);
      expect([reply.status, reply.headers.get('allow')]).toEqual([405, allow]);
    }
  });

  it('wants somebody who may upload', async () => {
    const anonymous = await fetch(`${yuanbo.url}/api/uploads`, {
      method: 'POST',
      headers: { 'Tus-Resumable': '1.0.0' },
    });
    expect(anonymous.status).toBe(401);
    const member = await yuanbo.signInAs('member');
    expect((await tus('POST', '/api/uploads', { 'Upload-Length': '1' }, undefined, member)).status).toBe(403);
    const township = await yuanbo.signInAs('township', 't1');
    const made = await tus(
      'POST',
      '/api/uploads',
      { 'Upload-Length': '1', 'Upload-Metadata': metadataOf({ filename: 'a.mp4' }) },
      undefined,
      township,
    );
    expect(await film(locationOf(made))).toMatchObject({ place: 't1' });
  });
});

describe('what is said about an upload (corpus h27)', () => {
  const status = async (metadata: string) =>
    (await tus('POST', '/api/uploads', { 'Upload-Length': '1', 'Upload-Metadata': metadata })).status;

  it('is refused when it cannot be read', async () => {
    expect(await status('filename !!!')).toBe(400);
    expect(await status(`filename ${base64('a.mp4')},filename ${base64('b.mp4')}`)).toBe(400);
    expect(await status(`title ${base64('no name')}`)).toBe(400);
    expect(await status('')).toBe(400);
    expect(await status(`filename ${Buffer.from([0xff, 0xfe, 0x41]).toString('base64')}`)).toBe(400);
    expect(await status(metadataOf({ filename: 'a.mp4', colour: 'red' }))).toBe(400);
    expect(await status(metadataOf({ filename: 'a.mp4', language: 'not a language' }))).toBe(422);
    expect(await status(metadataOf({ filename: 'a.mp4', title: 'x'.repeat(101) }))).toBe(422);
  });

  it.each([
    ['../../x', 'x', 'x'],
    ['C:\\films\\y.mp4', 'y.mp4', 'y'],
    [`${'长'.repeat(300)}.mp4`, `${'长'.repeat(251)}.mp4`, '长'.repeat(100)],
    ['CON', '_CON', '_CON'],
    ['😀.mp4', '😀.mp4', '😀'],
    ['a\r\nSet-Cookie: x.mp4', 'aSet-Cookie: x.mp4', 'aSet-Cookie: x'],
  ])('is kept with a safe name: %s', async (filename, kept, title) => {
    const made = await begin(1, { filename });
    expect(made.status).toBe(201);
    expect(await film(locationOf(made))).toMatchObject({ filename: kept, title });
  });

  it('names a category by code or name, or is told which there are', async () => {
    expect(await film(locationOf(await begin(1, { filename: 'a', category: 'theory' })))).toMatchObject({
      category: 'theory',
    });
    const unknown = await begin(1, { filename: 'a', category: '没有这个栏目' });
    expect([unknown.status, unknown.code]).toEqual([400, 'unknown_category']);
  });

  it('leaves nothing behind when it is refused', async () => {
    const before = readdirSync(yuanbo.parts.uploadFiles.folder).length;
    await begin(1, { filename: 'a', category: 'nothing' });
    await begin(-1);
    expect(readdirSync(yuanbo.parts.uploadFiles.folder).length).toBe(before);
  });
});

describe('limits', () => {
  it('answers 507 at the reserve, keeps the offset, and goes on when there is room (faults F02, F04)', async () => {
    let isFull = false;
    const full = await yuanbo.replica();
    const limits = { reserveBytes: (total: number) => (isFull ? total : 0), mostParallel: 100 };
    const { url, server } = await listen(
      createApp({ ...full.parts, metrics: new Registry() }, { ...libraryDoors(limits)(full.parts) }),
    );
    try {
      const content = bytesOf(2000);
      const made = await tus('POST', `${url}/api/uploads`, {
        'Upload-Length': '2000',
        'Upload-Metadata': metadataOf({ filename: 'a' }),
      });
      const location = `${url}${locationOf(made)}`;
      await patch(location, 0, content.subarray(0, 500));
      isFull = true;
      const refused = await patch(location, 500, content.subarray(500));
      expect([refused.status, refused.code]).toEqual([507, 'no_space']);
      expect((await tus('HEAD', location)).headers.get('upload-offset')).toBe('500');
      const other = await tus('POST', `${url}/api/uploads`, {
        'Upload-Length': '5',
        'Upload-Metadata': metadataOf({ filename: 'a' }),
      });
      expect(other.status).toBe(507);
      isFull = false;
      expect((await patch(location, 500, content.subarray(500))).status).toBe(204);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('holds one person to a day’s bytes and a few senders at once', async () => {
    const replica = await yuanbo.replica();
    const limits = { mostBytesPerDay: 1000, mostParallel: 0 };
    const { url, server } = await listen(
      createApp({ ...replica.parts, metrics: new Registry() }, { ...libraryDoors(limits)(replica.parts) }),
    );
    try {
      const busy = await yuanbo.signInAs('producer');
      const metadata = { 'Upload-Metadata': metadataOf({ filename: 'a' }) };
      const post = (bytes: number) =>
        tus('POST', `${url}/api/uploads`, { 'Upload-Length': String(bytes), ...metadata }, undefined, busy);
      const made = await post(900);
      expect(made.status).toBe(201);
      expect([(await post(200)).status, (await post(100)).status]).toEqual([429, 201]);
      const headers = { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' };
      const sent = await tus('PATCH', `${url}${locationOf(made)}`, headers, bytesOf(1), busy);
      expect([sent.status, sent.headers.get('retry-after')]).toEqual([429, '2']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('removes what a crash left of checked bytes, and only that', async () => {
    const { folder } = yuanbo.parts.uploadFiles;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'left.checking'), 'x');
    writeFileSync(join(folder, 'kept'), 'x');
    await yuanbo.parts.uploadFiles.sweep(Number.MAX_SAFE_INTEGER);
    expect(readdirSync(folder)).toContain('kept');
    expect(readdirSync(folder)).not.toContain('left.checking');
  });
});
