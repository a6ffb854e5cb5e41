import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A bucket in memory that answers like S3 to what our store asks of it, and to nothing else. */
export type S3Double = {
  readonly endpoint: string;
  /** Everything that is stored, by path-style name without the bucket. */
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Requests so far, as `PUT key`. */
  readonly requests: readonly string[];
  /** The next requests of a method are done and then answered 500, as when an answer is lost. */
  readonly loseAnswers: (method: string, times: number) => void;
  readonly close: () => Promise<void>;
};

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

type Reply = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: Buffer | string };
const fault = (status: number, code: string): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

/** Starts a double on a free port; pages of a listing have `pageSize` entries. */
export async function startS3Double(bucket: string, pageSize = 3): Promise<S3Double> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const requests: string[] = [];
  const lost = new Map<string, number>();

  const list = (query: URLSearchParams): Reply => {
    const prefix = query.get('prefix') ?? '';
    const after = query.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, pageSize);
    const more = keys.length > page.length;
    const contents = page.map(
      (key) => `<Contents><Key>${escape(key)}</Key><Size>${String(objects.get(key)?.length ?? 0)}</Size></Contents>`,
    );
    const next = more ? `<NextContinuationToken>${escape(page.at(-1) ?? '')}</NextContinuationToken>` : '';
    const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>${String(more)}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
    return { status: 200, headers: { 'content-type': 'application/xml' }, body };
  };

  const get = (key: string, range: string | undefined): Reply => {
    const object = objects.get(key);
    if (object === undefined) return fault(404, 'NoSuchKey');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (from === undefined || to === undefined) return { status: 200, body: object };
    if (Number(from) >= object.length) return fault(416, 'InvalidRange');
    return { status: 206, body: object.subarray(Number(from), Number(to) + 1) };
  };

  const put = (key: string, query: URLSearchParams, body: Buffer, ifNoneMatch: string | undefined): Reply => {
    const etag = { etag: `"${createHash('md5').update(body).digest('hex')}"` };
    const parts = uploads.get(query.get('uploadId') ?? '');
    if (parts !== undefined) {
      parts.set(Number(query.get('partNumber')), body);
      return { status: 200, headers: etag };
    }
    if (ifNoneMatch === '*' && objects.has(key)) return fault(412, 'PreconditionFailed');
    objects.set(key, body);
    return { status: 200, headers: etag };
  };

  const post = (key: string, query: URLSearchParams): Reply => {
    if (query.has('uploads')) {
      const id = `upload-${String(uploads.size)}`;
      uploads.set(id, new Map());
      const body = `<?xml version="1.0"?><InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`;
      return { status: 200, headers: { 'content-type': 'application/xml' }, body };
    }
    const parts = uploads.get(query.get('uploadId') ?? '') ?? new Map<number, Buffer>();
    objects.set(key, Buffer.concat([...parts.entries()].sort(([a], [b]) => a - b).map(([, part]) => part)));
    const body = '<?xml version="1.0"?><CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>';
    return { status: 200, headers: { 'content-type': 'application/xml' }, body };
  };

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [, name, ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const body = await bodyOf(request);
    requests.push(`${request.method ?? ''} ${key}`);
    if (name !== bucket) return fault(404, 'NoSuchBucket');
    const query = url.searchParams;
    switch (request.method) {
      case 'GET':
        return query.has('list-type') ? list(query) : get(key, request.headers.range);
      case 'HEAD': {
        const object = objects.get(key);
        return object === undefined
          ? { status: 404 }
          : { status: 200, headers: { 'content-length': String(object.length) } };
      }
      case 'PUT':
        return put(key, query, body, request.headers['if-none-match']);
      case 'POST':
        return post(key, query);
      case 'DELETE':
        objects.delete(key);
        return { status: 204 };
      default:
        return fault(405, 'MethodNotAllowed');
    }
  };

  const server = createServer((request, response: ServerResponse) => {
    void answer(request).then((reply) => {
      const left = lost.get(request.method ?? '') ?? 0;
      if (left > 0) {
        lost.set(request.method ?? '', left - 1);
        response.writeHead(500).end();
        return;
      }
      response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    objects,
    requests,
    loseAnswers: (method, times) => void lost.set(method, times),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
